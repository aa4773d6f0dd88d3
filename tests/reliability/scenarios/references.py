"""Images that came as bytes: there when they are paid for, gone when their video has ended."""

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.images import a_png
from tests.reliability.owner import delete
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

IMAGE, ANOTHER = a_png(), a_png(1)


@scenario("an image as bytes")
def an_image(world: World) -> None:
    world.submit(image=IMAGE)


@scenario("an image as bytes, 429 then dispatch")
def later(world: World) -> None:
    world.provider.manners.submits = ["429", "429"]
    world.submit(image=IMAGE)


@scenario("an image as bytes, refused", "rejected")
def refused(world: World) -> None:
    world.provider.manners.submits = ["400"]
    world.submit(image=IMAGE)


@scenario("an image as bytes, submitted again in flight and after the end")
def replayed(world: World) -> None:
    for after in (0, 10, MINUTE, 2 * DAY):
        world.submit(after=after, image=IMAGE)


@scenario("an image as bytes, the same key for another one")
def another(world: World) -> None:
    world.submit(image=IMAGE)
    world.submit(after=10, image=ANOTHER)
    world.submit(after=3 * SECOND, image=ANOTHER)


@scenario("an image as bytes, no key, overtaken by its retry")
def overtaken(world: World) -> None:
    world.watch.wishes = 1
    world.submit_by_sdk(cold=2 * SECOND, image=IMAGE)


@scenario("an image as bytes, S3 down", "stored", "stored")
def s3_down(world: World) -> None:
    """The put waits for S3, and so does the removal."""
    world.outage("references", 0, 10 * MINUTE)
    world.outage("references", HOUR, 3 * HOUR)
    world.client_retries = 200
    world.submit("key-1", image=IMAGE)
    world.submit("key-2", HOUR - MINUTE, image=IMAGE)


@scenario("an image as bytes, unknown healed after expired")
def healed_after(world: World) -> None:
    world.provider.manners.takes = 6 * HOUR
    world.provider.manners.submits = ["500, accepted"]
    world.submit(image=IMAGE)


@scenario("an image as bytes, deleted at its end, submitted again", "deleted")
def deleted(world: World) -> None:
    world.provider.manners.submits = ["400"]
    world.submit(image=IMAGE)
    delete(world, 5 * SECOND)
    world.submit(after=HOUR, image=IMAGE)

"""The owner cancels, deletes and lists, while calls fail and callbacks come late."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.reliability.owner import cancel, delete, look
from tests.reliability.scenarios.expired import AFTER, down, slow
from tests.reliability.scenarios.registry import scenario
from tests.reliability.scenarios.sending import several
from tests.reliability.world import World


@scenario("cancel before the dispatch", "canceled")
def cancel_before(world: World) -> None:
    world.provider.manners.submits = ["429"]
    world.submit()
    cancel(world, 59 * SECOND)


@scenario("cancel after the dispatch")
def cancel_after(world: World) -> None:
    world.provider.manners.submits = ["429"]
    world.submit()
    cancel(world, 61 * SECOND)


@scenario("canceled and deleted behind a closed gate", "deleted", "stored")
def cancel_and_delete(world: World) -> None:
    world.provider.manners.submits = ["429 in 5 min"]
    several(world, 2)
    cancel(world, MINUTE)
    delete(world, 2 * MINUTE)


@scenario("delete", "deleted")
def delete_stored(world: World) -> None:
    world.submit()
    delete(world, 10 * MINUTE)


@scenario("delete, bucket down 1 h", "deleted")
def delete_bucket_down(world: World) -> None:
    world.outage("media.clear", 0, HOUR)
    delete_stored(world)


@scenario("delete too early, then again", "deleted")
def delete_too_early(world: World) -> None:
    world.submit()
    delete(world, MINUTE)
    delete(world, 30 * MINUTE)


@scenario("delete while a transfer is tried again and again", "deleted")
def delete_given_up(world: World) -> None:
    world.hosts.manners.always = "html"
    world.submit()
    delete(world, 2 * HOUR)


@scenario("delete, then the callback of an expired video", "deleted")
def delete_expired(world: World) -> None:
    slow(world, AFTER)
    delete(world, AFTER - MINUTE)


@scenario("delete while the hint of an expired video is looked into", "deleted")
def delete_hinted(world: World) -> None:
    down(world, AFTER, 2 * HOUR)
    slow(world, AFTER, one=True)
    delete(world, AFTER + 5 * MINUTE)


@scenario("list while videos come and go", "deleted", "stored", "stored", "stored")
def list_untouched(world: World) -> None:
    several(world, 3)
    world.submit("key-late", 11 * MINUTE)
    delete(world, 10 * MINUTE)
    for minutes in (1, 10, 12, 30):
        look(world, minutes * MINUTE + SECOND)

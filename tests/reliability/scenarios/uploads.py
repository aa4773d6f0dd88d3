"""Media that clients uploaded: what was checked is what is sent, whatever is uploaded in between."""

from typing import Any

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.uploads import upload_key
from tests.images import a_png
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World
from tests.sounds import a_timed_mp4

FILE, CLIP = ("file_" + letters * 13 for letters in ("a2", "b3"))
PROMPT = "A lighthouse"


def uploaded(world: World, *, clip: bool = False) -> None:
    """The client has uploaded an image, or a video whose index comes last, and asks for a video with it."""
    file_id, data = (CLIP, a_timed_mp4(4, 3_000, index_last=True)) if clip else (FILE, a_png())
    world.watch.uploads.post(upload_key("owner-1", file_id), data)
    part: dict[str, Any] = {"type": "video_url", "video_url": {"file_id": file_id}}
    named = {"input_references": [part]} if clip else {"input_reference": {"file_id": file_id}}
    world.asked = {"prompt": PROMPT, **named}


def replace_upload(world: World, after: int) -> None:
    """The form is posted a second time."""
    world.later(after, lambda: world.watch.uploads.post(upload_key("owner-1", FILE), a_png(1)))


@scenario("an upload")
def an_upload(world: World) -> None:
    uploaded(world)
    world.submit()


@scenario("an upload that is read in pieces")
def in_pieces(world: World) -> None:
    uploaded(world, clip=True)
    world.submit()


@scenario("an upload, replaced between create and dispatch")
def replaced_before_dispatch(world: World) -> None:
    uploaded(world)
    world.provider.manners.submits = ["429", "429"]
    world.submit()
    replace_upload(world, 10 * SECOND)


@scenario("an upload, replaced, and the same key again")
def replaced_and_again(world: World) -> None:
    uploaded(world)
    world.submit()
    replace_upload(world, 10 * SECOND)
    world.submit(after=MINUTE)


@scenario("an upload, in two videos and once more after their end", "stored", "stored", "stored")
def reused(world: World) -> None:
    uploaded(world)
    world.submit("key-1")
    world.submit("key-2", 5 * SECOND)
    world.submit("key-3", 2 * DAY)


@scenario("an upload, S3 down")
def s3_down(world: World) -> None:
    uploaded(world, clip=True)
    world.outage("uploads", 0, 10 * MINUTE)
    world.client_retries = 200
    world.submit()


@scenario("an upload, unknown healed after expired")
def healed_after(world: World) -> None:
    uploaded(world)
    world.provider.manners.takes = 6 * HOUR
    world.provider.manners.submits = ["500, accepted"]
    world.submit()
    replace_upload(world, HOUR)

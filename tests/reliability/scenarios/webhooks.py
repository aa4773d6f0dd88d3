"""Endpoints that are told of videos: receivers, queue and table are there or not, senders die, messages come twice."""

from decimal import Decimal

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.faults import Mode
from tests.reliability.hooks import GONE, endpoint_id
from tests.reliability.owner import delete
from tests.reliability.scenarios.expired import AFTER, slow
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

ENDS = ("video.completed", "video.failed", "video.expired", "video.canceled")


def hooked(world: World, endpoints: int = 1) -> None:
    """The stream is read, and the owner has endpoints that are told of every end."""
    world.tell()
    for number in range(endpoints):
        world.hooks.open(number, *ENDS)


@scenario("hooked: stored")
def hooked_stored(world: World) -> None:
    hooked(world)
    world.submit()


@scenario("hooked: three endpoints, one fails five times, one wants nothing of it")
def hooked_three(world: World) -> None:
    hooked(world, 2)
    world.hooks.open(2, "video.queued")
    world.hooks.answers[endpoint_id(0)] = [500, None, 302, 404, 429, 200]
    world.submit()


@scenario("hooked: no receiver for 9 h", "stored", "stored")
def hooked_nobody(world: World) -> None:
    hooked(world)
    world.hooks.closed = (NOW, NOW + 9 * HOUR)
    world.submit("key-1")
    world.submit("key-2", HOUR)


@scenario("hooked: expired, then stored for less")
def hooked_expired(world: World) -> None:
    hooked(world)
    world.provider.manners.bills = Decimal("0.3")
    slow(world, AFTER)


@scenario("hooked: deleted while it is told", "deleted")
def hooked_deleted(world: World) -> None:
    hooked(world)
    world.hooks.closed = (NOW, NOW + HOUR)
    world.provider.manners.submits = ["400"]
    world.submit()
    delete(world, 30 * SECOND)


@scenario("hooked: records and messages come twice", "stored", "stored")
def hooked_twice(world: World) -> None:
    hooked(world)
    world.stream.copies = world.hooks.copies = 2
    world.submit("key-1")
    world.submit("key-2", SECOND)


@scenario("hooked: its queue is down 20 min", "stored", "stored")
def hooked_no_queue(world: World) -> None:
    hooked(world)
    world.outage("webhooks.send", 0, 20 * MINUTE)
    world.submit("key-1")
    world.submit("key-2", 10 * MINUTE)


@scenario("hooked: table throttled 10 min, one call in two", "stored", "stored")
def hooked_throttled(world: World) -> None:
    hooked(world, 2)
    for calls in ("deliveries", "endpoints"):
        world.outage(calls, 0, 10 * MINUTE, every=2)
    world.submit("key-1")
    world.submit("key-2", SECOND)


@scenario("hooked: the sender dies again and again")
def hooked_dying(world: World) -> None:
    hooked(world)
    world.outage("webhooks.post", 0, 6 * MINUTE, Mode.KILL_AFTER)
    world.submit()


@scenario("hooked: one endpoint is gone", "stored", "stored")
def hooked_gone(world: World) -> None:
    hooked(world, 2)
    world.hooks.answers[endpoint_id(0)] = [500, GONE]
    world.submit("key-1")
    world.submit("key-2", HOUR)

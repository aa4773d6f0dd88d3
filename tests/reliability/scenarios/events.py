"""What is told of videos: the stream is read, the bus is there or not, records come twice or are set aside."""

from decimal import Decimal

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.reliability.faults import Mode
from tests.reliability.links import HostManners
from tests.reliability.owner import cancel, delete
from tests.reliability.scenarios.expired import AFTER, slow
from tests.reliability.scenarios.recheck import better, given_up
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


@scenario("told: stored")
def told_stored(world: World) -> None:
    world.tell()
    world.submit()


@scenario("told: refused", "rejected")
def told_refused(world: World) -> None:
    world.tell()
    world.provider.manners.submits = ["400"]
    world.submit()


@scenario("told: queued three times, then sent")
def told_queued(world: World) -> None:
    world.tell()
    world.provider.manners.submits = ["429"] * 3
    world.submit()


@scenario("told: canceled, and deleted at once", "deleted")
def told_canceled(world: World) -> None:
    world.tell()
    world.provider.manners.submits = ["429 in 5 min"]
    world.submit()
    cancel(world, MINUTE)
    delete(world, MINUTE + SECOND // 2)


@scenario("told: expired, then stored for less")
def told_expired(world: World) -> None:
    world.tell()
    world.provider.manners.bills = Decimal("0.3")
    slow(world, AFTER)


@scenario("told: given up, and rechecked")
def told_rechecked(world: World) -> None:
    world.tell()
    given_up(world)
    better(world)
    world.recheck(2 * HOUR)


@scenario("told: an end makes room, the next one goes out", "stored", "stored", "stored")
def told_and_woken(world: World) -> None:
    """Our own pauses grow to a quarter of an hour; nobody waits for them while ends make room."""
    world.tell()
    world.provider.manners.limit = 1
    world.provider.manners.takes = 5 * SECOND
    for number in range(3):
        world.submit(f"key-{number}", number * SECOND)


@scenario("told: re-opened with reservation and failing publisher")
def reopened_and_failing(world: World) -> None:
    """It expires with a reservation that nobody can settle, nothing can be told, and then its success comes."""
    world.tell()
    world.provider.manners.bills = Decimal("0.3")
    world.outage("transactions", DAY - MINUTE, DAY + 30 * MINUTE)
    world.outage("bus", DAY - MINUTE, DAY + 20 * MINUTE)
    slow(world, DAY + 12 * MINUTE)


@scenario("told: bus down 1 h", "stored", "stored")
def bus_down(world: World) -> None:
    world.tell()
    world.outage("bus", 0, HOUR)
    world.submit("key-1")
    world.submit("key-2", 10 * MINUTE)


@scenario("told: bus answers one in two", "stored", "stored", "stored")
def bus_flaky(world: World) -> None:
    world.tell()
    world.outage("bus", 0, HOUR, Mode.LOST, every=2)
    for number in range(3):
        world.submit(f"key-{number}", number * SECOND)


@scenario("told: records come twice", "stored", "stored")
def records_twice(world: World) -> None:
    world.tell(copies=2)
    world.provider.manners.submits = ["429"]
    world.submit("key-1")
    world.submit("key-2", SECOND)


@scenario("told: bus down 3 h, set aside and redriven", "stored", "stored")
def set_aside(world: World) -> None:
    world.tell()
    world.outage("bus", 0, 3 * HOUR)
    world.submit("key-1")
    world.submit("key-2", 2 * HOUR + 30 * MINUTE)
    world.later(4 * HOUR, world.stream.redrive)


@scenario("told: the publisher dies again and again", "stored", "stored")
def publisher_dies(world: World) -> None:
    world.tell()
    world.outage("bus", 0, 20 * MINUTE, Mode.KILL_AFTER)
    world.hosts.manners = HostManners(takes=2 * SECOND)
    world.submit("key-1")
    world.submit("key-2")

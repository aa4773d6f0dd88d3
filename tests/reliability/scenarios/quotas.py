"""What a video holds in the ledger until it is settled, and the limits that it counts against."""

from decimal import Decimal

from reelhook.domain.failure import Billed
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.builders import an_error
from tests.reliability.owner import cancel, delete, look_at_usage
from tests.reliability.scenarios.expired import AFTER, down, slow
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

LESS, MORE = Decimal("0.3"), Decimal("0.9")  # than the estimate: 5 s at 0.156 USD


@scenario("stored for less than its estimate")
def stored_for_less(world: World) -> None:
    world.provider.manners.bills = LESS
    world.submit()


@scenario("stored for more than its estimate")
def stored_for_more(world: World) -> None:
    world.provider.manners.bills = MORE
    world.submit()


@scenario("failed, and charged", "failed")
def failed_and_charged(world: World) -> None:
    world.provider.manners.fails, world.provider.manners.bills = True, LESS
    world.submit()


@scenario("failed, and nobody says whether it was charged", "failed")
def failed_unconfirmed(world: World) -> None:
    world.provider.manners.fails = True
    world.provider.manners.error = an_error(billed=Billed.UNKNOWN)
    world.submit()


@scenario("expired, then stored for less")
def expired_then_less(world: World) -> None:
    world.provider.manners.bills = LESS
    slow(world, AFTER)


@scenario("expired, stored for less, status down 2 h")
def expired_then_less_status_down(world: World) -> None:
    down(world, AFTER, 2 * HOUR)
    world.provider.manners.bills = LESS
    slow(world, AFTER, one=True)


@scenario("expired, and deleted before its late success", "deleted")
def expired_and_deleted(world: World) -> None:
    world.provider.manners.bills = LESS
    slow(world, AFTER)
    delete(world, 25 * HOUR + 45 * MINUTE)  # a look-up whose lock was lost comes an hour later


@scenario("expired, given up when its late success cannot be copied", "transfer_failed")
def expired_and_given_up(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    world.provider.manners.bills = LESS
    world.hosts.manners.opens = ["404"] * 1_000
    slow(world, AFTER)


@scenario("one at a time", "stored", "stored")
def one_at_a_time(world: World) -> None:
    world.limit_owner(in_flight="1")
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.submit("key-3", HOUR)
    look_at_usage(world, 2 * HOUR)


@scenario("one a day", "stored", "stored")
def one_a_day(world: World) -> None:
    world.limit_owner(videos="1")
    world.submit("key-1")
    world.submit("key-1", MINUTE)
    world.submit("key-2", HOUR)
    world.submit("key-3", DAY)


@scenario("a dollar a day", "failed", "failed")
def a_dollar_a_day(world: World) -> None:
    """Room for one; it fails for nothing, so that there is room for another."""
    world.limit_owner(usd="1")
    world.provider.manners.fails = True
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.submit("key-3", HOUR)


@scenario("a place in the queue counts", "canceled", "stored")
def queued_counts(world: World) -> None:
    world.limit_owner(in_flight="1")
    world.provider.manners.submits = ["429 in 5 min"]
    world.submit("key-1")
    world.submit("key-2", SECOND)
    cancel(world, MINUTE)
    world.submit("key-3", 2 * MINUTE)


@scenario("nothing can be settled for 2 h", "stored", "stored")
def nothing_settled(world: World) -> None:
    world.submit("key-1")
    world.outage("transactions", MINUTE, 2 * HOUR)
    world.submit("key-2", 3 * HOUR)

"""Drops: each is one video or one refusal, whatever becomes of its event and of the function that takes it."""

from reelhook.domain.owners import Owner
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.images import a_png
from tests.reliability.owner import delete
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def several(world: World, amount: int) -> None:
    """Dropped one after the other; the later an image was dropped, the sooner comes its event."""
    for number in range(amount):
        world.drop(f"{number}.png", 200 * number, ((amount - number) * SECOND,))


@scenario("a drop")
def a_drop(world: World) -> None:
    world.drop()


@scenario("a drop whose event comes four times, one of them the next day")
def four_events(world: World) -> None:
    world.drop(events=(SECOND, SECOND, 2 * SECOND, DAY))


@scenario("queue of 5 drops, limit 1", *["stored"] * 5)
def queue_of_5(world: World) -> None:
    world.provider.manners.limit = 1
    several(world, 5)


@scenario("queue of 3 drops, out of funds 1 h", *["stored"] * 3)
def out_of_funds(world: World) -> None:
    world.provider.manners.accounts_empty_until = world.clock() + HOUR
    several(world, 3)


@scenario("a drop that is replaced before its event comes", "stored")
def replaced(world: World) -> None:
    world.drop(events=(10 * SECOND,))
    world.drop(after=5 * SECOND, image=a_png(1))


@scenario("a drop without a request, and one with")
def without_a_request(world: World) -> None:
    world.drop("none.png", request=None)
    world.drop("some.png", after=SECOND)


@scenario("a drop while S3 or the table is down 2 min")
def down(world: World) -> None:
    for calls in ("inbox", "outcomes", "transactions"):
        world.outage(calls, 0, 2 * MINUTE)
    world.drop()


@scenario("a drop while the table is down 10 min, and one after")
def down_for_long(world: World) -> None:
    """The first one's event waits with the failed ones."""
    world.outage("videos", 0, 10 * MINUTE)
    world.drop("first.png")
    world.drop("second.png", after=11 * MINUTE)


@scenario("two drops, one in flight at a time", "stored")
def over_quota(world: World) -> None:
    world.limit_owner(in_flight="1")
    world.drop("first.png")
    world.drop("second.png", after=SECOND)


@scenario("a drop whose owner is shut out while it waits", "failed")
def shut_out(world: World) -> None:
    world.provider.manners.submits = ["429 in 5 min"]
    world.drop()
    world.later(3 * MINUTE, lambda: world.owners.update({"owner-1": Owner("owner-1", disabled=True)}))


@scenario("a drop deleted at its end, and its event again", "deleted")
def deleted(world: World) -> None:
    world.provider.manners.submits = ["400"]
    world.drop(events=(SECOND, HOUR))
    delete(world, 20 * MINUTE)

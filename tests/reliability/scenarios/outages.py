"""Look-ups that are not answered, lag or know nothing; a store that is down."""

from reelhook.domain.time import HOUR, MINUTE
from tests.builders import NOW
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def down(world: World, duration: int, *, takes: int = 3 * MINUTE, known: bool = True) -> None:
    manners = world.provider.manners
    manners.down, manners.takes = [(NOW + takes, NOW + takes + duration)], takes
    if not known:
        manners.submits = ["500, accepted"]
    world.submit()


@scenario("unknown, status down 1 h")
def unknown_down(world: World) -> None:
    down(world, HOUR, known=False)


@scenario("unknown, callback at 3h50, status down 1 h")
def unknown_late_down(world: World) -> None:
    down(world, HOUR, takes=3 * HOUR + 50 * MINUTE, known=False)


@scenario("status down 1 h")
def status_down(world: World) -> None:
    down(world, HOUR)


@scenario("status down 1 h, slow")
def status_down_slow(world: World) -> None:
    down(world, HOUR, takes=2 * HOUR)


@scenario("status lags 10 min")
def status_lags(world: World) -> None:
    world.provider.manners.lag = 10 * MINUTE
    world.submit()


@scenario("status says unknown for 10 min")
def status_unknown(world: World) -> None:
    world.provider.manners.unknown = [(NOW, NOW + 13 * MINUTE)]
    world.submit()


@scenario("store down 5 min")
def store_down(world: World) -> None:
    world.outage("videos", 3 * MINUTE, 8 * MINUTE)
    world.submit()


@scenario("candidates, status down 5 h")
def candidates_5_h(world: World) -> None:
    down(world, 5 * HOUR, known=False)


@scenario("candidates, status down 23.9 h")
def candidates_24_h(world: World) -> None:
    down(world, 23 * HOUR + 54 * MINUTE, known=False)


@scenario("candidates, status down 30 h")
def candidates_30_h(world: World) -> None:
    down(world, 30 * HOUR, known=False)


@scenario("candidates, status down 47 h")
def candidates_47_h(world: World) -> None:
    down(world, 47 * HOUR, known=False)


@scenario("task id, status down 47 h")
def task_id_47_h(world: World) -> None:
    down(world, 47 * HOUR)

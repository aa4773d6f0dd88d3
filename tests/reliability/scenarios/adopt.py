"""The operator gives a lost submit the task that it bought."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.reliability.links import HostManners
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def unheard_of(world: World, *callbacks: int) -> None:
    world.provider.manners.submits = ["500, accepted"]
    world.provider.manners.callbacks = callbacks
    world.submit()


@scenario("adopt")
def adopt(world: World) -> None:
    unheard_of(world)
    world.adopt(10 * MINUTE, "task-1")


@scenario("adopt a task that still runs")
def adopt_running(world: World) -> None:
    unheard_of(world)
    world.adopt(MINUTE, "task-1")


@scenario("adopt, expired")
def adopt_expired(world: World) -> None:
    unheard_of(world)
    world.adopt(5 * HOUR, "task-1")


@scenario("adopt a task of nobody")
def adopt_unknown(world: World) -> None:
    unheard_of(world, 0)
    world.adopt(MINUTE, "task-9")


@scenario("adopt another video's task", "expired", "stored")
def adopt_anothers(world: World) -> None:
    unheard_of(world)
    world.submit("key-2", SECOND)
    world.adopt(10 * MINUTE, "task-2")


@scenario("adopt races a late callback")
def adopt_and_callback(world: World) -> None:
    world.provider.manners.takes = 6 * HOUR
    world.hosts.manners = HostManners(takes=10 * SECOND)
    unheard_of(world, 0)
    for after in (0, 100, 5_000):
        world.adopt(6 * HOUR + after, "task-1")


@scenario("adopt, status down 1 h")
def adopt_status_down(world: World) -> None:
    unheard_of(world)
    begin = world.clock() + MINUTE
    world.provider.manners.down = [(begin, begin + HOUR)]
    world.adopt(10 * MINUTE, "task-1")
    world.adopt(2 * HOUR, "task-1")

"""Refusals of a task that was accepted all the same."""

from reelhook.domain.time import HOUR, SECOND
from tests.builders import NOW
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def lie(world: World, answer: str, takes: int = 10 * SECOND, *, early: bool = False, down: int = 0) -> None:
    manners = world.provider.manners
    manners.submits, manners.takes, manners.early = [answer], takes, early
    if down:
        manners.down = [(NOW, NOW + down)]
    world.submit()


@scenario("429 although accepted, callback while queued")
def callback_while_queued(world: World) -> None:
    lie(world, "429, accepted")


@scenario("429 although accepted, status down")
def status_down(world: World) -> None:
    lie(world, "429, accepted", down=HOUR)


@scenario("429 although accepted, status down, slot free")
def slot_free(world: World) -> None:
    world.provider.manners.limit = 1
    lie(world, "429, accepted", takes=40 * SECOND, down=HOUR)


@scenario("429 although accepted, early callback, status down")
def early_callback_status_down(world: World) -> None:
    lie(world, "429, accepted", early=True, down=HOUR)


@scenario("400 although accepted, early callback")
def refused_early_callback(world: World) -> None:
    lie(world, "400, accepted", early=True)


@scenario("400 although accepted, early callback, status down")
def refused_early_callback_status_down(world: World) -> None:
    lie(world, "400, accepted", early=True, down=HOUR)

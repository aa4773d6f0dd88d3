"""Requests without an idempotency key, from an SDK that repeats what was not answered."""

from reelhook.domain.time import SECOND
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def one_wish(world: World, cold: int = 0) -> None:
    world.watch.wishes = 1
    world.submit_by_sdk(cold=cold)


@scenario("no key, its SDK repeats it")
def repeated(world: World) -> None:
    one_wish(world)


@scenario("no key, overtaken by its retry")
def overtaken(world: World) -> None:
    one_wish(world, cold=2 * SECOND)


@scenario("no key, submit 500 after acceptance")
def unclear(world: World) -> None:
    world.provider.manners.submits = ["500, accepted"]
    one_wish(world)


@scenario("no key, 429 then dispatch")
def later(world: World) -> None:
    world.provider.manners.submits = ["429"]
    one_wish(world)


@scenario("no key, closed gate", "stored", "stored")
def behind_a_closed_gate(world: World) -> None:
    world.provider.manners.submits = ["429"]
    world.submit()
    world.submit_by_sdk(SECOND)

"""Somebody else has the callback URL."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def down(world: World, duration: int) -> None:
    world.provider.manners.down.append((NOW, NOW + duration))


def unanswered(world: World) -> None:
    world.provider.manners.submits = ["500, accepted"]


@scenario("forged failure, status down")
def forged_failure(world: World) -> None:
    down(world, HOUR)
    world.forge(MINUTE, "task-1", state="failed")
    world.submit()


@scenario("forged ids before the genuine one")
def before_the_genuine(world: World) -> None:
    unanswered(world)
    world.forge(MINUTE, "forged-1")
    world.forge(MINUTE + SECOND, "forged-2")
    world.submit()


@scenario("forged id after the genuine one")
def after_the_genuine(world: World) -> None:
    unanswered(world)
    world.forge(4 * MINUTE, "forged-1")
    world.submit()


@scenario("genuine, status down, forged id")
def genuine_status_down(world: World) -> None:
    down(world, HOUR)
    after_the_genuine(world)


@scenario("another task, id known", "stored", "stored")
def another_task_known(world: World) -> None:
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.forge(MINUTE, "task-2")


@scenario("another task, id unknown", "stored", "stored")
def another_task_unknown(world: World) -> None:
    unanswered(world)
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.forge(MINUTE, "task-2")
    world.forge(10 * MINUTE, "task-2")


@scenario("another task, id unknown, callbacks never", "expired", "stored")
def another_task_callbacks_never(world: World) -> None:
    unanswered(world)
    world.provider.manners.callbacks = ()
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.forge(10 * MINUTE, "task-2")


@scenario("URL leaked, 40 forged callbacks")
def url_leaked(world: World) -> None:
    world.forge(SECOND, "forged-1", times=40, every=SECOND)
    world.submit()


@scenario("running hint then forged hints")
def running_then_forged(world: World) -> None:
    world.provider.manners.lag = 5 * MINUTE
    world.forge(5 * MINUTE, "forged-1", times=3)
    world.submit()


def six_candidates(world: World, status_down: int) -> None:
    unanswered(world)
    down(world, status_down)
    for number in range(6):
        world.forge(MINUTE + number, f"forged-{number}")
    world.submit()


@scenario("6 forged candidates and the genuine, status down 2 h")
def six_forged(world: World) -> None:
    six_candidates(world, 2 * HOUR)


@scenario("6 forged candidates and the genuine, status down 24.1 h")
def six_forged_a_day(world: World) -> None:
    six_candidates(world, 24 * HOUR + 6 * MINUTE)


@scenario("forged id answered 5xx for ever, then the genuine, status down 1 h")
def mute_for_ever(world: World) -> None:
    unanswered(world)
    down(world, HOUR)
    world.provider.manners.mute = ("forged-1",)
    world.forge(MINUTE, "forged-1")
    world.submit()


@scenario("forged callback while queued", "expired")
def while_queued(world: World) -> None:
    world.provider.manners.submits = ["429 in 5 min"]
    world.forge(10 * SECOND, "forged-1")
    world.submit()


@scenario("forged callback, never sent")
def never_sent(world: World) -> None:
    world.provider.manners.callbacks = ()
    world.forge(10 * SECOND, "forged-1")
    world.submit()

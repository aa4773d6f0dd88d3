"""Callbacks that come late, and what they re-open."""

from reelhook.domain.time import HOUR, MINUTE
from tests.builders import NOW
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

AFTER = 26 * HOUR  # past the provider's end, before the token's


def slow(world: World, takes: int, *, known: bool = True, one: bool = False, lag: int = 0) -> None:
    manners = world.provider.manners
    manners.takes, manners.lag = takes, lag
    if not known:
        manners.submits = ["500, accepted"]
    if one:
        manners.retries = ()
    world.submit()


def down(world: World, begin: int, duration: int) -> None:
    world.provider.manners.down.append((NOW + begin, NOW + begin + duration))


@scenario("slow task, callback after provider_end")
def after_provider_end(world: World) -> None:
    slow(world, AFTER)


@scenario("unknown healed before expired")
def healed_before(world: World) -> None:
    slow(world, 3 * HOUR, known=False)


@scenario("unknown healed after expired")
def healed_after(world: World) -> None:
    slow(world, 6 * HOUR, known=False)


@scenario("healed after expired, status down 1 h")
def healed_after_status_down(world: World) -> None:
    down(world, 6 * HOUR, HOUR)
    slow(world, 6 * HOUR, known=False)


@scenario("status lags 24.5 h, callback again while down")
def lags_and_again(world: World) -> None:
    world.provider.manners.callbacks = (0, 25 * HOUR)
    down(world, 24 * HOUR + 30 * MINUTE, 2 * HOUR)
    slow(world, 3 * MINUTE, lag=24 * HOUR + 30 * MINUTE)


@scenario("one callback, expired")
def one_callback(world: World) -> None:
    slow(world, 6 * HOUR, known=False, one=True)


@scenario("one callback, expired with task id")
def one_callback_task_id(world: World) -> None:
    slow(world, AFTER, one=True)


@scenario("one callback, expired with task id, status down 2 h")
def one_callback_task_id_down(world: World) -> None:
    down(world, AFTER, 2 * HOUR)
    slow(world, AFTER, one=True)


@scenario("one callback at expiry")
def one_callback_at_expiry(world: World) -> None:
    slow(world, 24 * HOUR, one=True)


@scenario("one callback, expired, status lags 20 min")
def one_callback_status_lags(world: World) -> None:
    slow(world, 6 * HOUR, known=False, one=True, lag=20 * MINUTE)


@scenario("expired, named while at work, never calls back")
def named_while_at_work(world: World) -> None:
    world.provider.manners.callbacks = ()
    slow(world, 6 * HOUR, known=False)
    world.forge(5 * HOUR, "task-1")


@scenario("one callback, expired, links published 3 h later")
def links_published_later(world: World) -> None:
    world.provider.manners.bare_until = NOW + 9 * HOUR
    slow(world, 6 * HOUR, known=False, one=True)


@scenario("one callback, expired, status lags 2 h")
def one_callback_status_lags_long(world: World) -> None:
    slow(world, 6 * HOUR, known=False, one=True, lag=2 * HOUR)


@scenario("one callback past the end, status lags 2 h", "expired")
def one_callback_past_the_end_status_lags_long(world: World) -> None:
    world.watch.permanent = "expired"  # its hint is over after half an hour of "still running"
    slow(world, AFTER, one=True, lag=2 * HOUR)


@scenario("one callback shortly before the end, status lags 10 min")
def shortly_before_the_end(world: World) -> None:
    slow(world, 24 * HOUR - 3 * MINUTE, one=True, lag=10 * MINUTE)


@scenario("candidate shortly before the end, status lags 10 min")
def candidate_shortly_before_the_end(world: World) -> None:
    slow(world, 4 * HOUR - 3 * MINUTE, known=False, one=True, lag=10 * MINUTE)


def expired_and_forged(world: World, status_down: int) -> None:
    for number in range(6):
        world.forge(6 * HOUR - MINUTE + number, f"forged-{number}")
    down(world, 6 * HOUR - MINUTE, status_down)
    slow(world, 6 * HOUR, known=False)


@scenario("expired, 6 forged candidates and the genuine, status down 1 h")
def expired_forged_and_genuine(world: World) -> None:
    expired_and_forged(world, HOUR)


@scenario("expired, 6 forged candidates and the genuine, status down 1 min")
def expired_forged_and_genuine_soon(world: World) -> None:
    expired_and_forged(world, MINUTE)


@scenario("expired with task id, 9 forged, then genuine with retries over 24 h")
def expired_nine_forged(world: World) -> None:
    world.forge(25 * HOUR, "task-1", times=9)
    world.provider.manners.retries = (HOUR,) * 20
    slow(world, AFTER)


@scenario("expired with task id, 9 forged, then genuine")
def expired_nine_forged_soon(world: World) -> None:
    world.forge(25 * HOUR, "task-1", times=9)
    slow(world, AFTER)


@scenario("expired, 9 forged, then genuine")
def unknown_expired_nine_forged(world: World) -> None:
    for number in range(9):
        world.forge(5 * HOUR + number, f"forged-{number}")
    slow(world, 6 * HOUR, known=False)


@scenario("8 forged before the end and 8 after")
def forged_before_and_after(world: World) -> None:
    for number in range(8):
        world.forge(3 * HOUR + number, f"forged-{number}")
        world.forge(25 * HOUR + number, f"forged-again-{number}")
    slow(world, AFTER, known=False)


@scenario("token's end", "expired")
def after_the_token(world: World) -> None:
    slow(world, 49 * HOUR)

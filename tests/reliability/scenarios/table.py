"""DynamoDB's manners: indexes that lag behind the table, and calls that are throttled for a while."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.reliability.scenarios.registry import scenario
from tests.reliability.scenarios.sending import several
from tests.reliability.world import World

LAG = 5 * SECOND  # longer than AWS ever lets on ("a fraction of a second"), shorter than any of our pauses


@scenario("index of what is due lags")
def due_lags(world: World) -> None:
    world.watch.videos.lag = {"due": 90 * SECOND}
    world.provider.manners.callbacks = ()
    world.hosts.manners.opens = ["reset", "404"]
    world.submit()


@scenario("index of the queue lags", *["stored"] * 3)
def queue_lags(world: World) -> None:
    world.watch.videos.lag = {"queue": 90 * SECOND}
    world.provider.manners.limit = 1
    several(world, 3)


@scenario("index of tasks lags", "stored", "stored")
def tasks_lag(world: World) -> None:
    world.watch.videos.lag = {"task": LAG}
    world.provider.manners.submits = ["500, accepted"]
    world.submit("key-1")
    world.submit("key-2", SECOND)
    world.forge(10 * SECOND, "task-2")


@scenario("all indexes lag, 429 that lied", "stored", "stored")
def all_lag(world: World) -> None:
    world.watch.videos.lag = dict.fromkeys(("due", "queue", "task"), 70 * SECOND)
    world.provider.manners.submits = ["429, accepted", "429"]
    several(world, 2)


@scenario("writes throttled 10 min, one in two", "stored", "stored")
def writes_throttled(world: World) -> None:
    world.client_retries = 20
    world.outage("videos.apply", 0, 10 * MINUTE, every=2)
    several(world, 2)


@scenario("table throttled 1 h, one call in three", "stored", "stored")
def table_throttled(world: World) -> None:
    world.client_retries = 20
    for calls in ("videos", "gates"):
        world.outage(calls, 0, HOUR, every=3)
    world.provider.manners.submits = ["429"]
    several(world, 2)

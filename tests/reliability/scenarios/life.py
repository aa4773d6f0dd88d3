"""Normal life and callbacks."""

from reelhook.domain.time import HOUR, MINUTE
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


@scenario("normal")
def normal(world: World) -> None:
    world.submit()


@scenario("early")
def early(world: World) -> None:
    world.provider.manners.early = True
    world.submit()


@scenario("duplicate callbacks")
def duplicate_callbacks(world: World) -> None:
    world.provider.manners.callbacks = (0, 0, 5_000, MINUTE)
    world.submit()


@scenario("callback never")
def callback_never(world: World) -> None:
    world.provider.manners.callbacks = ()
    world.submit()


@scenario("failed", "failed")
def failed(world: World) -> None:
    world.provider.manners.fails = True
    world.submit()


@scenario("failed, callback never", "failed")
def failed_callback_never(world: World) -> None:
    world.provider.manners.fails = True
    world.provider.manners.callbacks = ()
    world.submit()


@scenario("slow task 2 h")
def slow_task_2_h(world: World) -> None:
    world.provider.manners.takes = 2 * HOUR
    world.submit()


@scenario("slow task 2 h, callback never")
def slow_task_2_h_callback_never(world: World) -> None:
    callback_never(world)
    world.provider.manners.takes = 2 * HOUR


@scenario("slow task 20 h, callback never")
def slow_task_20_h_callback_never(world: World) -> None:
    callback_never(world)
    world.provider.manners.takes = 20 * HOUR


@scenario("unreadable callback")
def unreadable_callback(world: World) -> None:
    world.provider.manners.body = "{"
    world.submit()


@scenario("one callback, submitted")
def one_callback_submitted(world: World) -> None:
    world.provider.manners.retries = ()
    world.submit()


@scenario("one callback, submitting")
def one_callback_submitting(world: World) -> None:
    one_callback_submitted(world)
    world.provider.manners.submits = ["500, accepted"]


@scenario("one callback, submitting, early")
def one_callback_submitting_early(world: World) -> None:
    one_callback_submitting(world)
    world.provider.manners.early = True


@scenario("one callback, submitting after 2 h")
def one_callback_submitting_after_2_h(world: World) -> None:
    one_callback_submitting(world)
    world.provider.manners.takes = 2 * HOUR


@scenario("one callback, queued")
def one_callback_queued(world: World) -> None:
    one_callback_submitted(world)
    world.provider.manners.submits = ["429, accepted"]
    world.provider.manners.takes = 10_000


@scenario("one callback, queued, Retry-After")
def one_callback_queued_retry_after(world: World) -> None:
    one_callback_submitted(world)
    world.provider.manners.submits = ["429 in 5 min", "429, accepted"]
    world.provider.manners.takes = 10_000


@scenario("one callback while T13")
def one_callback_while_t13(world: World) -> None:
    one_callback_submitted(world)
    world.provider.manners.submits = ["429, accepted"]
    world.provider.manners.early = True

"""Submits, the queue and the gate."""

from reelhook.domain.time import DAY, HOUR, MINUTE
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def several(world: World, amount: int) -> None:
    for number in range(amount):
        world.submit(f"key-{number}", 200 * number)


def answers(world: World, *submits: str) -> None:
    world.provider.manners.submits = list(submits)
    world.submit()


@scenario("429 then dispatch")
def later(world: World) -> None:
    answers(world, "429")


@scenario("429 with Retry-After")
def later_as_told(world: World) -> None:
    answers(world, "429 in 5 min")


@scenario("429 four times")
def four_times_later(world: World) -> None:
    answers(world, "429", "429", "429", "429")


@scenario("queue of 5, limit 1", *["stored"] * 5)
def queue_of_5(world: World) -> None:
    world.provider.manners.limit = 1
    several(world, 5)


@scenario("queue of 5, out of funds 1 h", "rejected", *["stored"] * 5)
def queue_out_of_funds(world: World) -> None:
    world.provider.manners.submits = ["account", "429", "account"]
    world.provider.manners.accounts_empty_until = world.clock() + HOUR
    several(world, 6)


@scenario("out of funds at submit", "rejected")
def out_of_funds(world: World) -> None:
    answers(world, "account")


@scenario("refused", "rejected")
def refused(world: World) -> None:
    answers(world, "400")


@scenario("queue too old", "stored", "failed")
def too_old(world: World) -> None:
    world.environment["QUEUE_MAX_AGE_HOURS"] = "3"
    world.provider.manners.limit = 1
    world.submit("key-1")
    world.submit("key-2", 1_000)
    world.later(2_000, lambda: setattr(world.provider.manners, "limit", 0))


@scenario("connect once")
def connect_once(world: World) -> None:
    answers(world, "connect")


@scenario("connect twice")
def connect_twice(world: World) -> None:
    answers(world, "connect", "connect")


@scenario("duplicate submit in flight")
def duplicate_in_flight(world: World) -> None:
    world.submit()
    world.submit()
    world.submit(after=10)


@scenario("duplicate submit after")
def duplicate_after(world: World) -> None:
    world.submit()
    world.submit(after=10 * MINUTE)
    world.submit(after=2 * DAY)


@scenario("submit 500 after acceptance")
def accepted_with_500(world: World) -> None:
    answers(world, "500, accepted")


@scenario("no task id")
def no_task_id(world: World) -> None:
    answers(world, "no task id")


@scenario("no task id, callback never", "expired")
def no_task_id_callback_never(world: World) -> None:
    world.provider.manners.callbacks = ()
    answers(world, "no task id")


@scenario("submit reset, callback never", "expired")
def reset_callback_never(world: World) -> None:
    world.provider.manners.callbacks = ()
    answers(world, "500, accepted")


@scenario("submit never arrived", "expired")
def never_arrived(world: World) -> None:
    answers(world, "never arrived")


@scenario("unknown submit and status says unknown", "expired")
def unknown_submit(world: World) -> None:
    world.watch.permanent = "expired"  # nobody ever says that this task exists
    world.provider.manners.unknown = [(0, world.clock() + 4 * DAY)]
    answers(world, "500, accepted")


@scenario("gate not readable")
def gate_not_readable(world: World) -> None:
    world.outage("gates", 0, HOUR)
    world.submit()


@scenario("gate not readable, queue of 3", *["stored"] * 3)
def gate_not_readable_queue(world: World) -> None:
    world.outage("gates", 0, HOUR)
    world.provider.manners.limit = 1
    several(world, 3)


@scenario("gate not readable, connect twice")
def gate_not_readable_connect_twice(world: World) -> None:
    world.outage("gates", 0, HOUR)
    answers(world, "connect", "connect")


@scenario("network down, queue of 5", *["stored"] * 5)
def network_down(world: World) -> None:
    world.provider.manners.submits = ["connect"] * 12
    several(world, 5)


@scenario("two submits meet a 429", "stored", "stored")
def two_meet_a_429(world: World) -> None:
    world.provider.manners.submits = ["429", "429"]
    several(world, 2)


@scenario("secrets down 10 min")
def secrets_down(world: World) -> None:
    world.outage("secrets", 0, 10 * MINUTE)
    world.client_retries = 200
    world.submit()

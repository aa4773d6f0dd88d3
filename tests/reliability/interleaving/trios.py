"""Three actors at once; their schedules are too many for all, so they are drawn from a seed."""

from reelhook.domain.time import MINUTE
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.operators import lapsed_workers_and_reconciler
from tests.reliability.interleaving.pairs import PAIRS
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.scenario import Played, Scenario, again
from tests.reliability.interleaving.situations import (
    FOUR_HOURS,
    Cast,
    begun,
    callback,
    callback_of_task,
    client,
    dispatcher,
    forged,
    reconciler,
    reconciler_and_worker,
    waiting,
    worker,
)
from tests.reliability.interleaving.stage import Stage


def three_callbacks(*posts: Post) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts)
        return stage, [callback(stage, video, name) for name in ("first", "second", "third")]

    return cast


def callback_reconciler_worker(*posts: Post, later: int) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts, later=later)
        return stage, [callback(stage, video), reconciler_and_worker(stage), worker(stage, video)]

    return cast


def callback_forger_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = begun(Post.LOST, later=FOUR_HOURS)
    return stage, [callback(stage, video), forged(stage, video), reconciler(stage)]


def client_callback_client() -> tuple[Stage, list[Actor]]:
    stage = Stage()
    return stage, [client(stage, "first"), callback_of_task(stage), client(stage, "second")]


def client_callback_dispatcher() -> tuple[Stage, list[Actor]]:
    stage, _ = waiting()  # another one, for which the dispatcher begins its round
    stage.truth.posts, stage.lying_429, sent = [Post.BUSY_BUT_ACCEPTED], True, stage.truth.sent
    later = Actor("dispatcher", lambda: stage.dispatch_tick(MINUTE), ready=lambda: stage.truth.sent > sent)
    return stage, [client(stage), callback_of_task(stage, task_id="task-2"), later]


def three_dispatchers() -> tuple[Stage, list[Actor]]:
    stage, _ = waiting(Post.BUSY, videos=2)
    stage.leases_gate = False
    return stage, [dispatcher(stage, name) for name in ("first", "second", "third")]


def dispatcher_callback_reconciler() -> tuple[Stage, list[Actor]]:
    stage, _ = waiting()
    return stage, [dispatcher(stage), callback_of_task(stage, task_id="task-2"), reconciler(stage)]


TRIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("three callbacks", three_callbacks()),
        Scenario("three callbacks, submit unclear", three_callbacks(Post.LOST)),
        Scenario("callback + reconciler + TransferVideo", callback_reconciler_worker(later=21 * MINUTE)),
        Scenario(
            "callback + reconciler + TransferVideo, expiring",
            callback_reconciler_worker(Post.LOST, later=FOUR_HOURS),
        ),
        Scenario("callback + forger + reconciler", callback_forger_reconciler),
        Scenario("submit + callback + submit", client_callback_client),
        Scenario("T13 + callback + dispatch", client_callback_dispatcher),
        Scenario("three dispatches, leases lapsed", three_dispatchers),
        Scenario("dispatch + callback + reconciler", dispatcher_callback_reconciler),
        Scenario("TransferVideo + TransferVideo + reconciler, lease lapsed", lapsed_workers_and_reconciler),
    )
}


def replay(name: str, schedule: list[str]) -> str:
    """The account of one schedule of a pair or trio, played again; what a violation prints calls this."""
    scenario = (PAIRS | TRIOS)[name]
    played: Played = again(scenario, schedule)
    return played.account(name, schedule)

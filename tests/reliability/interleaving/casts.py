"""Who meets whom: two actors each, put on a stage where they can get into each other's way."""

from reelhook.domain.time import HOUR, MINUTE
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import (
    FOUR_HOURS,
    Cast,
    begun,
    callback,
    callback_of_task,
    client,
    dispatcher,
    expired_at_work,
    expired_unheard,
    forged,
    ready_result,
    reconciler,
    reconciler_and_worker,
    waiting,
    worker,
)
from tests.reliability.interleaving.stage import Stage


def callbacks(*posts: Post, later: int = 0, failing: bool = False, results: int = 1) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts, later=later, results=results)
        stage.truth.failing = {"task-1"} if failing else set()
        return stage, [callback(stage, video, "first"), callback(stage, video, "second")]

    return cast


def callback_and_reconciler(
    *posts: Post, later: int, failing: bool = False, forger: bool = False, works: bool = False
) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts, later=later)
        stage.truth.failing = {"task-1"} if failing else set()
        caller = forged(stage, video) if forger else callback(stage, video)
        return stage, [caller, (reconciler_and_worker if works else reconciler)(stage)]

    return cast


def late_callback_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = expired_unheard()
    stage.truth.down_until = stage.clock() + 30 * MINUTE
    stage.callback(video, "task-1")
    stage.clock.advance(31 * MINUTE)
    return stage, [callback(stage, video), reconciler(stage)]


def lagging_callback_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, actors = late_callback_and_reconciler()
    stage.truth.ready_at = stage.clock() + 5 * MINUTE  # the status says "running" after its callback
    return stage, actors


def lagging_callback_past_the_end_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = expired_at_work(36 * MINUTE)
    stage.callback(video, "task-1")
    stage.clock.advance(31 * MINUTE)
    return stage, [callback(stage, video), reconciler(stage)]


def unanswered_callback_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = begun(Post.LOST, later=FOUR_HOURS)
    stage.truth.down_until = stage.clock() + 30 * MINUTE
    return stage, [callback(stage, video), reconciler(stage)]


def callback_and_worker(results: int = 1) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(results=results)
        return stage, [callback(stage, video), worker(stage, video)]

    return cast


def workers(results: int = 1) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = ready_result(results)
        return stage, [worker(stage, video, "first"), worker(stage, video, "second")]

    return cast


def worker_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = ready_result()
    stage.clock.advance(2 * MINUTE)
    return stage, [worker(stage, video), reconciler_and_worker(stage)]


def callback_and_dispatcher(*, forger: bool) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, [video] = waiting()
        if not forger:
            stage, video = begun(Post.BUSY_BUT_ACCEPTED, later=MINUTE)
            stage.lying_429 = True
        return stage, [forged(stage, video) if forger else callback(stage, video), dispatcher(stage)]

    return cast


def callback_and_requeue(post: Post) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage = Stage()
        stage.truth.posts = [post]
        return stage, [client(stage), callback_of_task(stage)]

    return cast


def dispatchers(videos: int, *, leased: bool = True) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, _ = waiting(videos=videos)
        stage.leases_gate = leased
        return stage, [dispatcher(stage, "first"), dispatcher(stage, "second")]

    return cast


def dispatcher_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, _ = waiting()
    stage.clock.advance(168 * HOUR)
    return stage, [dispatcher(stage), reconciler(stage)]


def clients(*posts: Post) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage = Stage()
        stage.truth.posts = list(posts)
        return stage, [client(stage, "first"), client(stage, "second")]

    return cast


def requeue_twice_and_dispatcher() -> tuple[Stage, list[Actor]]:
    stage, _ = waiting()  # another one, for which the dispatcher begins its round
    stage.truth.posts, sent = [Post.BUSY], stage.truth.sent
    stage.retried = {"T13"}
    later = Actor("dispatcher", lambda: stage.dispatch_tick(MINUTE), ready=lambda: stage.truth.sent > sent)
    return stage, [client(stage), later]


def reconcilers(*posts: Post, later: int, works: bool = False) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, _ = begun(*posts, later=later)
        act = reconciler_and_worker if works else reconciler
        return stage, [act(stage, "first"), act(stage, "second")]

    return cast

"""The operator meets everybody else: rechecks and adoptions beside callbacks, ticks and workers."""

from reelhook.domain.time import MINUTE
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import (
    FOUR_HOURS,
    Cast,
    adopter,
    begun,
    callback,
    expired_unheard,
    given_up,
    lapsed,
    rechecker,
    reconciler,
    reconciler_and_worker,
    worker,
)
from tests.reliability.interleaving.stage import Stage


def recheck_and_callback(*posts: Post, failing: bool = False) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts, later=21 * MINUTE)
        stage.truth.failing = {"task-1"} if failing else set()
        if posts:  # a candidate is on record, and its task still ran
            stage.truth.ready_at = stage.clock() + MINUTE
            stage.callback(video, "task-1")
            stage.clock.advance(MINUTE)
        return stage, [rechecker(stage, video), callback(stage, video)]

    return cast


def recheck_given_up_and_callback() -> tuple[Stage, list[Actor]]:
    stage, video = given_up()
    return stage, [rechecker(stage, video), callback(stage, video)]


def recheck_and_reconciler(later: int, *posts: Post) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(*posts, later=later)
        return stage, [rechecker(stage, video), reconciler_and_worker(stage)]

    return cast


def two_rechecks() -> tuple[Stage, list[Actor]]:
    stage, video = given_up()
    return stage, [rechecker(stage, video, "first"), rechecker(stage, video, "second")]


def recheck_given_up_and_worker() -> tuple[Stage, list[Actor]]:
    stage, video = given_up()
    return stage, [rechecker(stage, video), worker(stage, video)]


def adopt_and_callback(later: int) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun(Post.LOST, later=later)
        return stage, [adopter(stage, video), callback(stage, video)]

    return cast


def adopt_expired_and_callback() -> tuple[Stage, list[Actor]]:
    stage, video = expired_unheard()
    return stage, [adopter(stage, video), callback(stage, video)]


def adopt_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = begun(Post.LOST, later=FOUR_HOURS)
    return stage, [adopter(stage, video), reconciler(stage)]


def lapsed_workers(results: int = 1) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = lapsed(results)
        return stage, [worker(stage, video, "first"), worker(stage, video, "second")]

    return cast


def lapsed_worker_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = lapsed()
    return stage, [worker(stage, video), reconciler_and_worker(stage)]


def lapsed_workers_and_reconciler() -> tuple[Stage, list[Actor]]:
    stage, video = lapsed()
    return stage, [
        worker(stage, video, "first"),
        worker(stage, video, "second"),
        reconciler_and_worker(stage),
    ]

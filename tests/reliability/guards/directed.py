"""Situations that show one guard each: what is wrong at their end, nothing while every guard is there."""

from collections.abc import Callable
from contextlib import suppress

from reelhook.domain.answers import TaskAnswer, TaskFailed
from reelhook.domain.errors import ResultError, ResultUnavailableError, StoreError, UnknownOriginError
from reelhook.domain.time import HOUR, MINUTE
from tests.builders import NOW, an_error
from tests.fakes import StaticStream
from tests.reliability.interleaving.invariants import at_rest, rest
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import begun, ready_result
from tests.reliability.interleaving.stage import Stage
from tests.unit.world import once


def _judged(stage: Stage) -> list[str]:
    rest(stage)
    return at_rest(stage)


def claim_answered_late() -> list[str]:
    stage = Stage()
    stage.retried = {"T0"}
    stage.submit()
    return _judged(stage) + ([] if stage.truth.sent else ["claimed and not sent"])


def claim_not_applied() -> list[str]:
    stage = Stage()
    stage.videos.fault = once("T0", after=False)
    with suppress(StoreError):
        stage.submit()
    return _judged(stage)


def task_of_another() -> list[str]:
    stage, _ = begun()
    stage.truth.posts = [Post.NEVER_ARRIVED]
    other = stage.submit("key-2")
    stage.callback(other, "task-1", genuine=False)
    return _judged(stage)


def wrong_token() -> list[str]:
    stage, video = begun(Post.LOST)
    status = stage.deliver(video, token=f"k1.{NOW // 1_000 + 9_999}.{'A' * 43}")
    return [] if status == 404 else [f"a wrong token is answered {status}"]


def many_forged() -> list[str]:
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + HOUR
    answers = [stage.callback(video, "x", genuine=False) for _ in range(10)]
    return [] if answers[8:] == [503, 503] else [f"{answers[8:]} instead of 503"]


def never_ends() -> list[str]:
    stage, _ = begun()
    stage.truth.tasks.clear()
    return _judged(stage)


def status_down() -> list[str]:
    stage, video = begun(Post.LOST)
    stage.truth.down_until = stage.clock() + 30 * MINUTE
    stage.callback(video, "task-1")
    return _judged(stage)


def _zombie(others: ResultError | None = None, own: ResultError | None = None) -> Stage:
    """TransferVideo stops in the middle, another one ends its work, then the first goes on with what it had."""
    stage, video = ready_result()
    real, link = stage.results.open, stage.truth.link("task-1")

    def slow(opened: str, until: int) -> StaticStream:
        setattr(stage.results, "open", real)  # noqa: B010 - only the first opening is slow
        stream = real(opened, until) if own is None else StaticStream(b"", error=own, fail_at=-1)
        stage.clock.advance(HOUR)
        stage.truth.links[link] = others or stage.truth.links[link]
        stage.transfers.from_queue(video.video_id, stage.clock() + MINUTE)
        return stream

    setattr(stage.results, "open", slow)  # noqa: B010 - as above
    stage.transfers.from_queue(video.video_id, stage.clock() + MINUTE)
    return stage


def zombie_stores() -> list[str]:
    return _judged(_zombie())


def zombie_stores_late() -> list[str]:
    return _zombie(others=UnknownOriginError("elsewhere")).changes_of_final


def zombie_fails() -> list[str]:
    return _judged(_zombie(own=ResultUnavailableError("reset")))


def failed_after_success() -> list[str]:
    """During one callback's look-up another one stores the video; then the first is told of a failure."""
    stage, video = begun()
    real = stage.provider.look_up

    def look_up(_model: str, task_id: str, _seconds: float) -> TaskAnswer:
        setattr(stage.provider, "look_up", real)  # noqa: B010 - only the first one is slow
        stage.callback(video, task_id)
        return TaskFailed(an_error())

    setattr(stage.provider, "look_up", look_up)  # noqa: B010 - as above
    stage.callback(video, "task-1")
    return _judged(stage)


DIRECTED: dict[str, Callable[[], list[str]]] = {
    "claim answered late": claim_answered_late,
    "claim not applied": claim_not_applied,
    "task of another video": task_of_another,
    "wrong token": wrong_token,
    "many forged callbacks": many_forged,
    "never ends": never_ends,
    "status down": status_down,
    "zombie stores again": zombie_stores,
    "zombie stores after another gave up": zombie_stores_late,
    "zombie fails after another stored": zombie_fails,
    "failed callback after success": failed_after_success,
}

"""Histories of callbacks, and of whoever has a leaked callback URL."""

from reelhook.domain.errors.results import UnknownOriginError
from reelhook.domain.time import HOUR, MINUTE
from reelhook.domain.video import State, Video
from tests.reliability.guards.histories.registry import history, judged, meanwhile, on_its_way
from tests.reliability.interleaving.invariants import always, rest
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import begun
from tests.reliability.interleaving.stage import Stage
from tests.unit.world import once


@history("task of another video")
def task_of_another() -> list[str]:
    stage, _ = begun()
    stage.truth.posts = [Post.NEVER_ARRIVED]
    other = stage.submit("key-2")
    stage.callback(other, "task-1", genuine=False)
    return judged(stage)


@history("many forged callbacks")
def many_forged() -> list[str]:
    """With a leaked URL 20 confirmations are asked for; the table holds, so this costs neither 200 nor a look-up."""
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + HOUR
    answers = [stage.callback(video, "x", genuine=False) for _ in range(20)]
    return always(stage) + [
        f"a forged callback is answered {answer}" for answer in answers[8:] if answer < 500
    ]


@history("forged failure")
def forged_failure() -> list[str]:
    stage, video = begun()
    stage.deliver(video, b'{"taskId":"task-1","state":"failed"}')
    return judged(stage)


@history("status down")
def status_down() -> list[str]:
    stage, video = begun(Post.LOST)
    stage.truth.down_until = stage.clock() + 30 * MINUTE
    stage.callback(video, "task-1")
    return judged(stage)


@history("a hint that is not recorded")
def hint_not_recorded() -> list[str]:
    stage, video = begun(Post.LOST)
    stage.videos.fault = once("T5", after=False)
    stage.callback(video, "task-1")
    return judged(stage)


@history("failed callback after success")
def failed_after_success() -> list[str]:
    """During one callback's look-up another one stores the video; then the first is told of a failure."""
    stage, video = begun()

    def stored() -> None:
        stage.callback(video, "task-1")
        stage.truth.failing = {"task-1"}

    meanwhile(stage, "look-up", stored)
    stage.callback(video, "task-1")
    stage.truth.failing = set()
    return judged(stage)


@history("success after another gave up")
def success_after_another_gave_up() -> list[str]:
    """During one callback's look-up another one finds the result at an unknown origin, which ends the video."""
    stage, video = begun()
    link = stage.truth.link("task-1")

    def given_up() -> None:
        stage.truth.links[link] = UnknownOriginError("elsewhere")
        stage.callback(video, "task-1")

    meanwhile(stage, "look-up", given_up)
    stage.callback(video, "task-1")
    rest(stage)
    return always(stage)


@history("forged id, then the answer")
def forged_then_answered() -> list[str]:
    return _answered_late(failing=False)


@history("forged failed id, then the answer")
def forged_failed_then_answered() -> list[str]:
    return _answered_late(failing=True)


@history("two candidates, one failed")
def two_candidates() -> list[str]:
    """While the status is down two ids are claimed; the first that is looked up is a stranger's failed task."""
    stage, _ = begun(Post.LOST, Post.LOST)
    video = stage.submit("key-2")
    stage.truth.failing = {"task-1"}
    stage.truth.down_until = stage.clock() + 30 * MINUTE
    stage.callback(video, "task-2")
    stage.callback(video, "task-1", genuine=False)
    return judged(stage)


@history("a hint while the reconciler looks")
def hint_while_the_reconciler_looks() -> list[str]:
    """The status lags by five minutes: what a callback announced is looked at after 1, 3 and 10, not after an hour."""
    stage, video = begun(later=21 * MINUTE)
    return _looked_at_soon(stage, video, "T10")


@history("a hint while the reconciler wonders")
def hint_while_the_reconciler_wonders() -> list[str]:
    stage, video = begun(Post.LOST, later=21 * MINUTE)
    return _looked_at_soon(stage, video, "T11")


def _looked_at_soon(stage: Stage, video: Video, write: str) -> list[str]:
    stage.truth.ready_at = stage.clock() + 5 * MINUTE
    meanwhile(stage, write, lambda: stage.callback(video, "task-1"))
    stage.tick()
    for _ in range(15):
        stage.tick(MINUTE)
    stage.work()
    late = ["LATE: nobody looked within 15 minutes of a callback"] * (stage.state(video) is not State.STORED)
    return late + judged(stage)


def _answered_late(*, failing: bool) -> list[str]:
    """A lost submit's task is claimed for another video, whose T1 arrives between that look-up and what it says."""
    stage, _ = begun(Post.LOST)
    stage.truth.failing = {"task-1"} if failing else set()
    arrives = on_its_way(stage, "T1")
    video = stage.submit("key-2")
    meanwhile(stage, "T4" if failing else "T3", arrives)
    stage.callback(video, "task-1", genuine=False)
    return judged(stage)

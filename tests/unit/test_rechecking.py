"""The operator's word: a video's task is looked at once more, and a lost submit is given the task that it bought."""

from typing import Any

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, Unclear, UnknownTask
from reelhook.domain.ports.media import ObjectIdentity
from reelhook.domain.time import MINUTE
from reelhook.domain.transfer_errors import told
from reelhook.domain.video import State, Status, Video
from reelhook.use_cases.rechecking import Verdict
from tests.builders import LINK, NOW, TASK_ID, VIDEO_ID, a_video, a_video_id, an_error, an_mp4
from tests.fakes import StaticStream
from tests.unit.world import World

S = State
DONE = Succeeded((LINK,))
KEY = f"videos/{VIDEO_ID}/0.mp4"


@pytest.fixture
def world() -> World:
    return World()


def given_up(world: World, **changes: Any) -> Video:
    """A video whose transfer was given up."""
    video = a_video(
        S.TRANSFER_FAILED,
        **{"error": told(None), "tries": 4, "bad": 3, "sends": 2, "refreshed": True, **changes},
    )
    world.videos.plant(video)
    return video


def unheard_of(world: World) -> Video:
    """A submit whose answer was lost."""
    world.provider.submit_answers = [Unclear("reset")]
    return world.submit()


def test_a_transfer_that_was_given_up_is_opened_again_with_everything_anew(world: World) -> None:
    video = given_up(world)
    world.provider.answers_task(TASK_ID, DONE)

    done = world.rechecking.recheck(video.video_id)

    standing = world.see(video)
    assert done.verdict is Verdict.TRANSFERRING
    assert (standing.state, standing.status) == (S.RESULT_READY, Status.IN_PROGRESS)
    assert (standing.tries, standing.bad, standing.sends, standing.refreshed) == (0, 0, 0, False)
    assert (standing.due_at, world.queue.sent) == (NOW + MINUTE, [video.video_id])
    world.work()
    assert (world.state(video), world.see(video).error) == (S.STORED, None)


def test_a_late_success_opens_an_expired_video_again(world: World) -> None:
    video = a_video(S.EXPIRED, expired_at=NOW)
    world.videos.plant(video)
    world.provider.answers_task(TASK_ID, DONE)

    assert world.rechecking.recheck(video.video_id).verdict is Verdict.TRANSFERRING
    world.work()
    assert world.state(video) is S.STORED


def test_an_object_of_ours_that_stands_already_is_kept(world: World) -> None:
    video = given_up(world)
    world.media.put(KEY, StaticStream(an_mp4()), ObjectIdentity(VIDEO_ID, TASK_ID))
    before = dict(world.media.contents)
    world.provider.answers_task(TASK_ID, DONE)

    world.rechecking.recheck(video.video_id)
    world.work()

    assert (world.state(video), world.media.contents) == (S.STORED, before)


def test_somebody_elses_object_still_ends_it(world: World) -> None:
    video = given_up(world)
    world.media.put(KEY, StaticStream(an_mp4()), ObjectIdentity(VIDEO_ID, "task-9"))
    world.provider.answers_task(TASK_ID, DONE)

    world.rechecking.recheck(video.video_id)
    world.work()

    assert world.state(video) is S.TRANSFER_FAILED


def test_a_message_that_the_queue_did_not_take_costs_a_minute(world: World) -> None:
    video = given_up(world)
    world.provider.answers_task(TASK_ID, DONE)
    world.queue.broken = True
    assert world.rechecking.recheck(video.video_id).verdict is Verdict.TRANSFERRING
    world.queue.broken = False

    world.tick(after=MINUTE)
    world.work()

    assert world.state(video) is S.STORED


@pytest.mark.parametrize("answer", [Running("processing"), NotAnswered("503"), UnknownTask(), Succeeded(())])
def test_any_other_answer_changes_nothing_and_is_told(world: World, answer: Running | NotAnswered) -> None:
    video = given_up(world)
    world.provider.answers_task(TASK_ID, answer)

    done = world.rechecking.recheck(video.video_id)

    assert (done.verdict, done.answers, done.video) == (Verdict.UNCHANGED, {TASK_ID: answer}, video)
    assert world.see(video) == video


def test_a_failure_ends_a_video_that_was_waiting_and_no_other(world: World) -> None:
    waiting, ended = a_video(), given_up(world, video_id=a_video_id(2), task_id="task-2")
    world.videos.plant(waiting)
    world.provider.answers_task(TASK_ID, TaskFailed(an_error()))
    world.provider.answers_task("task-2", TaskFailed(an_error()))

    assert world.rechecking.recheck(waiting.video_id).verdict is Verdict.FAILED
    assert world.rechecking.recheck(ended.video_id).verdict is Verdict.UNCHANGED
    assert (world.state(waiting), world.see(ended)) == (S.FAILED, ended)


def test_candidates_are_looked_at_until_one_succeeded(world: World) -> None:
    video = a_video(S.SUBMITTING, task_id=None, candidates=frozenset({"task-1", "task-2", "task-3"}))
    world.videos.plant(video)
    world.provider.answers_task("task-2", DONE)

    assert world.rechecking.recheck(video.video_id).verdict is Verdict.TRANSFERRING
    assert (world.provider.looked_up, world.see(video).task_id) == (["task-1", "task-2"], "task-2")


@pytest.mark.parametrize(
    "state", [S.QUEUED, S.RESULT_READY, S.TRANSFERRING, S.STORED, S.FAILED, S.REJECTED, S.CANCELED]
)
def test_a_video_in_another_state_is_left_alone_and_nobody_is_asked(world: World, state: State) -> None:
    video = a_video(state)
    world.videos.plant(video)

    for done in (world.rechecking.recheck(video.video_id), world.rechecking.adopt(video.video_id, "task-2")):
        assert done.verdict is Verdict.NOT_OPEN_TO_THIS
    assert (world.provider.looked_up, world.see(video)) == ([], video)


def test_a_video_that_does_not_exist_or_has_no_task_is_told(world: World) -> None:
    assert world.rechecking.recheck(VIDEO_ID).verdict is Verdict.NO_VIDEO
    assert world.rechecking.adopt(VIDEO_ID, TASK_ID).verdict is Verdict.NO_VIDEO
    assert world.rechecking.recheck(unheard_of(world).video_id).verdict is Verdict.NO_TASK

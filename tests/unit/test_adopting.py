"""A submit whose answer was lost is given the task that it bought, by the operator's hand."""

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, Unclear, UnknownTask
from reelhook.domain.time import DAY, MINUTE
from reelhook.domain.video import State, Video
from reelhook.use_cases.rechecking import Verdict
from tests.builders import LINK, NOW, a_video, a_video_id, an_error
from tests.unit.world import World

S = State
DONE = Succeeded((LINK,))


@pytest.fixture
def world() -> World:
    return World()


def unheard_of(world: World) -> Video:
    """A submit whose answer was lost."""
    world.provider.submit_answers = [Unclear("reset")]
    return world.submit()


def test_a_lost_submit_takes_the_task_that_was_found_for_it(world: World) -> None:
    video = unheard_of(world)
    world.provider.answers_task("task-7", DONE)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.TRANSFERRING
    world.work()

    assert (world.state(video), world.see(video).task_id) == (S.STORED, "task-7")
    assert len(world.provider.sent) == 1


def test_a_submit_that_was_given_up_takes_its_task_too(world: World) -> None:
    video = unheard_of(world)
    while world.state(video) is not S.EXPIRED:
        world.tick(after=30 * MINUTE)
    world.provider.answers_task("task-7", DONE)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.TRANSFERRING


def test_an_adopted_task_that_still_runs_is_looked_up_by_ticks_alone(world: World) -> None:
    video = unheard_of(world)
    world.provider.answers_task("task-7", Running("processing"), DONE)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.ADOPTED
    assert world.see(video).candidates == {"task-7"}
    world.tick(after=MINUTE)
    world.work()

    assert world.state(video) is S.STORED


def test_an_adopted_task_that_failed_fails_the_video(world: World) -> None:
    video = unheard_of(world)
    world.provider.answers_task("task-7", TaskFailed(an_error()))

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.FAILED
    assert world.state(video) is S.FAILED


@pytest.mark.parametrize("answer", [UnknownTask(), NotAnswered("503", account=True)])
def test_a_task_that_the_provider_does_not_confirm_is_not_adopted(
    world: World, answer: UnknownTask | NotAnswered
) -> None:
    video = unheard_of(world)
    world.provider.answers_task("task-7", answer)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.NOT_ADOPTED
    assert world.see(video) == video


def test_another_videos_task_is_not_adopted(world: World) -> None:
    video = unheard_of(world)
    other = a_video(video_id=a_video_id(9), task_id="task-7")
    world.videos.plant(other)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.TASK_TAKEN
    assert (world.provider.looked_up, world.see(video)) == ([], video)


def test_a_video_that_has_its_task_takes_no_other(world: World) -> None:
    video = a_video(S.EXPIRED, expired_at=NOW - DAY)
    world.videos.plant(video)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.NOT_OPEN_TO_THIS


def test_a_video_that_changes_while_it_is_adopted_is_left_to_whoever_changed_it(world: World) -> None:
    video = unheard_of(world)

    def meanwhile() -> Succeeded:
        world.videos.spoil(video.video_id, state=S.SUBMITTED, task_id="task-8")
        return DONE

    world.provider.answers_task("task-7", meanwhile)

    assert world.rechecking.adopt(video.video_id, "task-7").verdict is Verdict.UNCHANGED
    assert world.see(video).task_id == "task-8"

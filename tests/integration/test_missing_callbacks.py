"""Callbacks that come very late or never: ReconcileVideos asks, and what it missed a late one still brings."""

import pytest

from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver
from tests.integration.waiting import until

T2V = "modellix/seedance-1.0-pro-fast-t2v"


def test_a_callback_that_never_comes(adapted: Driver) -> None:
    adapted.provider.behave(generate_seconds=0.1, callback={"when": "never"})
    video_id = adapted.submit()["id"]
    adapted.wait_for(video_id)

    assert_one_right_object(adapted, video_id)
    assert adapted.provider.deliveries() == []
    assert len(adapted.provider.requests("look_up")) == 1
    assert len(adapted.provider.requests("file")) == 1
    assert len(adapted.logged("ReconcileVideos", video_id, "looked up")) == 1
    assert len(adapted.records("ReconcileVideos", video_id)) == 1


def test_a_callback_of_modellix_that_never_comes(adapted: Driver) -> None:
    adapted.provider.behave(generate_seconds=0.1, callback={"when": "never"})
    video = adapted.wait_for(adapted.submit(model=T2V, provider_options={"return_last_frame": True})["id"])

    assert [one["type"] for one in video["artifacts"]] == ["video", "last_frame"]
    assert adapted.provider.deliveries() == []
    (task,) = adapted.provider.tasks()
    assert task["look_ups"] == len(adapted.provider.requests("look_up", task["task_id"])) == 1


@pytest.mark.prove("waits for a second look")
def test_a_task_that_outlasts_the_first_look(adapted: Driver) -> None:
    adapted.provider.behave(generate_seconds=60, callback={"when": "never"})
    video_id = adapted.submit()["id"]
    with adapted.ticking("ReconcileVideos"):
        until(lambda: adapted.provider.requests("look_up"), lambda asked: bool(asked), 20)
        assert adapted.get(video_id)["status"] == "in_progress"
        adapted.provider.finish(adapted.provider.task_id(video_id))
        adapted.wait_for(video_id)

    assert_one_right_object(adapted, video_id)
    assert len(adapted.provider.requests("look_up")) >= 2


@pytest.mark.prove("waits twenty seconds")
def test_a_callback_twenty_seconds_late_before_and_after_anybody_asked(
    stack: Driver, adapted: Driver
) -> None:
    patient, hasty = stack, adapted
    for stack in (patient, hasty):
        stack.provider.behave(generate_seconds=0.1, callback={"late_seconds": 20})
    awaited, overtaken = patient.submit()["id"], hasty.submit()["id"]

    hasty.wait_for(overtaken, timeout=19)
    assert hasty.provider.deliveries() == []
    assert patient.get(awaited)["status"] == "in_progress"
    patient.wait_for(awaited)
    until(hasty.provider.deliveries, lambda made: any(one["ended_at"] for one in made), 30)
    for stack, video_id, asked in ((patient, awaited, 1), (hasty, overtaken, 1)):
        assert_one_right_object(stack, video_id)
        (delivery,), (task,) = stack.provider.deliveries(), stack.provider.tasks()
        assert delivery["status"] == 200
        assert delivery["started_at"] - task["finished_at"] >= 20
        assert len(stack.provider.requests("look_up")) == asked
        assert len(stack.provider.requests("file")) == 1


@pytest.mark.prove("a stack of its own")
def test_a_task_that_never_ends_expires_its_video_and_a_late_success_completes_it(
    stack_with: StackWith,
) -> None:
    stack = short_lived(stack_with)
    stack.provider.behave(generate_seconds=60, callback={"when": "never"})
    video_id = stack.submit()["id"]
    with stack.ticking("ReconcileVideos"):
        expired = stack.wait_for(video_id, "expired")

    assert expired["error"]["code"] == "provider_timeout"
    until(lambda: stack.counted("VideoExpired"), bool, 20)  # told when its function ends
    comes_late(stack, video_id)


@pytest.mark.prove("a stack of its own")
def test_a_lost_answer_without_a_callback_expires_unsent_again_and_a_late_success_completes_it(
    stack_with: StackWith,
) -> None:
    stack = short_lived(stack_with)
    stack.provider.behave(
        generate_seconds=0.1, submit={"after_accepting": "reset"}, callback={"when": "never"}
    )
    video_id = stack.submit()["id"]
    with stack.ticking("ReconcileVideos"):
        expired = stack.wait_for(video_id, "expired")

    assert expired["error"]["code"] == "submission_unknown"
    assert stack.counted("SubmitUnknown") >= 1
    assert len(stack.provider.requests("submit")) == 1
    comes_late(stack, video_id)


def short_lived(stack_with: StackWith) -> Driver:
    """A stack whose provider is given up after two seconds."""
    return stack_with(CallbackDeadlineSeconds=1, ProviderEndSeconds=2)


def comes_late(stack: Driver, video_id: str) -> None:
    assert_nothing_stored(stack, video_id)
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    assert stack.provider.deliver(task_id) == [200]
    assert stack.wait_for(video_id)["error"] is None
    assert_one_right_object(stack, video_id)

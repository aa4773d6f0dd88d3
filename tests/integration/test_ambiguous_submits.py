"""Nobody knows whether it was accepted: in progress for the client, never sent again, healed by its callback."""

import time
from typing import Any

import pytest

from tests.integration.auditing import assert_one_right_object
from tests.integration.driving import Driver
from tests.integration.scenes import completes, due_now, unanswered
from tests.integration.variants import variants

UNCLEAR = variants(
    "reset",
    {"status": 200, "code": 500},
    "no_task_id",
    "unreadable",
    500,
    502,
    503,
    504,
    {"status": 302},
    {"status": 409},
    first=2,
)


@pytest.mark.parametrize("answer", UNCLEAR, ids=str)
def test_an_unclear_answer_is_not_taken_for_a_refusal(stack: Driver, answer: Any) -> None:
    stack.provider.behave(
        generate_seconds=0, submit={"after_accepting": answer, "times": 1}, callback={"when": "never"}
    )
    video = stack.submit(headers={"Idempotency-Key": f"unclear-{answer}-{time.time_ns()}".replace(" ", "")})

    assert (video["status"], video["progress"], video["error"]) == ("in_progress", 0, None)
    is_never_sent_again_and_heals(stack, video["id"])


@pytest.mark.prove("waits as long as a submit may take")
def test_a_provider_that_falls_silent_costs_twenty_seconds_and_no_second_task(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0, submit={"hang_after_seconds": 25}, callback={"when": "never"})
    began = time.monotonic()
    video = stack.submit()
    stack.provider.behave(submit=None)

    assert 19 < time.monotonic() - began < 28
    assert video["status"] == "in_progress"
    is_never_sent_again_and_heals(stack, video["id"])


def test_a_server_error_before_accepting_is_not_repeated_either(stack: Driver) -> None:
    stack.provider.behave(submit={"refuse": 503})
    video = stack.submit()
    stack.provider.behave(submit=None)

    stack.run("DispatchVideos")
    assert stack.get(video["id"])["status"] == "in_progress"
    assert len(stack.provider.requests("submit")) == 1
    assert stack.provider.tasks() == []


def test_a_task_that_only_a_callback_named_is_asked_about_by_the_reconciler(stack: Driver) -> None:
    video_id, task_id = unanswered(stack)
    stack.provider.behave(status={"down": 503})
    assert stack.provider.deliver(task_id) == [200]
    assert "task_id" not in stack.item(video_id)

    stack.provider.behave(status=None)
    due_now(stack, video_id)
    stack.run("ReconcileVideos")
    completes(stack, video_id)


def is_never_sent_again_and_heals(stack: Driver, video_id: str) -> None:
    for function in ("DispatchVideos", "ReconcileVideos"):
        stack.run(function)
    assert stack.get(video_id)["status"] == "in_progress"
    assert len(stack.provider.requests("submit")) == 1
    task_id = stack.provider.task_id(video_id)
    assert stack.provider.deliver(task_id) == [200]
    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.tasks()) == 1

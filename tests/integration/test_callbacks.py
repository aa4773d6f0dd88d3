"""Callbacks that come too early, too often, forged or about something else: each ends right, paid once, stored once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.integration.auditing import assert_nothing_stored
from tests.integration.driving import PROMPT, Driver
from tests.integration.scenes import completes, silent, unanswered
from tests.integration.waiting import until


def overlap(intervals: list[dict[str, Any]], count: int) -> None:
    """So many, and at one moment all of them were under way."""
    assert len(intervals) == count
    assert max(each["started_at"] for each in intervals) < min(each["ended_at"] for each in intervals)


def test_a_callback_before_the_answer_to_the_submit(stack: Driver) -> None:
    stack.provider.behave(callback={"when": "early"})
    video_id = stack.submit()["id"]
    completes(stack, video_id)

    (submit,) = stack.provider.requests("submit")
    (delivery,) = stack.provider.deliveries()
    assert submit["started_at"] < delivery["started_at"] < delivery["ended_at"] < submit["ended_at"]
    assert delivery["status"] == 200


def test_a_callback_that_comes_twice(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1, callback={"copies": 2})
    video_id = stack.submit()["id"]
    until(stack.provider.deliveries, lambda made: len(made) == 2 and all(one["ended_at"] for one in made), 30)
    completes(stack, video_id)

    assert [delivery["status"] for delivery in stack.provider.deliveries()] == [200, 200]
    assert len(stack.provider.requests("look_up")) == 1
    assert len(stack.provider.requests("file")) == 1


def test_four_callbacks_at_once(stack: Driver) -> None:
    video_id, task_id = silent(stack)
    four = {"copies": 4, "parallel": True}
    assert stack.provider.deliver(task_id, token="wrong", **four) == [404] * 4  # now four processes are up
    stack.provider.behave(status={"hang_seconds": 1})
    assert stack.provider.deliver(task_id, **four) == [200] * 4
    completes(stack, video_id)

    overlap(stack.provider.deliveries()[4:], 4)
    assert 1 <= len(stack.provider.requests("look_up")) <= 4  # one that comes after the end asks nobody
    assert len(stack.provider.requests("file")) == 1


def test_a_forged_callback_changes_nothing(stack: Driver) -> None:
    video_id, task_id = silent(stack)
    before = stack.item(video_id)

    assert stack.provider.deliver(task_id, token="wrong") == [404]
    assert stack.item(video_id) == before
    assert stack.provider.requests("look_up") == []
    assert stack.provider.deliver(task_id) == [200]
    completes(stack, video_id)


def test_a_callback_that_names_another_task_settles_its_own_video_only(stack: Driver) -> None:
    other_id, other_task = silent(stack)
    video_id, task_id = silent(stack)
    before = stack.item(other_id)

    assert stack.provider.deliver(task_id, task_id=other_task) == [200]
    completes(stack, video_id)
    assert [each["task_id"] for each in stack.provider.requests("look_up")] == [task_id]
    assert stack.item(other_id) == before
    assert_nothing_stored(stack, other_id)


def test_another_videos_task_is_not_taken_for_a_lost_one(stack: Driver) -> None:
    other_id, other_task = silent(stack)
    video_id, task_id = unanswered(stack)

    assert stack.provider.deliver(task_id, task_id=other_task) == [200]
    assert stack.get(video_id)["status"] == "in_progress"
    assert_nothing_stored(stack, video_id)
    assert stack.provider.deliver(task_id) == [200]
    completes(stack, video_id)
    assert stack.provider.deliver(other_task) == [200]
    completes(stack, other_id)


def test_a_failed_task_makes_a_failed_video_with_a_plain_reason(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1, outcome={"fail_code": "SensitiveContent"})
    video_id = stack.submit()["id"]
    error = stack.wait_for(video_id, "failed")["error"]

    assert (error["code"], error["category"]) == ("content_policy_violation", "input_moderation")
    assert error["message"].startswith("The provider's safety check rejected")
    assert len(stack.provider.tasks()) == 1
    assert_nothing_stored(stack, video_id)


def test_two_videos_at_once_do_not_meet(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1)
    with ThreadPoolExecutor(2) as clients:
        found = [video["id"] for video in clients.map(stack.submit, [PROMPT, PROMPT])]

    assert len(set(found)) == 2
    for video_id in found:
        completes(stack, video_id)

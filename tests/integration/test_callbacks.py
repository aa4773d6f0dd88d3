"""Callbacks that come too early, too often, broken or about something else: each ends right, paid once, stored once."""

import threading
from typing import Any

import httpx
import pytest

from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.driving import Driver
from tests.integration.waiting import until


def completes(stack: Driver, video_id: str) -> None:
    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)


def overlap(intervals: list[dict[str, Any]], count: int) -> None:
    """So many, and at one moment all of them were under way."""
    assert len(intervals) == count
    assert max(each["started_at"] for each in intervals) < min(each["ended_at"] for each in intervals)


def silent(stack: Driver) -> tuple[str, str]:
    """A video whose task is over and whose callback has not been sent; with its task's id."""
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit()["id"]
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    return video_id, task_id


def unanswered(stack: Driver) -> tuple[str, str]:
    """As `silent`, but the provider's answer to the submit was lost, so its task's id is not known to us."""
    stack.provider.behave(submit={"after_accepting": "reset"})
    video_id, task_id = silent(stack)
    stack.provider.behave(submit=None)
    assert "task_id" not in stack.item(video_id)
    return video_id, task_id


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
    overlap(stack.provider.requests("look_up"), 4)  # each was on its way before any was done,
    assert len(stack.provider.requests("file")) == 1  # and still one of them copied


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


@pytest.mark.parametrize("body", ["cut", "wrong_type", "empty", "flat", "oversized"])
def test_a_body_that_cannot_be_read_still_says_that_it_is_time_to_look(stack: Driver, body: str) -> None:
    video_id, task_id = silent(stack)

    assert stack.provider.deliver(task_id, body=body, body_bytes=64 * 1024 + 1) == [200]
    completes(stack, video_id)


@pytest.mark.parametrize("body", ["cut", "oversized"])
def test_an_unreadable_body_about_an_unknown_task_is_asked_for_again(stack: Driver, body: str) -> None:
    video_id, task_id = unanswered(stack)

    assert stack.provider.deliver(task_id, body=body, body_bytes=64 * 1024 + 1) == [503]
    assert stack.provider.requests("look_up") == []
    assert stack.provider.deliver(task_id, body="oversized", body_bytes=64 * 1024) == [200]
    completes(stack, video_id)


def test_a_body_that_the_gateway_hands_on_as_base64_is_read(stack: Driver) -> None:
    video_id, task_id = unanswered(stack)
    body = b'{"code":200,"message":"success","data":{"taskId":"%s","state":"success"}}' % task_id.encode()
    headers = {"Content-Type": "application/octet-stream"}
    url = stack.provider.callback_url(task_id)

    assert httpx.post(url, content=body, headers=headers, trust_env=False, timeout=40).status_code == 200
    completes(stack, video_id)


@pytest.mark.parametrize("state", ["failed", "processing"])
def test_what_a_callback_claims_counts_for_nothing(stack: Driver, state: str) -> None:
    video_id, task_id = silent(stack)

    assert stack.provider.deliver(task_id, states=[state], result_urls=["https://example.com/0.mp4"]) == [200]
    completes(stack, video_id)


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
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(stack.submit()["id"])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 2
    for video_id in found:
        completes(stack, video_id)

"""The provider has no room, no funds, or is not there: videos wait in their order, and nothing is paid twice."""

from collections.abc import Iterator
from itertools import pairwise

import httpx
import pytest

from sandbox.emulator import free_port
from sandbox.options import SIMULATED_KEY
from sandbox.provider import Simulator
from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver
from tests.integration.variants import variants

PROMPTS = [f"Paper boat number {number} sails down a rainy street" for number in range(1, 6)]


@pytest.fixture
def queue(stack: Driver) -> Iterator[Driver]:
    """The stack, with an open gate before and after."""
    stack.open_gate()
    yield stack
    stack.open_gate()


def test_after_three_refusals_and_with_room_for_one_five_videos_complete_in_their_order(
    queue: Driver,
) -> None:
    forged = httpx.post(
        f"{queue.stack.callback_url}/v1/callbacks/a/b/c", json={}, trust_env=False, timeout=40
    )
    assert forged.status_code == 404  # a process is up: the first callback is as quick as the others
    queue.provider.behave(
        generate_seconds=0.8,
        submit={"refuse": {"status": 429, "retry_after": 1}, "times": 3},
        limits={"concurrent": 1, "retry_after": 1},
    )
    videos = [queue.submit(prompt) for prompt in PROMPTS]
    ids = [video["id"] for video in videos]
    assert {video["status"] for video in videos} == {"queued"}

    with queue.ticking("DispatchVideos"):
        for video_id in ids:
            queue.wait_for(video_id, timeout=60)
    tasks = queue.provider.tasks()
    assert [task["body"]["input"]["prompt"] for task in tasks] == PROMPTS
    ended = [queue.item(video_id)["completed_at"] for video_id in ids]
    assert ended == sorted(ended)
    for earlier, later in pairwise(tasks):
        assert earlier["finished_at"] <= later["accepted_at"]
    answers = [request["status"] for request in queue.provider.requests("submit")]
    assert answers.count(200) == 5
    assert answers[:3] == [429, 429, 429]
    for video_id in ids:
        assert_one_right_object(queue, video_id)


def test_a_closed_gate_sends_nothing_at_all(queue: Driver) -> None:
    queue.provider.behave(generate_seconds=0.1, submit={"refuse": {"status": 429, "retry_after": 3600}})
    first = queue.submit()["id"]
    queue.provider.behave(submit=None)
    second = queue.submit()["id"]
    queue.run("DispatchVideos")

    assert {queue.get(video_id)["status"] for video_id in (first, second)} == {"queued"}
    assert len(queue.provider.requests("submit")) == 1
    opened(queue, first, second)


def test_a_429_that_comes_with_status_200_waits_too(queue: Driver) -> None:
    queue.provider.behave(generate_seconds=0.1, submit={"refuse": {"status": 200, "code": 429}, "times": 1})
    video = queue.submit()

    assert video["status"] == "queued"
    opened(queue, video["id"])


@pytest.mark.parametrize("refusal", variants("insufficient_credits", 403, 401, 402, first=2))
def test_an_account_without_funds_or_rights_fails_a_request_plainly_and_nothing_is_paid(
    queue: Driver, refusal: str | int
) -> None:
    problems = queue.counted("AccountProblem")
    queue.provider.behave(submit={"refuse": refusal})
    video = queue.submit()
    error = video["error"]

    assert video["status"] == "failed"
    assert (error["code"], error["category"], error["billed"]) == ("provider_account", "account", "no")
    assert error["message"] == (
        "This stack cannot use the provider just now. Its operator has been told; the request is fine."
    )
    assert queue.provider.tasks() == []
    assert_nothing_stored(queue, video["id"])
    assert queue.counted("AccountProblem") == problems + 1


def test_an_empty_account_does_not_destroy_the_queue(queue: Driver) -> None:
    queue.provider.behave(submit={"refuse": {"status": 429, "retry_after": 3600}})
    video_id = queue.submit()["id"]
    queue.provider.behave(generate_seconds=0.1, submit={"refuse": "insufficient_credits"})
    queue.open_gate()
    queue.run("DispatchVideos")

    assert queue.get(video_id)["status"] == "queued"
    queue.provider.behave(submit=None)
    queue.run("DispatchVideos")
    assert queue.get(video_id)["status"] == "queued"  # closed for a quarter of an hour
    opened(queue, video_id)


@pytest.mark.prove("a stack of its own")
def test_a_provider_that_is_not_there_makes_videos_wait(stack_with: StackWith) -> None:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    stack = stack_with(ApixoBaseUrl=f"{origin}/api/v1", ResultOrigins=origin)
    video = stack.submit()

    assert (video["status"], video["error"]) == ("queued", None)
    with Simulator(port, api_key=SIMULATED_KEY, behaviour={"generate_seconds": 0.1}) as provider:
        stack.open_gate()
        stack.run("DispatchVideos")
        stack.wait_for(video["id"])
        (task,) = provider.ledger.all()
        assert len(stack.content(video["id"])) == provider.file(task.task_id).size


def opened(queue: Driver, *video_ids: str) -> None:
    """The gate opens, and what waited is made: once each."""
    queue.open_gate()
    queue.run("DispatchVideos")
    for video_id in video_ids:
        queue.wait_for(video_id)
        assert_one_right_object(queue, video_id)
    assert len(queue.provider.tasks()) == len(video_ids)

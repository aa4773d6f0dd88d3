"""Results that the callback does not copy itself: too big, too slow, too many, or not at its first try."""

from typing import Any

import pytest

from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import Driver
from tests.integration.scenes import completes, due_now, silent
from tests.integration.variants import variants
from tests.integration.waiting import until

MIB = 1024 * 1024


def stored_by(stack: Driver, video_id: str) -> list[str]:
    """The functions that say that they stored it, once one does."""

    def look() -> list[str]:
        return [
            function
            for function in ("ReceiveCallback", "TransferVideo")
            for record in stack.records(function, video_id)
            if record["message"] == "stored"
        ]

    return until(look, bool, 20)


def made(stack: Driver, model: str = "apixo/seedance-2-0-fast", **result: Any) -> str:
    """A completed video with such a result."""
    stack.provider.behave(generate_seconds=0.1, result=result)
    video_id = str(stack.submit(model=model)["id"])
    stack.wait_for(video_id, timeout=60)
    return video_id


def test_the_callback_copies_what_it_can(stack: Driver) -> None:
    video_id = made(stack, bytes=20 * MIB)

    assert stored_by(stack, video_id) == ["ReceiveCallback"]
    assert_one_right_object(stack, video_id)


@pytest.mark.prove("a stack of its own")
def test_without_inline_time_every_video_goes_by_the_queue(stack_with: StackWith) -> None:
    stack = stack_with(InlineTransferSeconds=0, MaxVideoBytes=MIB)
    video_id = made(stack)

    assert stored_by(stack, video_id) == ["TransferVideo"]
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.requests("file")) == 1


def test_a_result_beyond_one_put_goes_by_the_queue_and_in_parts(stack: Driver) -> None:
    video_id = made(stack, bytes=64 * MIB + 1)
    (artifact,) = stack.item(video_id)["artifacts"]

    assert stored_by(stack, video_id) == ["TransferVideo"]
    assert_one_right_object(stack, video_id)
    assert stack.open_uploads(video_id) == []
    assert (artifact["size"], artifact["checksum_type"]) == (64 * MIB + 1, "COMPOSITE")


@pytest.mark.prove("a stack of its own")
def test_a_result_that_takes_longer_than_the_callback_may_goes_by_the_queue(stack_with: StackWith) -> None:
    stack = stack_with(InlineTransferSeconds=1)
    video_id = made(stack, bytes=200_000, bytes_per_second=140_000)

    assert stored_by(stack, video_id) == ["TransferVideo"]
    assert_one_right_object(stack, video_id)
    assert stack.item(video_id).get("tries", 0) == 0  # to hand over is no failure
    assert len(stack.provider.requests("file")) == 2


def test_several_results_are_kept_in_their_order(stack: Driver) -> None:
    video_id = made(stack, count=3)

    assert [artifact["index"] for artifact in stack.get(video_id)["artifacts"]] == [0, 1, 2]
    assert_one_right_object(stack, video_id, files=3)
    assert len(stack.provider.requests("file")) == 3


@pytest.mark.parametrize(
    "host",
    variants(
        {"range": False, "length": False, "etag": "none"},
        {"bytes": 9 * MIB, "length": False},
        {"range": False},
        {"length": False},
        {"content_type": "binary/octet-stream"},
        {"shape": "object", "items": "objects"},
        {"shape": "bare_url"},
        {"key": "result_urls", "items": "single"},
        first=2,
    ),
    ids=str,
)
def test_hosts_and_answers_of_other_habits_are_understood(stack: Driver, host: dict[str, Any]) -> None:
    assert_one_right_object(stack, made(stack, **host))


@pytest.mark.parametrize("model", ["apixo/seedance-2-0-fast", "modellix/seedance-1.0-pro-fast-t2v"])
def test_a_dead_link_is_asked_for_anew_on_the_queues_side_too(stack: Driver, model: str) -> None:
    stack.provider.behave(result={"refuse": 410, "refuse_times": 1})
    video_id, _ = silent(stack, model=model)
    due_now(stack, video_id)
    stack.run("ReconcileVideos")
    completes(stack, video_id)

    assert stored_by(stack, video_id) == ["TransferVideo"]
    assert len(stack.provider.requests("look_up")) == 2


@pytest.mark.prove("a stack of its own")
def test_a_result_that_is_too_large_is_given_up_at_once(stack_with: StackWith) -> None:
    stack = stack_with(InlineTransferSeconds=0, MaxVideoBytes=MIB)
    stack.provider.behave(generate_seconds=0.1, result={"bytes": MIB + 1})
    video_id = stack.submit()["id"]
    error = stack.wait_for(video_id, "failed")["error"]

    assert (error["code"], error["category"], error["billed"]) == (
        "result_too_large",
        "transfer_failed",
        "yes",
    )
    assert_nothing_stored(stack, video_id)

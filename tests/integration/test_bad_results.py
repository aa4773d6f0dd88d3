"""Links that lead elsewhere, to something else, to half of it or nowhere: what can heal heals, the rest says why."""

from typing import Any

import pytest

from tests.integration.auditing import assert_nothing_stored, assert_one_right_object
from tests.integration.driving import Driver
from tests.integration.scenes import due_now
from tests.integration.variants import variants


def met(stack: Driver, **result: Any) -> str:
    """A video whose callback met such a result."""
    stack.provider.behave(generate_seconds=0, callback={"when": "never"}, result=result)
    video_id = str(stack.submit()["id"])
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    assert stack.provider.deliver(task_id) == [200]
    return video_id


def failed_tries(stack: Driver, video_id: str, tries: int, bad: int) -> None:
    """So many attempts are on record, and nothing is stored."""
    item = stack.wait_for_item(video_id, lambda item: item.get("tries", 0) >= tries)
    assert (item["state"], item["tries"], item.get("bad", 0)) == ("result_ready", tries, bad)
    assert stack.get(video_id)["status"] == "in_progress"
    assert_nothing_stored(stack, video_id)


def gives_up(stack: Driver, video_id: str, code: str) -> dict[str, Any]:
    """It ended without a file, says so to the client and to the operator, and was paid for once."""
    error: dict[str, Any] = stack.wait_for(video_id, "failed")["error"]
    assert (error["code"], error["category"], error["billed"]) == (code, "transfer_failed", "yes")
    assert stack.item(video_id)["state"] == "transfer_failed"
    assert_nothing_stored(stack, video_id)
    assert len(stack.provider.tasks()) == 1
    return error


@pytest.mark.parametrize("answer", variants({"html": True}, {"gzip": True}, {"redirect": True}), ids=str)
def test_what_is_no_video_three_times_in_a_row_is_given_up(stack: Driver, answer: dict[str, Any]) -> None:
    reported = stack.counted("TransferFailed")
    video_id = met(stack, **answer)
    for attempt in (1, 2):
        failed_tries(stack, video_id, tries=attempt, bad=attempt)
        due_now(stack, video_id)
        stack.run("ReconcileVideos")

    gives_up(stack, video_id, "not_a_video")
    assert len(stack.provider.requests("file")) == 3
    assert not [request for request in stack.provider.requests("file") if "moved" in request["path"]]
    stack.wait_for_count("TransferFailed", reported + 1)


@pytest.mark.parametrize(
    "answer",
    variants({"refuse": 503, "refuse_times": 1}, {"html": 1}, {"redirect": 1}),
    ids=str,
)
def test_a_host_that_comes_to_its_senses_is_asked_again(stack: Driver, answer: dict[str, Any]) -> None:
    video_id = met(stack, **answer)
    failed_tries(stack, video_id, tries=1, bad=int({"html", "redirect"} & set(answer) != set()))
    due_now(stack, video_id)
    stack.run("ReconcileVideos")

    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.requests("file")) == 2


def test_a_failed_attempt_is_repeated_by_the_reconciler_when_it_is_due(stack: Driver) -> None:
    video_id = met(stack, refuse=500, refuse_times=1)
    failed_tries(stack, video_id, tries=1, bad=0)
    stack.run("ReconcileVideos")
    assert len(stack.provider.requests("file")) == 1  # it is due in half a minute

    due_now(stack, video_id)
    stack.run("ReconcileVideos")
    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)


@pytest.mark.parametrize(
    ("size", "cut_after", "requests"), [(20_000, 5_000, 2), (9 * 1024 * 1024, 4 * 1024 * 1024, 3)]
)
def test_a_result_that_breaks_off_goes_on_where_it_did(
    stack: Driver, size: int, cut_after: int, requests: int
) -> None:
    video_id = met(stack, bytes=size, cut_after=cut_after, cut_times=1)
    stack.wait_for(video_id)

    assert stack.item(video_id).get("tries", 0) == 0
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.requests("file")) == requests


def test_a_large_result_cut_again_and_again_leaves_no_upload_open(stack: Driver) -> None:
    video_id = met(stack, bytes=65 * 1024 * 1024, cut_after=1024 * 1024)  # TransferVideo's to copy
    failed_tries(stack, video_id, tries=1, bad=0)
    assert stack.open_uploads(video_id) == []
    stack.provider.behave(result={"cut_after": None})
    due_now(stack, video_id)
    stack.run("ReconcileVideos")

    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)
    assert stack.open_uploads(video_id) == []


@pytest.mark.parametrize("etag", variants("changing", "none"))
def test_a_host_that_does_not_say_which_version_it_gives_is_read_in_one(stack: Driver, etag: str) -> None:
    video_id = met(stack, bytes=9 * 1024 * 1024, etag=etag)
    if etag == "changing":
        failed_tries(stack, video_id, tries=1, bad=0)
        due_now(stack, video_id)
        stack.run("ReconcileVideos")

    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)


def test_a_result_of_unknown_length_cut_inside_its_callback_leaves_no_upload_open(stack: Driver) -> None:
    host = {"range": False, "length": False, "cut_after": 12 * 1024 * 1024, "cut_times": 1}
    video_id = met(stack, bytes=20 * 1024 * 1024, **host)
    failed_tries(stack, video_id, tries=1, bad=0)
    due_now(stack, video_id)
    stack.run("ReconcileVideos")

    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)
    assert stack.open_uploads(video_id) == []


def test_an_unknown_origin_is_given_up_at_once_and_named_to_the_operator(stack: Driver) -> None:
    reported = stack.counted("UnknownOrigin")
    video_id = met(stack, origin="https://files.elsewhere.example")
    error = gives_up(stack, video_id, "unknown_origin")
    (record,) = stack.logged("ReceiveCallback", video_id, "transfer failed")

    assert "elsewhere" not in error["message"]
    assert record["detail"].endswith(" https://files.elsewhere.example")
    stack.wait_for_count("UnknownOrigin", reported + 1)
    assert stack.provider.requests("file") == []


@pytest.mark.parametrize("status", variants(410, 403, 404))
def test_a_dead_link_is_asked_for_anew_in_the_same_attempt(stack: Driver, status: int) -> None:
    video_id = met(stack, refuse=status, refuse_times=1)

    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)
    assert len(stack.provider.requests("file")) == 2
    assert len(stack.provider.requests("look_up")) == 2


def test_a_link_that_stays_dead_is_refreshed_once_and_given_up_at_the_third_attempt(stack: Driver) -> None:
    video_id = met(stack, refuse=410)
    for attempt in (1, 2):
        failed_tries(stack, video_id, tries=attempt, bad=attempt)
        due_now(stack, video_id)
        stack.run("ReconcileVideos")

    gives_up(stack, video_id, "link_refused")
    assert len(stack.provider.requests("look_up")) == 2
    assert len(stack.provider.requests("file")) == 4


def test_an_object_of_somebody_else_is_never_replaced(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit()["id"]
    place = {"Bucket": stack.stack.media_bucket, "Key": f"videos/{video_id}/0.mp4"}
    stack.client("s3").put_object(**place, Body=b"not ours")
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    stack.provider.deliver(task_id)

    assert stack.wait_for(video_id, "failed")["error"]["code"] == "object_conflict"
    assert stack.client("s3").get_object(**place)["Body"].read() == b"not ours"
    assert len(stack.versions(video_id)) == 1

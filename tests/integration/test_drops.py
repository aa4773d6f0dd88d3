"""Drops on the real template: S3's own event, EventBridge, SubmitDrop, the queue, and an outcome for every one of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sandbox.bring_up import OWNER
from tests.images import JPEG, a_png
from tests.integration.auditing import assert_one_right_object
from tests.integration.commands import make
from tests.integration.driving import Driver
from tests.integration.dropping import OWN, REQUEST, deliver, drop, event_of, outcomes, told
from tests.integration.waiting import until

AWKWARD = f"{OWN}Köln am Rhein/still 1+2 100%.png"  # what other notifications percent-encode


@pytest.fixture
def inbox(stack: Driver) -> Driver:
    """The stack, with an open gate; videos last, so that whatever a tick sends meanwhile is told as queued all the same."""
    stack.open_gate()
    stack.provider.behave(generate_seconds=60)
    return stack


def test_a_dropped_image_with_an_awkward_name_becomes_a_video_and_stays_where_it_is(inbox: Driver) -> None:
    image = a_png(321)
    drop(inbox, AWKWARD, image)

    outcome = told(inbox, AWKWARD)
    video_id = outcome["id"]
    assert (outcome["status"], outcome["drop"]["key"]) == ("queued", AWKWARD)
    (reference,) = references(inbox, video_id)
    held = inbox.client("s3").get_object(Bucket=inbox.stack.media_bucket, Key=reference)
    assert held["Body"].read() == image
    inbox.run("DispatchVideos")
    (task,) = until(lambda: inbox.provider.tasks(video_id), bool, 20)
    inbox.provider.finish(task["task_id"])
    ended = until(lambda: told(inbox, AWKWARD), lambda outcome: outcome["status"] == "completed", 20)
    assert [each["key"] for each in ended["artifacts"]] == [f"videos/{video_id}/0.mp4"]
    assert ended["artifacts"][0]["bucket"] == inbox.stack.media_bucket
    assert inbox.item(video_id)["owner"] == OWNER
    assert_one_right_object(inbox, video_id)
    original = inbox.client("s3").get_object(Bucket=inbox.stack.inbox_bucket, Key=AWKWARD)
    assert original["Body"].read() == image
    until(lambda: references(inbox, video_id), lambda left: not left, 20)

    deliver(inbox, event_of(inbox, AWKWARD, **{"version-id": None, "sequencer": sequencer(inbox, video_id)}))
    assert references(inbox, video_id) == []
    assert len(outcomes(inbox, AWKWARD)) == len(inbox.provider.tasks(video_id)) == 1


def test_an_event_of_aws_names_the_version_and_however_often_it_comes_is_one_video(inbox: Driver) -> None:
    key = f"{OWN}versions/still.png"
    drop(inbox, key, request=None)
    event = event_of(inbox, key)
    assert (
        told(inbox, key)["error"]["code"] == "no_request"
    )  # by the emulator's own event, which has no version
    drop(inbox, f"{OWN}versions/_request.json", json.dumps(REQUEST).encode(), None)

    for changes in ({}, {}, {"time": "2026-01-01T00:00:00Z"}):
        deliver(inbox, event | changes)

    (queued,) = [each for each in outcomes(inbox, key) if each["status"] == "queued"]
    version_id = event["detail"]["object"]["version-id"]
    assert queued["drop"]["version_id"] == inbox.item(queued["id"])["drop"]["version_id"] == version_id


def test_a_request_names_media_beside_it(inbox: Driver) -> None:
    drop(inbox, f"{OWN}media/first.png", a_png(5), None)
    drop(inbox, f"{OWN}media/last.jpg", JPEG, None)
    frames = [
        {"type": "image_url", "image_url": {"url": f"{OWN}media/{name}"}, "frame_type": kind}
        for name, kind in (("first.png", "first_frame"), ("last.jpg", "last_frame"))
    ]
    asked = json.dumps({**REQUEST, "frame_images": frames}).encode()
    drop(inbox, f"{OWN}turn.json", asked, None)

    assert len(references(inbox, told(inbox, f"{OWN}turn.json")["id"])) == 2
    assert outcomes(inbox, f"{OWN}media/first.png") == []


BAD: dict[str, tuple[str, bytes, Any, str, str]] = {  # key, content, request; code, and what its outcome says
    "no request": ("bad/none.png", a_png(), None, "no_request", "x-amz-meta-reelhook"),
    "unknown owner": ("drops/nobody/still.png", a_png(), REQUEST, "unknown_owner", "drops/<owner>/"),
    "nobody's folder": ("drops/still.png", a_png(), REQUEST, "unknown_owner", "drops/<owner>/"),
    "not an image": ("bad/page.png", b"<html>", REQUEST, "invalid_request", "input_reference: an image"),
    "nothing": ("bad/empty.png", b"", REQUEST, "invalid_request", "input_reference: the file is empty"),
    "too big": ("bad/big.png", a_png(30 * 1024 * 1024), REQUEST, "invalid_request", "at most 31457280 bytes"),
    "broken JSON": ("bad/broken.png", a_png(), '{"prompt":', "invalid_request", "is not JSON"),
    "broken file": ("bad/broken.json", b'{"prompt"', None, "invalid_request", "is not JSON"),
    "unknown field": ("bad/field.png", a_png(), {"promt": "x"}, "invalid_request", "promt: unknown field"),
    "another's key": (
        "bad/theirs.json",
        b'{"prompt": "x", "input_reference": {"image_url": "drops/sandbox/../nobody/still.png"}}',
        None,
        "invalid_request",
        "a key below drops/sandbox/",
    ),
    "an odd key": ("bad//still.png", a_png(), REQUEST, "invalid_key", "plain key"),
}


def test_whatever_comes_to_no_video_leaves_an_outcome_that_says_what_to_do(inbox: Driver) -> None:
    keys = {name: key if key.startswith("drops/") else f"{OWN}{key}" for name, (key, *_) in BAD.items()}
    for name, (_, data, request, _, _) in BAD.items():
        drop(inbox, keys[name], data, request)

    for name, (*_, code, words) in BAD.items():
        outcome = told(inbox, keys[name])
        said = json.dumps([outcome["error"], outcome["what_to_do"]])
        assert (outcome["status"], outcome["error"]["code"]) == ("refused", code), name
        assert words in said, (name, said)
        assert inbox.item(outcome["id"]) == {}
        assert inbox.provider.tasks(outcome["id"]) == []


def test_over_quota_nothing_is_queued_though_the_event_comes_again(inbox: Driver) -> None:
    make(inbox, "key", "OWNER=dropping")
    make(inbox, "owner", "OWNER=dropping", "VIDEOS_PER_DAY=1")
    first, second = "drops/dropping/1.png", "drops/dropping/2.png"
    drop(inbox, first)
    assert told(inbox, first)["status"] == "queued"
    drop(inbox, second)
    outcome = told(inbox, second)
    assert (outcome["status"], outcome["error"]["code"]) == ("refused", "quota_exceeded")

    event = event_of(inbox, second)
    for _ in range(2):  # the second one finds the image where the first one kept it
        deliver(inbox, event)

    (again,) = [each for each in outcomes(inbox, second) if each["id"] != outcome["id"]]
    assert again["error"]["code"] == "quota_exceeded"
    assert inbox.item(again["id"]) == {}


def test_what_was_replaced_before_its_event_came_is_superseded(inbox: Driver) -> None:
    key = f"{OWN}replaced.png"
    drop(inbox, key, a_png(1))
    event = event_of(inbox, key)
    drop(inbox, key, a_png(2))

    deliver(inbox, event)

    (late,) = [each for each in outcomes(inbox, key) if each["drop"]["version_id"]]
    assert (late["status"], late["error"]["code"]) == ("superseded", "superseded")
    assert inbox.item(late["id"]) == {}


@contextmanager
def forgetful(stack: Driver) -> Iterator[None]:
    """SubmitDrop may not read the record as long as the block takes."""
    iam, function = stack.client("iam"), stack.client("lambda")
    about = function.get_function_configuration(FunctionName=stack.stack.functions["SubmitDrop"])
    role = about["Role"].rpartition("/")[2]
    deny = {"Effect": "Deny", "Action": "dynamodb:GetItem", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    iam.put_role_policy(RoleName=role, PolicyName="forgetful", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="forgetful")


def test_a_drop_that_fails_three_times_waits_for_the_operator_and_is_taken_then(inbox: Driver) -> None:
    key, sqs = f"{OWN}unlucky.png", inbox.client("sqs")

    def aside() -> int:
        asked = ["ApproximateNumberOfMessages"]
        told = sqs.get_queue_attributes(QueueUrl=inbox.stack.failed_events_url, AttributeNames=asked)
        return int(told["Attributes"]["ApproximateNumberOfMessages"])

    with forgetful(inbox):
        drop(inbox, key)
        until(aside, bool, 30)
    assert outcomes(inbox, key) == []

    assert "1 drops that had been set aside are taken." in make(inbox, "redrive")

    assert told(inbox, key)["status"] == "queued"
    assert aside() == 0


def references(stack: Driver, video_id: str) -> list[str]:
    """The keys of a video's references."""
    listed = stack.client("s3").list_objects_v2(Bucket=stack.stack.media_bucket, Prefix="references/")
    return [each["Key"] for each in listed.get("Contents", []) if video_id in each["Key"]]


def sequencer(stack: Driver, video_id: str) -> str:
    """What the emulator's event told of a drop."""
    return str(stack.item(video_id)["drop"]["sequencer"])

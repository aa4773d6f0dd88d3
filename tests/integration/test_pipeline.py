"""From a prompt to an MP4 in the bucket: the way of a video when everybody behaves."""

import base64
from typing import Any

import httpx
import pytest

from tests.integration.auditing import assert_one_right_object
from tests.integration.driving import PROMPT, Driver


@pytest.fixture
def video(stack: Driver) -> dict[str, Any]:
    """A completed one."""
    stack.provider.behave(generate_seconds=0.1)
    return stack.wait_for(stack.submit(metadata={"shelf": "boats"})["id"])


def test_a_prompt_becomes_one_paid_task_and_one_object_fetched_once(
    stack: Driver, video: dict[str, Any]
) -> None:
    task_id = stack.provider.task_id(video["id"])

    assert_one_right_object(stack, video["id"])
    assert len(stack.provider.tasks()) == 1
    assert [request["status"] for request in stack.provider.requests("file")] == [206]
    assert len(stack.provider.requests("look_up", task_id)) == 1
    assert [delivery["status"] for delivery in stack.provider.deliveries()] == [200]


def test_the_client_sees_what_was_asked_for_and_what_came_of_it(stack: Driver, video: dict[str, Any]) -> None:
    size = stack.provider.file(stack.provider.task_id(video["id"]))["bytes"]

    assert (video["status"], video["progress"], video["error"]) == ("completed", 100, None)
    assert (video["prompt"], video["metadata"]) == (PROMPT, {"shelf": "boats"})
    assert (video["model"], video["mode"]) == ("apixo/seedance-2-0-fast", "text_to_video")
    assert video["artifacts"] == [{"index": 0, "type": "video", "size": size, "content_type": "video/mp4"}]
    assert video["completed_at"] >= video["created_at"]


def test_content_redirects_to_a_link_that_needs_no_key(stack: Driver, video: dict[str, Any]) -> None:
    answer = stack.api.get(f"/v1/videos/{video['id']}/content")
    fetched = httpx.get(answer.headers["location"], trust_env=False)

    assert (answer.status_code, answer.headers["cache-control"]) == (302, "private, no-store")
    assert httpx.URL(answer.headers["location"]).params["X-Amz-Expires"] == "900"
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "video/mp4")
    assert fetched.headers["content-disposition"].startswith("attachment;")
    assert fetched.content[4:8] == b"ftyp"


def test_content_hands_over_the_link_itself_if_asked_to(stack: Driver, video: dict[str, Any]) -> None:
    answer = stack.api.get(f"/v1/videos/{video['id']}/content", params={"redirect": "false"})
    told = answer.json()

    assert answer.status_code == 200
    assert set(told) == {"url", "expires_at", "size", "content_type"}
    assert len(httpx.get(told["url"], trust_env=False).content) == told["size"]


def test_the_object_says_whose_it_is_and_its_checksum_is_on_record(
    stack: Driver, video: dict[str, Any]
) -> None:
    task_id, key = stack.provider.task_id(video["id"]), f"videos/{video['id']}/0.mp4"
    head = stack.client("s3").head_object(Bucket=stack.stack.media_bucket, Key=key, ChecksumMode="ENABLED")
    (artifact,) = stack.item(video["id"])["artifacts"]

    assert head["Metadata"] == {"video-id": video["id"], "task-id": task_id}
    assert head["ContentType"] == "video/mp4"
    assert head["ContentDisposition"] == f'attachment; filename="{video["id"]}-0.mp4"'
    assert head["ChecksumCRC32"] == artifact["checksum"] == stack.provider.file(task_id)["crc32"]
    assert artifact["size"] == head["ContentLength"]
    assert len(base64.b64decode(artifact["checksum"])) == 4


def test_the_models_are_listed_where_a_videos_id_could_stand_too(stack: Driver) -> None:
    listed = stack.api.get("/v1/videos/models")

    assert listed.status_code == 200, listed.text
    assert "apixo/seedance-2-0-fast" in {model["id"] for model in listed.json()["data"]}

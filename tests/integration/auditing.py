"""What has to be true of every video and of every stack, whatever happened to them."""

import hashlib
import json
from typing import Any

import httpx

from tests.integration.driving import Driver
from tests.integration.leaks import leaks, unstructured
from tests.integration.waiting import until


def assert_one_right_object(stack: Driver, video_id: str, files: int = 1) -> None:
    """One paid task; each of its files stored once, byte for byte; nothing else at the video's place."""
    task_id = stack.provider.task_id(video_id)
    assert [version["Key"] for version in stack.versions(video_id)] == [
        f"videos/{video_id}/{index}.mp4" for index in range(files)
    ]
    for index in range(files):
        stored = hashlib.sha256()
        with httpx.stream("GET", stack.link(video_id, index), trust_env=False, timeout=60) as answer:
            for chunk in answer.iter_bytes(1 << 20):
                stored.update(chunk)
        assert stored.hexdigest() == stack.provider.file(task_id, index)["sha256"]


def assert_nothing_stored(stack: Driver, video_id: str) -> None:
    """No object, no upload left open."""
    assert stack.versions(video_id) == []
    assert stack.open_uploads(video_id) == []


def what_logs_give_away(stack: Driver) -> list[str]:
    """Every line, of functions and APIs, that holds a secret of this stack's whole life, or is no JSON record."""
    stack.provider.learn_secrets()
    name = f"{stack.stack.parameter_path}/callback-keys"
    keys = stack.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    stack.secrets[json.loads(keys)["current"]["secret"]] = "a callback key"
    name = f"{stack.stack.parameter_path}/webhook-key"
    key = stack.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    stack.secrets[key] = "the webhooks' key"
    last = stack.api.get("/v1/videos/the-last-one").headers["apigw-requestid"]
    lines = until(stack.log_lines, lambda lines: any(last in line.message for line in lines), 30)
    return [*leaks(lines, stack.secrets), *unstructured(lines)]


def assert_refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer's error, after a look at what every error has."""
    error: dict[str, Any] = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert set(error) == {"message", "type", "param", "code", "problems"}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-should-retry"] == "false"
    assert answer.headers["x-request-id"]
    return error

"""What a client can get wrong, and how it is told: over HTTP, from the real functions."""

import json
from typing import Any

import httpx
import pytest

from tests.integration.driving import PROMPT, Driver

FRAME = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}, "frame_type": "first_frame"}
BAD_FIELDS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "prompt", "required"),
    ({"prompt": " \n"}, "prompt", "must not be blank"),
    ({"prompt": 7}, "prompt", "a string, got a number"),
    ({"prompt": "x" * 10_001}, "prompt", "at most 10000 characters"),
    ({"prompt": PROMPT, "colour": "red"}, "colour", "unknown field"),
    ({"prompt": PROMPT, "n": 2}, "n", "unknown field"),
    ({"prompt": PROMPT, "model": "apixo/no-such"}, "model", "one of apixo/seedance-2-0-fast"),
    ({"prompt": PROMPT, "seconds": 3}, "seconds", "4 to 15"),
    ({"prompt": PROMPT, "seconds": "five"}, "seconds", 'a whole number, as 5 or "5"'),
    ({"prompt": PROMPT, "seconds": True}, "seconds", 'a whole number, as 5 or "5"'),
    ({"prompt": PROMPT, "size": "1x1"}, "size", "one of"),
    ({"prompt": PROMPT, "size": "1280x720", "resolution": "720p"}, "size", "either size, or resolution"),
    ({"prompt": PROMPT, "resolution": "4k"}, "resolution", "one of"),
    ({"prompt": PROMPT, "generate_audio": "yes"}, "generate_audio", "true or false, got a string"),
    ({"prompt": PROMPT, "metadata": {"a": 1}}, "metadata.a", "a string, got a number"),
    ({"prompt": PROMPT, "provider_options": {"turbo": True}}, "provider_options.turbo", "unknown"),
    ({"prompt": PROMPT, "frame_images": FRAME}, "frame_images", "a list, got an object"),
    ({"prompt": PROMPT, "frame_images": [FRAME, FRAME]}, "frame_images[1].frame_type", "already"),
    (
        {"prompt": PROMPT, "input_reference": {"image_url": "http://example.com/a.png"}},
        "input_reference.image_url",
        "https",
    ),
    (
        {"prompt": PROMPT, "input_reference": {"image_url": "https://169.254.169.254/"}},
        "input_reference.image_url",
        "public host",
    ),
]
NOT_JSON: list[bytes] = [
    b"",
    b"prompt=boat",
    b'{"prompt": "boat"',
    b"[]",
    b'"boat"',
    b"null",
    b'{"prompt": NaN}',
    b'\xff{"prompt": "boat"}',
    b'{"prompt":"a","prompt":"b"}',
    b"[" * 100_000,
]
JSON = {"Content-Type": "application/json"}


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer's error, after a look at what every error has."""
    error: dict[str, Any] = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert set(error) == {"message", "type", "param", "code", "problems"}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-should-retry"] == "false"
    assert answer.headers["x-request-id"]
    return error


@pytest.fixture
def idle(stack: Driver) -> Driver:
    """The stack; its provider is never asked."""
    return stack


@pytest.mark.parametrize(("body", "param", "told"), BAD_FIELDS, ids=[str(row[1]) for row in BAD_FIELDS])
def test_a_bad_field_is_named(idle: Driver, body: dict[str, Any], param: str, told: str) -> None:
    error = refused(idle.api.post("/v1/videos", json=body), 400, "invalid_request")

    assert error["param"] == param
    assert [problem["param"] for problem in error["problems"]] == [param]
    assert error["message"].startswith(f"{param}: ")
    assert told in error["message"]
    assert idle.provider.requests() == []


def test_every_problem_is_told_at_once(idle: Driver) -> None:
    body = {"seconds": 99, "colour": "red", "resolution": "8k"}
    error = refused(idle.api.post("/v1/videos", json=body), 400, "invalid_request")

    assert {problem["param"] for problem in error["problems"]} == {"prompt", "seconds", "colour", "resolution"}


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:20]))
def test_what_is_no_json_object_is_refused(idle: Driver, body: bytes) -> None:
    refused(idle.api.post("/v1/videos", content=body, headers=JSON), 400, "invalid_request")
    assert idle.provider.requests() == []


def test_another_kind_of_body_is_refused(idle: Driver) -> None:
    error = refused(idle.api.post("/v1/videos", data={"prompt": PROMPT}), 415, "unsupported_content_type")
    assert error["param"] == "Content-Type"


def test_a_body_beyond_any_request_is_refused(idle: Driver) -> None:
    body = json.dumps({"prompt": PROMPT, "metadata": {"a": "x" * 600_000}}).encode()
    refused(idle.api.post("/v1/videos", content=body, headers=JSON), 413, "request_too_large")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer rh_",
        "Bearer sk-something-else",
        "Bearer rh_" + "A" * 43,
        "Basic dXNlcjpwYXNz",
        "rh_" + "A" * 43,
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_known_key_nothing_is_answered(idle: Driver, method: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    path = "/v1/videos" + ("" if method == "POST" else "/video_" + "a" * 26)
    body = {"prompt": PROMPT} if method == "POST" else None
    answer = httpx.request(
        method, idle.stack.api_url + path, json=body, headers=headers, trust_env=False, timeout=40
    )

    assert refused(answer, 401, "invalid_api_key")["type"] == "authentication_error"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert idle.provider.requests() == []


def test_somebody_elses_video_does_not_exist(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1)
    video_id = stack.submit()["id"]
    stack.wait_for(video_id)
    stranger = stack.client_of("a-stranger")

    for path in (f"/v1/videos/{video_id}", f"/v1/videos/{video_id}/content"):
        theirs = refused(stranger.get(path), 404, "not_found")
        nobodys = refused(stranger.get(path.replace(video_id, f"video_{'a' * 26}")), 404, "not_found")
        assert theirs == {**nobodys, "message": f"No video {video_id}."}


def test_content_before_the_end_and_content_that_is_not_there(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit()["id"]
    path = f"/v1/videos/{video_id}/content"

    refused(stack.api.get(path), 409, "video_not_ready")
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)
    stack.provider.deliver(task_id)
    stack.wait_for(video_id)
    refused(stack.api.get(path, params={"index": "1"}), 404, "variant_not_available")
    refused(stack.api.get(path, params={"variant": "last_frame"}), 404, "variant_not_available")
    assert refused(stack.api.get(path, params={"index": "x"}), 400, "invalid_request")["param"] == "index"


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/video", "/v1/videos/a/b/c", "/v2/videos", "/%00"])
def test_an_unknown_path_is_404_in_our_own_words(idle: Driver, path: str) -> None:
    refused(idle.api.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/videos", "POST"),
        ("POST", "/v1/videos/video_a", "GET"),
        ("PATCH", "/v1/videos/video_a/content", "GET"),
    ],
)
def test_a_known_path_names_the_methods_it_takes(idle: Driver, method: str, path: str, allowed: str) -> None:
    answer = idle.api.request(method, path)
    refused(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("status", "message", "code", "category"),
    [
        (400, "Invalid parameter value: input.duration", "invalid_request", "invalid_input"),
        (400, "ImageNotAccess", "invalid_media", "invalid_input"),
        (422, "SensitiveContent", "content_policy_violation", "input_moderation"),
        (404, "Model not found", "model_unavailable", "provider_unavailable"),
    ],
)
def test_a_request_that_the_provider_refuses_fails_plainly_and_nothing_is_paid(
    stack: Driver, status: int, message: str, code: str, category: str
) -> None:
    stack.provider.behave(submit={"refuse": {"status": status, "message": message}})
    video = stack.submit()

    assert video["status"] == "failed"
    assert (video["error"]["code"], video["error"]["category"]) == (code, category)
    assert video["error"]["billed"] == "no"
    assert message not in video["error"]["message"]
    assert video["error"]["message"].endswith(".")
    assert stack.provider.tasks() == []
    assert len(stack.provider.requests("submit")) == 1

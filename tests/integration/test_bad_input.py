"""What is wrong with a body is told, field by field, and the provider is never asked."""

import json
from typing import Any

import pytest

from tests.integration.auditing import assert_refused
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
    ({"prompt": PROMPT, "size": "1x1"}, "size", "1280x720, "),
    ({"prompt": PROMPT, "size": "1280x720", "resolution": "720p"}, "size", "either size, or resolution"),
    ({"prompt": PROMPT, "resolution": "4k"}, "resolution", "480p, 720p for "),
    ({"prompt": PROMPT, "generate_audio": "yes"}, "generate_audio", "true or false, got a string"),
    ({"prompt": PROMPT, "metadata": {"a": 1}}, "metadata.a", "a string, got a number"),
    ({"prompt": PROMPT, "provider_options": {"turbo": True}}, "provider_options.turbo", "not a field of "),
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


@pytest.mark.parametrize(("body", "param", "told"), BAD_FIELDS, ids=[str(row[1]) for row in BAD_FIELDS])
def test_a_bad_field_is_named(stack: Driver, body: dict[str, Any], param: str, told: str) -> None:
    error = assert_refused(stack.api.post("/v1/videos", json=body), 400, "invalid_request")

    assert error["param"] == param
    assert [problem["param"] for problem in error["problems"]] == [param]
    assert error["message"].startswith(f"{param}: ")
    assert told in error["message"]
    assert stack.provider.requests() == []


def test_every_problem_is_told_at_once(stack: Driver) -> None:
    body = {"seconds": 99, "colour": "red", "resolution": "8k"}
    error = assert_refused(stack.api.post("/v1/videos", json=body), 400, "invalid_request")

    assert {problem["param"] for problem in error["problems"]} == {
        "prompt",
        "seconds",
        "colour",
        "resolution",
    }


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:20]))
def test_what_is_no_json_object_is_refused(stack: Driver, body: bytes) -> None:
    assert_refused(stack.api.post("/v1/videos", content=body, headers=JSON), 400, "invalid_request")
    assert stack.provider.requests() == []


def test_another_kind_of_body_is_refused(stack: Driver) -> None:
    error = assert_refused(
        stack.api.post("/v1/videos", data={"prompt": PROMPT}), 415, "unsupported_content_type"
    )
    assert error["param"] == "Content-Type"


def test_a_body_beyond_any_request_is_refused(stack: Driver) -> None:
    body = json.dumps({"prompt": PROMPT, "metadata": {"a": "x" * 600_000}}).encode()
    assert_refused(stack.api.post("/v1/videos", content=body, headers=JSON), 413, "request_too_large")

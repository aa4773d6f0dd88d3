"""A submit to Modellix: where it goes, what it carries, and which of five classes each answer is."""

import json
import time
from typing import Any

import httpx
import pytest

from reelhook.domain.answers import Accepted, NotSent, Refused, TryLater, Unclear
from reelhook.domain.failure import Billed, Category
from reelhook.domain.request import Mode
from tests.unit.modellix_world import (
    ACCEPTED,
    CALLBACK_URL,
    KEY,
    TASK,
    error,
    modellix,
    request,
    submitted,
)

FRAMES = {"mode": Mode.FRAMES, "first_frame": "https://example.com/image.jpg"}
REFERENCES = {"mode": Mode.REFERENCE, "reference_videos": ("https://example.com/a.mp4",)}


@pytest.mark.parametrize(
    ("model", "fields", "path"),
    [
        ("seedance-2.0-fast-i2v", {}, "/api/v1/bytedance/seedance-2.0-fast-i2v/async"),
        ("seedance-1.0-pro-fast-t2v", {}, "/api/v1/bytedance/seedance-1.0-pro-fast-t2v"),
        ("seedance-1.5-pro-i2v", FRAMES, "/api/v1/bytedance/seedance-1.5-pro-i2v/async"),
        ("seedance-2.0-v2v", REFERENCES, "/api/v1/bytedance/seedance-2.0-v2v/async"),
    ],
)
def test_it_is_one_post_to_the_pages_own_path(model: str, fields: dict[str, Any], path: str) -> None:
    seen: list[httpx.Request] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one)
        return httpx.Response(200, stream=httpx.ByteStream(ACCEPTED))

    modellix(side).prepare(request(f"modellix/{model}", **fields), CALLBACK_URL).send()

    (post,) = seen
    assert (post.method, post.url.path, post.url.query) == ("POST", path, b"")
    assert post.headers["authorization"] == f"Bearer {KEY}"
    assert post.headers["content-type"] == "application/json"
    assert post.headers["x-webhook-url"] == CALLBACK_URL
    assert CALLBACK_URL.encode() not in post.content
    assert json.loads(post.content)["prompt"] == "<string>"


@pytest.mark.parametrize("status", [200, 201, 202])
def test_the_pages_answer_is_an_acceptance(status: int) -> None:
    assert submitted(status, ACCEPTED) == Accepted(TASK)


def test_an_older_answer_without_its_link_is_one_too() -> None:
    older = {"code": 0, "message": "success", "data": {"status": "pending", "task_id": TASK, "duration": 0}}
    assert submitted(200, older) == Accepted(TASK)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, {"code": 0, "message": "success"}),
        (200, {"code": 0, "data": {"status": "pending"}}),
        (200, {"code": 0, "data": {"task_id": ""}}),
        (200, {"code": 0, "data": {"task_id": 7}}),
        (200, {"code": 0, "data": {"task_id": "t" * 257}}),
        (200, {"code": "0", "data": {"task_id": TASK}}),
        (200, {"code": 200, "data": {"task_id": TASK}}),
        (200, {"code": 1, "message": "odd"}),
        (200, {"code": 500, "message": "odd"}),
        (204, b""),
        (302, b""),
        (400, {"code": 0, "data": {"task_id": TASK}}),
        (400, {"code": 400, "message": "odd", "data": {"task_id": TASK}}),
        (408, b""),
        (409, error(409, "Conflict")),
        (425, b""),
        (500, error(500, "Internal error")),
        (502, b"<html>"),
        (503, error(503, "Service unavailable")),
        (504, b""),
        (429, error(500, "odd")),
    ],
)
def test_everything_that_may_have_begun_a_task_is_unclear(status: int, body: bytes | dict[str, Any]) -> None:
    assert isinstance(submitted(status, body), Unclear)


@pytest.mark.parametrize(
    ("failing", "class_of_it"),
    [
        (httpx.ConnectError("refused"), NotSent),
        (httpx.ConnectTimeout("late"), NotSent),
        (httpx.ReadTimeout("late"), Unclear),
        (httpx.WriteError("cut"), Unclear),
        (httpx.RemoteProtocolError("cut"), Unclear),
    ],
)
def test_a_broken_exchange_is_not_sent_or_unclear_and_never_repeated(
    failing: httpx.TransportError, class_of_it: type
) -> None:
    calls = 0

    def side(_: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        raise failing

    assert isinstance(modellix(side).prepare(request(), CALLBACK_URL).send(), class_of_it)
    assert calls == 1


@pytest.mark.parametrize("status", [200, 429])
@pytest.mark.parametrize("message", ["Rate limit exceeded: 100/min", "Concurrent limit exceeded: 3", "quota"])
def test_a_limit_is_for_later(status: int, message: str) -> None:
    assert submitted(status, error(429, message)) == TryLater(None)


def test_only_the_operators_safe_statuses_are_for_later() -> None:
    assert isinstance(submitted(429, error(429, "Rate limit exceeded"), safe=frozenset()), Unclear)
    assert submitted(503, error(503, "busy"), safe=frozenset({429, 503})) == TryLater(None)


def test_how_long_to_wait_is_told_by_retry_after_else_by_a_spent_allowance() -> None:
    def waits(**changes: str) -> int | None:
        told = {"remaining": "0", "reset": str(int(time.time()) + 40), "limit": "100", **changes}
        after = {"retry-after": told.pop("after")} if "after" in told else {}
        found = submitted(429, headers=after | {f"x-ratelimit-{name}": it for name, it in told.items()})
        assert isinstance(found, TryLater)
        return found.retry_after

    assert waits(after="7") == 7
    assert waits() in (39, 40)
    assert waits(reset="1") == 0
    assert waits(reset=str(10**11)) == 3600
    assert waits(remaining="12") is None
    assert waits(reset="soon") is None


# Status and message as the pages spell them; our code, category, and whether it is the operator's.
REFUSALS = {
    (400, "Invalid parameters: duration"): ("invalid_request", Category.INVALID_INPUT, False),
    (400, "Missing required parameter: prompt"): ("invalid_request", Category.INVALID_INPUT, False),
    (400, "Invalid format: body"): ("invalid_request", Category.INVALID_INPUT, False),
    (400, "Value out of range: seed"): ("invalid_request", Category.INVALID_INPUT, False),
    (422, "odd"): ("invalid_request", Category.INVALID_INPUT, False),
    (401, "Authentication failed: key expired"): ("provider_account", Category.ACCOUNT, True),
    (402, "odd"): ("provider_account", Category.ACCOUNT, True),
    (400, "Insufficient balance: 0.01"): ("provider_account", Category.ACCOUNT, True),
    (403, "No access to this route"): ("provider_account", Category.ACCOUNT, True),
    (404, "Resource not found: model"): ("model_unavailable", Category.PROVIDER_UNAVAILABLE, False),
    # the model maker's refusal of a real face, passed through
    (400, "Invalid parameters: InputImageSensitiveContentDetected.PrivacyInformation"): (
        "content_policy_violation",
        Category.INPUT_MODERATION,
        False,
    ),
    (403, "Content violates policy"): ("content_policy_violation", Category.INPUT_MODERATION, False),
}


@pytest.mark.parametrize("told", REFUSALS, ids=lambda told: f"{told[0]} {told[1][:30]}")
@pytest.mark.parametrize("over_http", [True, False])
def test_a_refusal_is_one_in_our_words_and_was_not_billed(told: tuple[int, str], over_http: bool) -> None:
    found = submitted(told[0] if over_http else 200, error(*told))

    assert isinstance(found, Refused)
    assert (found.error.code, found.error.category, found.account) == REFUSALS[told]
    assert (found.error.retryable, found.error.billed) == (False, Billed.NO)
    assert told[1] not in found.error.message
    assert "Modellix" not in found.error.message


def test_an_error_object_that_repeats_the_status_is_judged_by_its_message() -> None:
    def refused(message: str) -> Refused:
        found = submitted(
            400, {"code": 400, "message": "error", "data": {"error": {"code": 400, "message": message}}}
        )
        assert isinstance(found, Refused)
        return found

    assert refused("InputImageSensitiveContentDetected").error.category is Category.INPUT_MODERATION
    assert refused("Insufficient balance").account is True
    assert refused("a prompt about my credit balance").account is False


def test_the_operators_detail_keeps_the_words_without_key_and_link() -> None:
    found = submitted(400, error(400, f"Invalid parameters: {KEY} at https://x.example/a?b"))
    assert isinstance(found, Refused)
    assert found.detail == "Invalid parameters: [key] at [...]"

"""Every error leaves in one envelope with its own status, and every answer names its request."""

import json

import pytest

from reelhook.api.errors import RequestTooLargeError, UnsupportedContentTypeError
from reelhook.api.failures import FAILURES
from reelhook.domain.errors.drops import DropError
from reelhook.domain.errors.requests import (
    ArtifactNotFoundError,
    IdempotencyKeyReuseError,
    InvalidJwtError,
    InvalidRequestError,
    OwnerDisabledError,
    Problem,
    RequestError,
    UnauthorizedError,
    VideoGoneError,
    VideoNotCancelableError,
    VideoNotFinalError,
    VideoNotFoundError,
    VideoNotReadyError,
)
from reelhook.domain.errors.running import IssuerUnavailableError, NotConfiguredError, StoreError
from tests.api import Notes, ask, event, raising

PATH = "/v1/videos/video_abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("error", "status", "kind", "code", "param"),
    [
        (UnauthorizedError("No key."), 401, "authentication_error", "invalid_api_key", None),
        (InvalidJwtError("Expired."), 401, "authentication_error", "invalid_token", None),
        (OwnerDisabledError("Disabled."), 403, "permission_error", "owner_disabled", None),
        (VideoNotFoundError("No video."), 404, "invalid_request_error", "not_found", None),
        (ArtifactNotFoundError("No."), 404, "invalid_request_error", "variant_not_available", None),
        (VideoNotReadyError("queued"), 409, "invalid_request_error", "video_not_ready", None),
        (
            VideoNotCancelableError("failed"),
            409,
            "invalid_request_error",
            "video_not_cancelable",
            None,
        ),
        (VideoNotFinalError("queued"), 409, "invalid_request_error", "video_not_final", None),
        (VideoGoneError(), 410, "invalid_request_error", "gone", "Idempotency-Key"),
        (RequestTooLargeError(9), 413, "invalid_request_error", "request_too_large", None),
        (
            UnsupportedContentTypeError("application/json"),
            415,
            "invalid_request_error",
            "unsupported_content_type",
            "Content-Type",
        ),
        (
            IdempotencyKeyReuseError("Used."),
            422,
            "invalid_request_error",
            "idempotency_key_reuse",
            "Idempotency-Key",
        ),
        (NotConfiguredError("apixo-api-key", "is missing"), 500, "server_error", "not_configured", None),
    ],
)
def test_an_error_that_no_retry_can_help_says_so(
    error: Exception, status: int, kind: str, code: str, param: str | None
) -> None:
    answered, headers, body = ask(raising(error), event("GET", PATH))

    assert answered == status
    assert body == {
        "error": {"message": str(error), "type": kind, "param": param, "code": code, "problems": []}
    }
    assert headers["x-should-retry"] == "false"
    assert headers["x-request-id"] == "JKJaXmPLvHcESHA="
    assert headers["content-type"] == "application/json"


def test_an_invalid_request_lists_every_problem_and_puts_the_first_in_param() -> None:
    error = InvalidRequestError(Problem("seconds", "seconds: no"), Problem("prompt", "prompt: required"))

    status, headers, body = ask(raising(error), event("POST", "/v1/videos"))

    assert (status, headers["x-should-retry"]) == (400, "false")
    assert body["error"] == {
        "message": "seconds: no; prompt: required",
        "type": "invalid_request_error",
        "param": "seconds",
        "code": "invalid_request",
        "problems": [
            {"param": "seconds", "message": "seconds: no"},
            {"param": "prompt", "message": "prompt: required"},
        ],
    }


@pytest.mark.parametrize("error", [UnauthorizedError("No key."), InvalidJwtError("Expired.")])
def test_a_client_that_is_nobody_is_told_how_to_authenticate(error: Exception) -> None:
    _, headers, _ = ask(raising(error), event("GET", PATH))

    assert headers["www-authenticate"] == "Bearer"


def test_an_unclear_store_asks_to_come_again_in_a_second_and_hides_its_words() -> None:
    status, headers, body = ask(raising(StoreError("arn:aws:secret")), event("POST", "/v1/videos"))

    assert (status, headers["retry-after"]) == (503, "1")
    assert "x-should-retry" not in headers
    assert body["error"]["code"] == "store_unavailable"
    assert "secret" not in json.dumps(body)


def test_an_issuer_that_does_not_answer_is_no_fault_of_the_token() -> None:
    status, headers, body = ask(
        raising(IssuerUnavailableError("10.0.0.7 refused")), event("POST", "/v1/videos")
    )

    assert (status, headers["retry-after"], body["error"]["code"]) == (503, "5", "issuer_unavailable")
    assert "x-should-retry" not in headers
    assert "10.0.0.7" not in json.dumps(body)


def test_an_unexpected_error_is_noted_by_class_and_way_and_told_without_its_words() -> None:
    notes = Notes()

    status, headers, body = ask(raising(KeyError("a secret"), notes), event("GET", PATH))

    assert (status, body["error"]["code"]) == (500, "internal_error")
    assert headers["x-request-id"] == "JKJaXmPLvHcESHA="
    assert [(note["error"], note["code"]) for note in notes.warnings] == [("KeyError", "internal_error")]
    assert "api.py:" in str(notes.warnings[0]["way"])
    assert "secret" not in json.dumps([body, notes.warnings])


def test_a_fault_of_the_operator_is_noted_and_one_of_the_client_is_not() -> None:
    notes = Notes()

    ask(raising(NotConfiguredError("apixo-api-key", "is missing"), notes), event("GET", PATH))
    ask(raising(VideoNotFoundError("No."), notes), event("GET", PATH))

    assert [note["error"] for note in notes.warnings] == ["NotConfiguredError"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "repeats"),
    [
        ("GET", PATH, {}, True),
        ("POST", "/v1/videos", {"Idempotency-Key": "k"}, True),
        ("POST", "/v1/videos", {}, False),
    ],
)
def test_after_an_internal_error_only_what_cannot_pay_twice_may_be_repeated(
    method: str, path: str, headers: dict[str, str], repeats: bool
) -> None:
    _, answered, _ = ask(raising(RuntimeError()), event(method, path, headers=headers))

    assert ("x-should-retry" not in answered) == repeats


def test_every_error_that_is_the_clients_has_its_own_answer() -> None:
    def kinds(kind: type[RequestError]) -> set[type[RequestError]]:
        return {kind}.union(*(kinds(child) for child in kind.__subclasses__()))

    assert kinds(RequestError) - {RequestError} - kinds(DropError) <= set(FAILURES)

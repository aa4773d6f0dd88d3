"""The one table from an error to its answer: `{"error": {message, type, param, code, problems}}`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import answer
from reelhook.api.errors import (
    MethodNotAllowedError,
    NoSuchRouteError,
    RequestTooLargeError,
    UnsupportedContentTypeError,
)
from reelhook.domain.errors.requests import (
    ArtifactNotFoundError,
    DeliveryNotFoundError,
    EndpointDisabledError,
    EndpointUnreachableError,
    EventOutdatedError,
    IdempotencyKeyReuseError,
    InvalidJwtError,
    InvalidRequestError,
    OwnerDisabledError,
    PriceUnknownError,
    QuotaExceededError,
    TooManyEndpointsError,
    UnauthorizedError,
    UploadNotFoundError,
    VideoGoneError,
    VideoNotCancelableError,
    VideoNotFinalError,
    VideoNotFoundError,
    VideoNotReadyError,
    WebhookEndpointNotFoundError,
)
from reelhook.domain.errors.running import (
    IssuerUnavailableError,
    NotConfiguredError,
    ProviderKeyError,
    StoreError,
)
from reelhook.domain.quotas import Exceeded

NO_RETRY = {"x-should-retry": "false"}  # SDKs repeat 409, 429 and 5xx by themselves
_INVALID, _SERVER, _AUTHENTICATION = "invalid_request_error", "server_error", "authentication_error"
_CHALLENGE = {"WWW-Authenticate": "Bearer", **NO_RETRY}


@dataclass(frozen=True, slots=True)
class Failure:
    """How one class of errors is told; without a `message` the error's own words are."""

    status: int
    type: str
    code: str
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str | None = None


INTERNAL = Failure(500, _SERVER, "internal_error", message="Something went wrong here, not in your request.")
FAILURES: Mapping[type[Exception], Failure] = {
    InvalidRequestError: Failure(400, _INVALID, "invalid_request", NO_RETRY),
    UploadNotFoundError: Failure(400, _INVALID, "file_not_found", NO_RETRY),
    UnauthorizedError: Failure(401, _AUTHENTICATION, "invalid_api_key", _CHALLENGE),
    InvalidJwtError: Failure(401, _AUTHENTICATION, "invalid_token", _CHALLENGE),
    OwnerDisabledError: Failure(403, "permission_error", "owner_disabled", NO_RETRY),
    NoSuchRouteError: Failure(404, _INVALID, "not_found", NO_RETRY),
    VideoNotFoundError: Failure(404, _INVALID, "not_found", NO_RETRY),
    ArtifactNotFoundError: Failure(404, _INVALID, "variant_not_available", NO_RETRY),
    MethodNotAllowedError: Failure(405, _INVALID, "method_not_allowed", NO_RETRY),
    VideoNotReadyError: Failure(409, _INVALID, "video_not_ready", NO_RETRY),
    VideoNotCancelableError: Failure(409, _INVALID, "video_not_cancelable", NO_RETRY),
    VideoNotFinalError: Failure(409, _INVALID, "video_not_final", NO_RETRY),
    VideoGoneError: Failure(410, _INVALID, "gone", NO_RETRY),
    RequestTooLargeError: Failure(413, _INVALID, "request_too_large", NO_RETRY),
    UnsupportedContentTypeError: Failure(415, _INVALID, "unsupported_content_type", NO_RETRY),
    IdempotencyKeyReuseError: Failure(422, _INVALID, "idempotency_key_reuse", NO_RETRY),
    QuotaExceededError: Failure(429, "rate_limit_error", "quota_exceeded", NO_RETRY),
    PriceUnknownError: Failure(400, _INVALID, "price_unknown", NO_RETRY),
    WebhookEndpointNotFoundError: Failure(404, _INVALID, "not_found", NO_RETRY),
    DeliveryNotFoundError: Failure(404, _INVALID, "not_found", NO_RETRY),
    TooManyEndpointsError: Failure(409, _INVALID, "too_many_endpoints", NO_RETRY),
    EndpointDisabledError: Failure(409, _INVALID, "endpoint_disabled", NO_RETRY),
    EventOutdatedError: Failure(409, _INVALID, "event_outdated", NO_RETRY),
    EndpointUnreachableError: Failure(400, _INVALID, "endpoint_unreachable", NO_RETRY),
    NotConfiguredError: Failure(500, _SERVER, "not_configured", NO_RETRY),
    ProviderKeyError: Failure(
        503,
        _SERVER,
        "provider_unavailable",
        NO_RETRY,
        "This stack cannot use this model's provider just now. Its operator has been told; nothing was sent.",
    ),
    IssuerUnavailableError: Failure(
        503,
        _SERVER,
        "issuer_unavailable",
        {"Retry-After": "5"},
        "The issuer of your token could not be asked for its keys; try again.",
    ),
    StoreError: Failure(
        503, _SERVER, "store_unavailable", {"Retry-After": "1"}, "The store did not answer; try again."
    ),
}
_PARAMS = {
    UnsupportedContentTypeError: "Content-Type",
    IdempotencyKeyReuseError: "Idempotency-Key",
    PriceUnknownError: "model",
    EndpointUnreachableError: "url",
    VideoGoneError: "Idempotency-Key",
}


def failure_of(error: Exception) -> Failure:
    """How an error is told; one that nobody expected is internal."""
    return next((FAILURES[kind] for kind in type(error).__mro__ if kind in FAILURES), INTERNAL)


def failed(error: Exception, failure: Failure, repeatable: bool) -> Response[str]:
    """The answer; unless the request is `repeatable`, an internal error tells SDKs not to send it again."""
    problems = error.problems if isinstance(error, InvalidRequestError) else ()
    headers = dict(failure.headers)
    if isinstance(error, MethodNotAllowedError):
        headers["Allow"] = ", ".join(error.allowed)
    param = problems[0].param if problems else _PARAMS.get(type(error))
    if isinstance(error, QuotaExceededError):
        headers |= _left(error)
        param = _quota(error.exceeded[0])
    if failure is INTERNAL and not repeatable:
        headers |= NO_RETRY
    told = {
        "message": failure.message or str(error),
        "type": failure.type,
        "param": param,
        "code": failure.code,
        "problems": [{"param": problem.param, "message": problem.message} for problem in problems],
    }
    return answer(failure.status, {"error": told}, headers)


def _left(error: QuotaExceededError) -> dict[str, str]:
    """Of each limit that was met: how high it is, and what is left of it."""
    named = {_quota(limit).replace("_", "-"): limit for limit in error.exceeded}
    most = {f"x-quota-limit-{name}": limit.most for name, limit in named.items()}
    return most | {f"x-quota-remaining-{name}": limit.left for name, limit in named.items()}


def _quota(limit: Exceeded) -> str:
    """A limit's name as its owner sees it, e.g. `owner_videos_per_day`."""
    return f"{limit.whose}_{limit.limit}"

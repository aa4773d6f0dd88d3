"""The errors of each route, from the table that answers them, each with the answer that the code gives."""

import json
from collections.abc import Iterable
from typing import Any

from operations.openapi.operations import ENDPOINT, ENDPOINTS, QUOTAS, UPLOAD_QUOTAS
from operations.openapi.schemas import Schema, ref
from reelhook.api.errors import RequestTooLargeError, UnsupportedContentTypeError
from reelhook.api.failures import failed, failure_of
from reelhook.api.incoming import MAX_BODY
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
    Problem,
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
from reelhook.domain.webhooks.endpoint import MAX_ENDPOINTS

_EVERYWHERE: tuple[Exception, ...] = (
    UnauthorizedError("This needs a valid API key or token: Authorization: Bearer <key>."),
    InvalidJwtError("The token has expired."),
    OwnerDisabledError("The operator of this stack has disabled this owner."),
    IssuerUnavailableError(),
    StoreError(),
    NotConfiguredError("/reelhook/prod/callback-keys", "is missing"),
    RuntimeError(),  # what nobody expected
)
_NO_VIDEO = VideoNotFoundError("There is no video of this name.")
_NO_UPLOAD = Problem("input_reference.file_id", "input_reference.file_id: there is no upload of this name")
_NO_ENDPOINT = WebhookEndpointNotFoundError("There is no webhook endpoint of this id.")
_BAD_PAGE = InvalidRequestError(Problem("limit", "limit: a whole number from 1 to 100"))
_BODY: tuple[Exception, ...] = (
    InvalidRequestError(Problem("url", "url: must be an https URL")),
    RequestTooLargeError(MAX_BODY),
    UnsupportedContentTypeError("application/json"),
)
ERRORS: dict[tuple[str, str], tuple[Exception, ...]] = {
    ("POST", "/v1/videos"): (
        *_EVERYWHERE,
        InvalidRequestError(Problem("seconds", "seconds: 4 to 15, got 99")),
        UploadNotFoundError(_NO_UPLOAD),
        VideoGoneError(),
        RequestTooLargeError(MAX_BODY),
        UnsupportedContentTypeError("application/json or multipart/form-data"),
        IdempotencyKeyReuseError("This Idempotency-Key already stands for a different request."),
        PriceUnknownError("apixo/seedance-2-0"),
        QuotaExceededError((Exceeded("owner", "videos_per_day", "100", "0"),), "0.645"),
        ProviderKeyError("/reelhook/prod/apixo-api-key", "is missing"),
    ),
    ("GET", "/v1/videos"): (
        *_EVERYWHERE,
        InvalidRequestError(Problem("limit", "limit: a whole number from 1 to 100")),
    ),
    ("POST", "/v1/uploads"): (
        *_EVERYWHERE,
        InvalidRequestError(Problem("content_type", "content_type: required")),
        RequestTooLargeError(MAX_BODY),
        UnsupportedContentTypeError("application/json"),
        QuotaExceededError((Exceeded("owner", "uploads_per_day", "200", "0"),)),
    ),
    ("GET", "/v1/usage"): (*_EVERYWHERE, InvalidRequestError(Problem("to", "to: a day such as 2026-11-21"))),
    ("GET", "/v1/videos/models"): _EVERYWHERE,
    ("GET", "/v1/videos/{video_id}"): (*_EVERYWHERE, _NO_VIDEO),
    ("DELETE", "/v1/videos/{video_id}"): (*_EVERYWHERE, _NO_VIDEO, VideoNotFinalError("queued")),
    ("GET", "/v1/videos/{video_id}/content"): (
        *_EVERYWHERE,
        _NO_VIDEO,
        InvalidRequestError(Problem("index", "index: a number from 0 to 7")),
        ArtifactNotFoundError("The video has no last_frame."),
        VideoNotReadyError("in_progress"),
    ),
    ("POST", "/v1/videos/{video_id}/cancel"): (
        *_EVERYWHERE,
        _NO_VIDEO,
        VideoNotCancelableError("in_progress"),
    ),
    ("GET", "/v1/webhook_event_types"): _EVERYWHERE,
    ("POST", ENDPOINTS): (*_EVERYWHERE, *_BODY, TooManyEndpointsError(MAX_ENDPOINTS)),
    ("GET", ENDPOINTS): (*_EVERYWHERE, _BAD_PAGE),
    ("GET", ENDPOINT): (*_EVERYWHERE, _NO_ENDPOINT),
    ("POST", ENDPOINT): (*_EVERYWHERE, _NO_ENDPOINT, *_BODY),
    ("DELETE", ENDPOINT): (*_EVERYWHERE, _NO_ENDPOINT),
    ("POST", f"{ENDPOINT}/rotate_secret"): (*_EVERYWHERE, _NO_ENDPOINT, *_BODY),
    ("POST", f"{ENDPOINT}/test"): (
        *_EVERYWHERE,
        _NO_ENDPOINT,
        *_BODY,
        EndpointUnreachableError("no_connection"),
    ),
    ("GET", f"{ENDPOINT}/deliveries"): (*_EVERYWHERE, _NO_ENDPOINT, _BAD_PAGE),
    ("POST", f"{ENDPOINT}/deliveries/{{event_id}}/redeliver"): (
        *_EVERYWHERE,
        _NO_ENDPOINT,
        DeliveryNotFoundError(),
        EndpointDisabledError(),
        EventOutdatedError(),
    ),
    ("GET", "/openapi.json"): (RuntimeError(),),
    ("GET", "/docs"): (RuntimeError(),),
}
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html: 10 MB, a throttle, 30 s
_GATEWAY = {
    413: "the body is beyond the gateway's limit",
    429: "too many requests at once",
    500: "a function died over it",
    503: "no answer",
}
_HEADERS = {429: ("Retry-After",), 503: ("Retry-After", "x-should-retry")}


def error_responses(method: str, path: str) -> Schema:
    """The responses of a route that are errors, by status."""
    found: dict[int, list[Exception]] = {}
    for error in ERRORS[method, path]:
        found.setdefault(failure_of(error).status, []).append(error)
    statuses = sorted(found.keys() | {429, 503} | ({413} if method == "POST" else set()))
    return {str(status): _response(path, status, found.get(status, [])) for status in statuses}


def _response(path: str, status: int, errors: Iterable[Exception]) -> Schema:
    told = {failure_of(error).code: _answered(error) for error in errors}
    shapes: list[Schema] = []
    if told:
        codes = {"properties": {"code": {"enum": list(told)}}}
        shapes.append({"allOf": [ref("Error"), {"properties": {"error": codes}}]})
    if status in _GATEWAY:
        shapes.append(ref("GatewayError"))
    words = [f"`{code}`" for code in told]
    if status in _GATEWAY:
        words.append(f"the gateway's own: {_GATEWAY[status]}")
    media: Schema = {"schema": shapes[0] if len(shapes) == 1 else {"anyOf": shapes}}
    if told:
        media["examples"] = {code: {"value": answer} for code, answer in told.items()}
    names = ["x-request-id", *_HEADERS.get(status, ("x-should-retry",))]
    if status == 429 and told:
        names += ["x-should-retry", *(UPLOAD_QUOTAS if path == "/v1/uploads" else QUOTAS)]
    if status == 401:
        names.append("WWW-Authenticate")
    return {
        "description": ", ".join(words) + ".",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {"application/json": media},
    }


def _answered(error: Exception) -> Any:
    return json.loads(failed(error, failure_of(error), repeatable=False).body or "null")

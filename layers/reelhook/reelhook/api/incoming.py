"""What a route reads from its event besides the path: the body, the idempotency key, the query."""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from reelhook.api.errors import RequestTooLargeError, UnsupportedContentTypeError
from reelhook.api.forms import read_form
from reelhook.api.json_object import besides_data_urls, read_object, shown
from reelhook.domain.errors.requests import ArtifactNotFoundError, InvalidRequestError, Problem
from reelhook.domain.fingerprint import Attempt

MAX_BODY = 512 * 1024  # besides media: every field at its limit, each character escaped, is some 400 KB
_EVENT_BYTES = 6 * 1024 * 1024  # of a whole event: Lambda's own limit
_JSON, _FORM = "application/json", "multipart/form-data"
_KEY = re.compile(r"[!-~]{1,255}")
_RETRY = re.compile(r"[0-9]{1,3}", re.ASCII)
_INDEX = re.compile(r"[0-7]")
_VARIANTS = frozenset({"video", "last_frame"})


@dataclass(frozen=True, slots=True)
class ContentQuery:
    """Which file of a video, and how to hand it over."""

    variant: str
    index: int
    redirect: bool


def video_fields(event: APIGatewayProxyEventV2) -> dict[str, Any]:
    """The fields of a request for a video, from JSON or from a form; raises `RequestError`s."""
    told = event.headers.get("content-type", "")
    match _type(told):
        case "multipart/form-data":
            return read_form(_bounded(_bytes(event), _EVENT_BYTES), told)
        case "" | "application/json":
            return read_object(json_body(event))
    raise UnsupportedContentTypeError(f"{_JSON} or {_FORM}")


def json_body(event: APIGatewayProxyEventV2) -> bytes:
    """The raw bytes of a body that is JSON by its Content-Type, or has none."""
    if _type(event.headers.get("content-type", "")) not in ("", _JSON):
        raise UnsupportedContentTypeError(_JSON)
    body = _bounded(_bytes(event), _EVENT_BYTES)
    if len(body) > MAX_BODY and besides_data_urls(body) > MAX_BODY:
        raise RequestTooLargeError(MAX_BODY)
    return body


def idempotency_key(event: APIGatewayProxyEventV2, *, required: bool = False) -> str | None:
    """The `Idempotency-Key` header, if there is one; raises `InvalidRequestError` where one is required."""
    key = event.headers.get("idempotency-key")
    name = "Idempotency-Key"
    if key is None and required:
        raise InvalidRequestError(
            Problem(name, f"{name}: this stack wants one, so that a retry is no second video")
        )
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidRequestError(Problem(name, f"{name}: 1 to 255 visible ASCII characters, without spaces"))
    return key


def attempt(event: APIGatewayProxyEventV2) -> Attempt:
    """Which attempt this is by the official SDKs' own count (`x-stainless-retry-count`), and when it arrived."""
    count = event.headers.get("x-stainless-retry-count", "0")
    retry = int(count) if _RETRY.fullmatch(count) else 0
    return Attempt(event.request_context.time_epoch, retry)


def content_query(event: APIGatewayProxyEventV2) -> ContentQuery:
    """The query of `/content`: `variant` (default `video`), `index` (0), `redirect` (true)."""
    query: Mapping[str, str] = event.query_string_parameters
    index, redirect = query.get("index", "0"), query.get("redirect", "true")
    problems = []
    if not _INDEX.fullmatch(index):
        problems.append(Problem("index", "index: a number from 0 to 7"))
    if redirect not in ("true", "false"):
        problems.append(Problem("redirect", "redirect: true or false"))
    if problems:
        raise InvalidRequestError(*problems)
    variant = query.get("variant", "video")
    if variant not in _VARIANTS:
        raise ArtifactNotFoundError(f"There is no variant {shown(variant)}; there are video and last_frame.")
    return ContentQuery(variant, int(index), redirect == "true")


def _type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _bounded(body: bytes, most: int) -> bytes:
    if len(body) > most:
        raise RequestTooLargeError(most)
    return body


def _bytes(event: APIGatewayProxyEventV2) -> bytes:
    body = event.body or ""
    if not event.is_base64_encoded:
        return body.encode("utf-8", "surrogatepass")
    try:
        return b64decode(body, validate=True)
    except ValueError:
        raise InvalidRequestError(Problem(None, "The body is marked as base64 and is not.")) from None

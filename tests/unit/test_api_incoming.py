"""What a route reads from its event: the raw body, the idempotency key, the query of `/content`."""

from base64 import b64encode
from typing import Any

import pytest

from reelhook.api.errors import RequestTooLargeError, UnsupportedContentTypeError
from reelhook.api.incoming import MAX_BODY, ContentQuery, attempt, content_query, idempotency_key, json_body
from reelhook.domain.errors.requests import ArtifactNotFoundError, InvalidRequestError
from reelhook.domain.fingerprint import Attempt
from tests.api import incoming


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"Content-Type": "Application/JSON; charset=utf-8"},
        {"content-type": ""},
        {},
    ],
)
def test_json_or_no_content_type_is_read(headers: dict[str, str]) -> None:
    assert json_body(incoming(headers=headers, body='{"prompt": "é"}')) == '{"prompt": "é"}'.encode()


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/jsonl",
        "application/json, text/plain",
    ],
)
def test_another_content_type_is_refused_naming_what_is_accepted(content_type: str) -> None:
    with pytest.raises(UnsupportedContentTypeError, match="send application/json"):
        json_body(incoming(headers={"content-type": content_type}, body="{}"))


def test_a_body_in_base64_is_decoded_to_its_raw_bytes() -> None:
    raw = b'{"prompt": "\xff"}'

    assert json_body(incoming(headers={}, body=b64encode(raw).decode(), isBase64Encoded=True)) == raw


@pytest.mark.parametrize("body", ["{}", "YQ", "YQ==\n!", "é"])
def test_a_body_that_is_not_the_base64_it_claims_to_be_is_refused(body: str) -> None:
    with pytest.raises(InvalidRequestError, match="marked as base64"):
        json_body(incoming(headers={}, body=body, isBase64Encoded=True))


@pytest.mark.parametrize("parts", [{}, {"body": None}, {"body": "", "isBase64Encoded": True}])
def test_no_body_is_an_empty_one(parts: dict[str, Any]) -> None:
    assert json_body(incoming(**parts)) == b""


def test_half_a_character_in_the_event_becomes_bytes_that_no_reader_takes_for_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        json_body(incoming(body="\ud800")).decode()


def test_a_body_larger_than_any_request_is_refused_before_it_is_read() -> None:
    assert len(json_body(incoming(body="x" * MAX_BODY))) == MAX_BODY
    with pytest.raises(RequestTooLargeError, match="more than 524288 bytes"):
        json_body(incoming(body="x" * (MAX_BODY + 1)))


@pytest.mark.parametrize("name", ["Idempotency-Key", "idempotency-key", "IDEMPOTENCY-KEY"])
@pytest.mark.parametrize("key", ["a", "!~", "k" * 255, "8e03978e-40d5-43e8-bc93-6894a57f9324"])
def test_an_idempotency_key_is_read_in_any_case(name: str, key: str) -> None:
    assert idempotency_key(incoming(headers={name: key})) == key


def test_no_idempotency_key_is_none() -> None:
    assert idempotency_key(incoming(headers={})) is None


@pytest.mark.parametrize("key", ["", " ", "a b", "k" * 256, "é", "a\n", "a\x00"])
def test_an_unusable_idempotency_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        idempotency_key(incoming(headers={"idempotency-key": key}))

    assert [problem.param for problem in refused.value.problems] == ["Idempotency-Key"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (None, ContentQuery("video", 0, True)),
        ({"redirect": "false"}, ContentQuery("video", 0, False)),
        ({"index": "7", "redirect": "true"}, ContentQuery("video", 7, True)),
        ({"variant": "last_frame"}, ContentQuery("last_frame", 0, True)),
    ],
)
def test_the_query_says_which_file_and_how(query: dict[str, str] | None, expected: ContentQuery) -> None:
    assert content_query(incoming(queryStringParameters=query)) == expected


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ({"redirect": "no"}, ["redirect"]),
        ({"redirect": "false,true"}, ["redirect"]),
        ({"redirect": ""}, ["redirect"]),
        ({"index": "8"}, ["index"]),
        ({"index": "-1"}, ["index"]),
        ({"index": "00"}, ["index"]),
        ({"index": "\u0663"}, ["index"]),
        ({"index": "x", "redirect": "1"}, ["index", "redirect"]),
    ],
)
def test_an_unusable_query_is_refused_by_name(query: dict[str, str], params: list[str]) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        content_query(incoming(queryStringParameters=query))

    assert [problem.param for problem in refused.value.problems] == params


@pytest.mark.parametrize("variant", ["thumbnail", "spritesheet", ""])
def test_a_variant_that_no_video_has_is_not_there(variant: str) -> None:
    with pytest.raises(ArtifactNotFoundError, match="there are video and last_frame"):
        content_query(incoming(queryStringParameters={"variant": variant}))


def test_a_missing_key_is_refused_where_one_is_required() -> None:
    with pytest.raises(InvalidRequestError, match="Idempotency-Key: this stack wants one"):
        idempotency_key(incoming(headers={}), required=True)

    assert idempotency_key(incoming(headers={"idempotency-key": "a"}), required=True) == "a"


@pytest.mark.parametrize(
    ("headers", "retry"),
    [({}, 0), ({"x-stainless-retry-count": "0"}, 0), ({"X-Stainless-Retry-Count": "2"}, 2)]
    + [({"x-stainless-retry-count": odd}, 0) for odd in ("", "-1", "1.0", "\u0661", "9999", "one")],
)
def test_an_attempt_is_counted_by_the_sdk_and_arrives_when_the_gateway_says(
    headers: dict[str, str], retry: int
) -> None:
    event = incoming(headers=headers)

    assert attempt(event) == Attempt(event.request_context.time_epoch, retry)

"""Bodies just below and just above each limit, of ours and of AWS: each is answered, as the document says.

Our own: 512 KiB besides media. Lambda: 6 MiB of event, in which JSON is text and a form is base64. API Gateway: 10 MB.
"""

import json
from base64 import b64encode
from collections.abc import Mapping

import httpx
import pytest

from tests.images import a_png
from tests.integration.auditing import assert_refused
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until
from tests.openapi import DOCUMENT, faults

JSON, FORM = {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data; boundary=cut"}
EVENT, GATEWAY = 6 * 1024 * 1024, 10 * 1024 * 1024
REST = 5_000  # more than the rest of an event: headers, path, quotes
GATEWAYS = {"message": "Request Entity Too Large"}
ERRORS = DOCUMENT["paths"]["/v1/videos"]["post"]["responses"]


def with_image(size: int) -> bytes:
    """A JSON request of exactly this many bytes, nearly all of them an image."""
    whole = 3 * ((size - 400) // 4)
    url = "data:image/png;base64," + b64encode(a_png(whole - len(a_png(1)) + 1)).decode()
    body = json.dumps({"prompt": PROMPT, "input_reference": {"image_url": url}}).encode()
    return body + b" " * (size - len(body))


def with_text(size: int) -> bytes:
    """A JSON request of exactly this many bytes, none of them an image; its metadata is beyond what may be."""
    body = json.dumps({"prompt": PROMPT, "metadata": {"a": ""}}).encode()
    return body.replace(b'""', b'"' + b"x" * (size - len(body)) + b'"')


def form(size: int) -> bytes:
    """A form of exactly this many bytes, nearly all of them an image."""
    text = b'--cut\r\nContent-Disposition: form-data; name="prompt"\r\n\r\n' + PROMPT.encode() + b"\r\n"
    file = b'--cut\r\nContent-Disposition: form-data; name="input_reference"; filename="a.png"\r\n\r\n'
    end = b"\r\n--cut--\r\n"
    image = a_png(size - len(text + file + end) - len(a_png(1)) + 1)
    return text + file + image + end


def post(stack: Driver, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """The answer, which is as the document says."""
    answer = stack.api.post("/v1/videos", content=body, headers=headers)
    told = ERRORS[str(answer.status_code)]["content"]["application/json"]["schema"]
    assert faults(told, answer.json()) == []
    return answer


@pytest.mark.parametrize(
    ("body", "headers"),
    [(with_image(EVENT - REST), JSON), (form((EVENT - REST) * 3 // 4), FORM)],
    ids=["JSON", "form"],
)
def test_an_image_that_just_fits_is_taken_whole(stack: Driver, body: bytes, headers: dict[str, str]) -> None:
    answer = post(stack, body, headers)

    assert answer.status_code == 202, answer.text
    (task,) = until(lambda: stack.provider.tasks(answer.json()["id"]), bool, 15)
    (link,) = task["body"]["input"]["image_urls"]
    image = httpx.get(link, trust_env=False).content
    assert (image if headers is FORM else b64encode(image)) in body
    assert len(image) > 4_700_000


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (with_image(EVENT + 1), JSON),
        (form(EVENT * 3 // 4 + 3), FORM),
        (with_image(GATEWAY), JSON),
        (form(GATEWAY), FORM),
        (with_image(GATEWAY + 1), JSON),
        (form(GATEWAY + 1), FORM),
    ],
    ids=lambda value: len(value) if isinstance(value, bytes) else "",
)
def test_what_is_beyond_aws_is_answered_by_the_gateway_in_its_own_shape(
    stack: Driver, body: bytes, headers: dict[str, str]
) -> None:
    answer = post(stack, body, headers)

    assert (answer.status_code, answer.json()) == (413, GATEWAYS)
    assert stack.provider.requests() == []


@pytest.mark.parametrize(
    ("size", "status", "code"),
    [
        (512 * 1024, 400, "invalid_request"),  # read, and its field refused
        (512 * 1024 + 1, 413, "request_too_large"),
        (EVENT - REST, 413, "request_too_large"),
    ],
)
def test_text_beyond_what_any_request_needs_is_refused_in_our_shape(
    stack: Driver, size: int, status: int, code: str
) -> None:
    assert_refused(post(stack, with_text(size), JSON), status, code)
    assert stack.provider.requests() == []


@pytest.mark.parametrize(
    ("size", "kind"),
    [
        (EVENT - REST, "text/plain"),
        ((EVENT - REST) * 3 // 4, "image/png"),
    ],  # one comes as text, one as base64
)
def test_another_kind_of_body_is_415_however_large_it_is(stack: Driver, size: int, kind: str) -> None:
    answer = post(stack, b"x" * size, {"Content-Type": kind})

    assert_refused(answer, 415, "unsupported_content_type")


def test_a_body_of_unknown_length_is_answered_too(stack: Driver) -> None:
    """Sent in chunks, as a pipe is."""
    body = with_text(512 * 1024 + 1)
    pieces = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    assert_refused(stack.api.post("/v1/videos", content=pieces, headers=JSON), 413, "request_too_large")
    endless = stack.api.post("/v1/videos", content=(b"x" * 65_536 for _ in range(200)), headers=JSON)
    assert (endless.status_code, endless.json()) == (413, GATEWAYS)

"""API Gateway's and Lambda's limits for one request: its head, its body, and the event that it becomes."""

import json
import re
from collections.abc import Iterable
from email.message import Message
from io import BufferedIOBase

HEAD_BYTES = 10_240  # request line and header values together
BODY_BYTES = 10 * 1024 * 1024
EVENT_BYTES = 6 * 1024 * 1024  # what Lambda takes and gives, with a body that is not text as base64
CONTEXT_BYTES = (
    1_024  # an event without headers and body: events/submit_video.json has 571, a path may be longer
)
INTEGRATION_SECONDS = 30

_TEXT = re.compile(r"\s*(text/|application/(json|xml|javascript)\s*(;|$))", re.IGNORECASE)


class Refused(Exception):  # noqa: N818  # an answer, not an error
    """A request that the gateway answers by itself."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.content = json.dumps({"message": message}, separators=(",", ":")).encode()


def check_head(request_line: str, headers: Iterable[tuple[str, str]]) -> None:
    """Refuse a head beyond the limit."""
    if len(request_line) + sum(len(name) + len(value) for name, value in headers) > HEAD_BYTES:
        raise Refused(431, "Request Header Fields Too Large")


def read_body(stream: BufferedIOBase, headers: Message) -> bytes:
    """The whole body, chunked or not, within both limits."""
    chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    body = _read_chunks(stream) if chunked else _read_length(stream, headers.get("Content-Length", "0"))
    head = len(json.dumps(dict(headers.items()))) + CONTEXT_BYTES
    if head + _in_event(body, headers.get("Content-Type", "")) > EVENT_BYTES:
        raise Refused(413, "Request Entity Too Large")
    return body


def _read_length(stream: BufferedIOBase, announced: str) -> bytes:
    if not announced.isdecimal():
        raise Refused(400, "Bad Request")
    if int(announced) > BODY_BYTES:
        raise Refused(413, "Request Entity Too Large")
    body = stream.read(int(announced))
    if len(body) < int(announced):
        raise Refused(400, "Bad Request")
    return body


def _read_chunks(stream: BufferedIOBase) -> bytes:
    body = bytearray()
    while size := _chunk_size(stream.readline(1024)):
        if len(body) + size > BODY_BYTES:
            raise Refused(413, "Request Entity Too Large")
        chunk = stream.read(size)
        if len(chunk) < size or stream.readline(3) != b"\r\n":
            raise Refused(400, "Bad Request")
        body += chunk
    while stream.readline(HEAD_BYTES).strip():  # trailers
        pass
    return bytes(body)


def _chunk_size(line: bytes) -> int:
    digits = line.split(b";")[0].strip()
    if not re.fullmatch(rb"[0-9A-Fa-f]{1,16}", digits):
        raise Refused(400, "Bad Request")
    return int(digits, 16)


def _in_event(body: bytes, content_type: str) -> int:
    """How many bytes of the function's event a body takes."""
    if len(body) * 6 < EVENT_BYTES:  # no encoding makes more of a byte
        return len(body)
    if _TEXT.match(content_type):
        return len(json.dumps(body.decode("utf-8", "replace"), ensure_ascii=False).encode())
    return -(-len(body) // 3) * 4

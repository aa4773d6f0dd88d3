"""What can become of one HTTP exchange: the connection, whether the request arrives, and what comes back, in pieces."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from reelhook.domain.time import HOUR, SECOND


class Lost(Enum):
    """How a connection breaks."""

    REFUSED = auto()
    TIMEOUT = auto()
    RESET = auto()


type Piece = bytes | int | Lost  # bytes that come, a silence (ms), an end by force
type Answer = Callable[["Reply"], list[Piece]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other side means to answer."""

    status: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def wire(self) -> bytes:
        """As it is sent."""
        return self.head + self.body

    @property
    def head(self) -> bytes:
        """Status line and headers, the length among them."""
        lines = [("Content-Length", str(len(self.body))), *self.headers]
        told = "".join(f"{name}: {value}\r\n" for name, value in lines)
        return f"HTTP/1.1 {self.status}\r\n{told}\r\n".encode()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange. `arrives`: the other side gets the request, and does what it asks."""

    connect: Lost | None = None
    write: Lost | None = None
    arrives: bool = True
    answer: Answer = lambda reply: [reply.wire]


def says(status: str, body: bytes = b"", **headers: str) -> Answer:
    """This, whatever was meant."""
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda _: [Reply(status, body, told).wire]


def _body(make: Callable[[bytes], bytes], *headers: tuple[str, str]) -> Answer:
    return lambda reply: [replace(reply, body=make(reply.body), headers=headers).wire]


def _dripping(every: int) -> Answer:
    return lambda reply: [piece for byte in reply.wire for piece in (every, bytes([byte]))]


GOOD = Exchange()
FOREVER = HOUR
NOT_SENT = {
    "connect refused": Exchange(connect=Lost.REFUSED, arrives=False),
    "connect timeout": Exchange(connect=Lost.TIMEOUT, arrives=False),
}
# After any of these nobody can say whether the request was taken; here it was.
UNCLEAR = {
    "reset while writing": Exchange(write=Lost.RESET, answer=lambda _: [Lost.RESET]),
    "time-out while writing": Exchange(write=Lost.TIMEOUT),
    "silence": Exchange(answer=lambda _: [FOREVER]),
    "reset": Exchange(answer=lambda _: [Lost.RESET]),
    "closed": Exchange(answer=lambda _: []),
    "closed in the head": Exchange(answer=lambda reply: [reply.head[:20]]),
    "closed in the body": Exchange(answer=lambda reply: [reply.wire[:-9]]),
    "reset in the body": Exchange(answer=lambda reply: [reply.wire[:-9], Lost.RESET]),
    "silence in the body": Exchange(answer=lambda reply: [reply.wire[:-9], FOREVER]),
    "a byte a second": Exchange(answer=_dripping(SECOND)),
    "no HTTP": Exchange(answer=lambda _: [b"220 mail.example ESMTP\r\n"]),
    "truncated JSON": Exchange(answer=_body(lambda body: body[:-9])),
    "duplicate keys": Exchange(answer=_body(lambda body: b'{"code": 400, ' + body[1:])),
    "a huge body": Exchange(answer=_body(lambda body: body[:-1] + b" " * 70_000 + b"}")),
    "gzip": Exchange(answer=_body(gzip.compress, ("Content-Encoding", "gzip"))),
    "an array": Exchange(answer=_body(lambda body: b"[" + body + b"]")),
    "nothing": Exchange(answer=_body(lambda _: b"")),
    "a redirect": Exchange(answer=says("307 Temporary Redirect", Location="http://elsewhere.example/")),
    "500": Exchange(answer=says("500 Internal Server Error", b'{"code": 500, "message": "error"}')),
    "502 in HTML": Exchange(answer=says("502 Bad Gateway", b"<html>502</html>", Content_Type="text/html")),
    "504": Exchange(answer=says("504 Gateway Timeout", b'{"code": 504, "message": "timeout"}')),
    "200 with code 500": Exchange(answer=says("200 OK", b'{"code": 500, "message": "error"}')),
}
LATER = {
    "429": Exchange(arrives=False, answer=says("429 Too Many", b'{"code": 429, "message": "limit"}')),
    "429 in 5 min": Exchange(arrives=False, answer=says("429 Too Many", b"{}", Retry_After="300")),
    "200 with code 429": Exchange(arrives=False, answer=says("200 OK", b'{"code": 429, "message": "limit"}')),
}
REFUSED = {
    f"{status}": Exchange(
        arrives=False, answer=says(f"{status} No", b'{"code": %d, "message": "no"}' % status)
    )
    for status in (400, 401, 402, 403, 404, 422)
} | {"200 with code 400": Exchange(arrives=False, answer=says("200 OK", b'{"code": 400, "message": "no"}'))}


def _told(http: str, code: int, /, **data: object) -> Exchange:
    return Exchange(answer=says(http, json.dumps({"code": code, "message": "m", "data": data}).encode()))


def without_id(well: int, name: str) -> dict[str, Exchange]:
    """What an acceptance may be with no id, a bad one, or one too many; `well` and `name` are the provider's words."""
    return {
        "no task id": _told("200 OK", well),
        "an empty task id": _told("200 OK", well, **{name: ""}),
        "a task id of 300": _told("200 OK", well, **{name: "t" * 300}),
        "a task id with a line end": _told("200 OK", well, **{name: "t\n"}),
        "a number as task id": _told("200 OK", well, **{name: 7}),
        "429 with a task id": _told("429 Busy", 429, **{name: "task-1"}),
        "400 with a task id": _told("400 Bad", 400, **{name: "task-1"}),
    }


# What an answer about a task, or a file, may be besides.
def no_status(well: int, name: str, state: str) -> dict[str, Exchange]:
    """Answers about a task that say nothing of this one."""
    return {
        "another task": _told("200 OK", well, **{name: "x", state: "failed"}),
        "no state": _told("200 OK", well, **{name: "task-1"}),
        "an unknown state": _told("200 OK", well, **{state: "musing"}),
        "success without links": _told("200 OK", well, **{state: "success"}),
    }


NO_FILE = {
    "404": Exchange(answer=says("404 Not Found")),
    "403": Exchange(answer=says("403 Forbidden", b"<Error/>", Content_Type="application/xml")),
    "416": Exchange(answer=says("416 Range Not Satisfiable")),
    "a part": Exchange(answer=says("206 Partial Content", b"x" * 100, Content_Range="bytes 0-99/500")),
    "a page": Exchange(answer=says("200 OK", b"<html>Soon</html>" * 40, Content_Type="text/html")),
    "chunks without end": Exchange(
        answer=lambda reply: [
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(reply.body),
            reply.body[:300],
        ]
    ),
}
BREAKS = {  # of the unclear ones, those that mean nothing to a reader of JSON only
    name: exchange
    for name, exchange in UNCLEAR.items()
    if name not in ("truncated JSON", "duplicate keys", "a huge body", "an array")
}

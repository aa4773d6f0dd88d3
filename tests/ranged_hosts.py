"""A host that answers ranges as RFC 9110 has it, and misbehaves in the ranges and ways that a test names."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.hosts import Behaviour, Host, answer, head, hosting

type Misbehaviour = Callable[[int, int, bytes], Behaviour]  # of start, stop and the whole


@dataclass
class Ranged:
    """What the host has. `bad` are the fates of GETs by where they start, one for each; `asked` is what was asked."""

    data: bytes
    headers: dict[str, str]
    bad: dict[int, list[Misbehaviour]]
    asked: list[tuple[int, int | None]] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self, request: bytes) -> Behaviour:
        """The behaviour that this request meets."""
        told = re.search(rb"\r\nRange: bytes=(\d+)-(\d*)\r\n", request)
        assert told is not None
        start, last = int(told[1]), int(told[2]) if told[2] else None
        condition = re.search(rb"\r\nIf-Range: (.*?)\r\n", request)
        with self._lock:
            self.asked.append((start, None if last is None else last + 1))
            self.conditions.append(condition[1].decode() if condition else "")
            fates = self.bad.get(start, [])
            fate = fates.pop(0) if fates else None
        stop = len(self.data) if last is None else last + 1
        return (fate or gives(headers=self.headers))(start, stop, self.data)


def gives(
    etag: str | None = None,
    *,
    shift: int = 0,
    total: int | None = None,
    length: int | None = None,
    headers: dict[str, str] | None = None,
) -> Misbehaviour:
    """A range; `shift` moves it, `total` and `length` are told in place of the true ones."""

    def make(start: int, stop: int, data: bytes) -> Behaviour:
        start, stop = start + shift, stop + shift
        told = {"Content-Range": f"bytes {start}-{stop - 1}/{len(data) if total is None else total}"}
        lines = (headers or {}) | ({} if etag is None else {"ETag": etag}) | told
        body = data[start:stop]
        lines["Content-Length"] = str(len(body) if length is None else length)
        return lambda connection: connection.sendall(head("206 Partial Content", lines) + body)

    return make


def cut_after(amount: int) -> Misbehaviour:
    """The connection ends after so many bytes of the range."""

    def make(start: int, stop: int, data: bytes) -> Behaviour:
        told = {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}", "Content-Length": str(stop - start)}
        body = data[start : min(start + amount, stop)]
        return lambda connection: connection.sendall(
            head("206 Partial Content", {"ETag": '"1"'} | told) + body
        )

    return make


def hanging_after(amount: int) -> Misbehaviour:
    """Nothing more comes after so many bytes of the range, until the other side hangs up."""

    def make(start: int, stop: int, data: bytes) -> Behaviour:
        send = cut_after(amount)(start, stop, data)

        def hang(connection: socket.socket) -> None:
            send(connection)
            connection.settimeout(None)
            connection.recv(1)

        return hang

    return make


def says(status: str) -> Misbehaviour:
    """This status and nothing else, whatever was asked for."""
    return lambda *_: answer(status=status, Location="http://127.0.0.1:1/")


def whole(etag: str) -> Misbehaviour:
    """200 and all of it."""
    return lambda _start, _stop, data: answer(data, ETag=etag)


@contextmanager
def hosting_ranges(
    data: bytes,
    headers: dict[str, str] | None = None,
    bad: dict[int, list[Misbehaviour]] | None = None,
) -> Iterator[tuple[Host, Ranged]]:
    """Such a host for as long as the test needs it."""
    ranged = Ranged(data, headers or {"ETag": '"1"'}, bad or {})
    with hosting(choose=ranged.choose) as host:
        yield host, ranged

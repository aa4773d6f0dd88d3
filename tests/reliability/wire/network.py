"""A network in virtual time under the real HTTP clients: httpcore's (provider) and urllib3's (results)."""

import io
from collections import Counter, deque
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest.mock import patch

import httpcore
from urllib3.util import connection

from reelhook.domain.time import SECOND, Instant
from reelhook.providers import exchange
from tests.reliability.wire.faults import GOOD, Exchange, Lost, Piece, Reply

type Serve = Callable[[bytes, bool], Reply]


class Network:
    """Carries each exchange to `serve` as its plan says; a plan is a list per kind, then everything is good."""

    def __init__(
        self,
        clock: Callable[[], Instant],
        wait: Callable[[int], None],
        alive: Callable[[], object],
        serve: Serve,
    ) -> None:
        self._clock, self.wait, self.alive, self.serve = clock, wait, alive, serve
        self.plan: dict[str, list[Exchange]] = {}
        self.seen: Counter[str] = Counter()
        self.asking = ""  # what the provider is asked for now

    def carries_everything(self) -> AbstractContextManager[object]:
        """Nothing of the clients is replaced but the sockets below them, and the clock of their deadlines."""
        stack = ExitStack()
        stack.enter_context(patch.object(httpcore.SyncBackend, "connect_tcp", self._connect_provider))
        stack.enter_context(patch.object(connection, "create_connection", self._connect_host))
        stack.enter_context(patch.object(exchange, "monotonic", lambda: self._clock() / SECOND))
        return stack

    def next_of(self, kind: str) -> Exchange:
        """The plan of the exchange that begins."""
        self.seen[kind] += 1
        planned = self.plan.get(kind, [])
        return planned.pop(0) if planned else GOOD

    def _connect_provider(
        self, _host: str, _port: int, timeout: float | None = None, *_more: Any
    ) -> "Stream":
        return Stream(Line(self, self.asking, timeout, _HTTPCORE))

    def _connect_host(self, _address: tuple[str, int], timeout: float, **_more: Any) -> "Plug":
        return Plug(Line(self, "result", timeout, _SOCKET))


_HTTPCORE: dict[tuple[str, Lost], type[Exception]] = {
    ("connect", Lost.REFUSED): httpcore.ConnectError,
    ("connect", Lost.TIMEOUT): httpcore.ConnectTimeout,
    ("write", Lost.RESET): httpcore.WriteError,
    ("write", Lost.TIMEOUT): httpcore.WriteTimeout,
    ("read", Lost.RESET): httpcore.ReadError,
    ("read", Lost.TIMEOUT): httpcore.ReadTimeout,
}
_SOCKET: dict[tuple[str, Lost], type[Exception]] = {
    ("connect", Lost.REFUSED): ConnectionRefusedError,
    ("connect", Lost.TIMEOUT): TimeoutError,
    ("write", Lost.RESET): BrokenPipeError,
    ("write", Lost.TIMEOUT): TimeoutError,
    ("read", Lost.RESET): ConnectionResetError,
    ("read", Lost.TIMEOUT): TimeoutError,
}


class Line:
    """One connection, as its plan says, with the errors of whoever uses it."""

    def __init__(
        self,
        network: Network,
        kind: str,
        timeout: float | None,
        errors: dict[tuple[str, Lost], type[Exception]],
    ) -> None:
        self._network, self._errors = network, errors
        self.timeout = timeout
        self._plan = network.next_of(kind)
        self._asked, self._pieces = b"", deque[Piece]()
        self._whole = False
        if self._plan.connect is not None:
            self._breaks("connect", self._plan.connect)

    def write(self, data: bytes) -> None:
        """A part of the request; once it is whole, the other side acts."""
        self._network.alive()
        self._asked += data
        head, end, body = self._asked.partition(b"\r\n\r\n")
        length = next(
            (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b":0"
        )
        if self._whole or not end or len(body) < int(length.partition(b":")[2]):
            return
        self._whole, clean = True, self._plan is GOOD
        reply = (
            self._network.serve(self._asked, clean) if self._plan.arrives else Reply("500 Never Seen", b"")
        )
        self._pieces = deque(self._plan.answer(reply))
        if self._plan.write is not None:
            self._breaks("write", self._plan.write)

    def read(self, amount: int) -> bytes:
        """What comes next; nothing at the end."""
        while self._pieces:
            piece = self._pieces.popleft()
            match piece:
                case Lost():
                    self._breaks("read", piece)
                case int() if self.timeout is not None and piece > self.timeout * SECOND:
                    self._breaks("read", Lost.TIMEOUT)
                case int():
                    self._network.wait(piece)
                case bytes():
                    self._pieces.extendleft([rest] if (rest := piece[amount:]) else [])
                    return piece[:amount]
        return b""

    def _breaks(self, doing: str, how: Lost) -> None:
        if how is Lost.TIMEOUT:
            self._network.wait(-(-int((self.timeout or 0) * SECOND * 1_000) // 1_000))
        raise self._errors[doing, how]("as planned")


class Stream(httpcore.NetworkStream):
    """A line as httpcore sees it."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._line.timeout = timeout
        return self._line.read(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.timeout = timeout
        self._line.write(buffer)

    def close(self) -> None:
        """Nothing is open."""

    def get_extra_info(self, info: str) -> Any:  # noqa: ARG002 - httpcore's words
        return None


class _Raw(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._line.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Plug:
    """A line as urllib3 sees it: a socket."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def settimeout(self, seconds: float | None) -> None:
        self._line.timeout = seconds

    def sendall(self, data: bytes) -> None:
        self._line.write(bytes(data))

    def makefile(self, _mode: str, *_more: Any) -> io.BufferedReader:
        return io.BufferedReader(_Raw(self._line))

    def shutdown(self, _how: int) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open."""

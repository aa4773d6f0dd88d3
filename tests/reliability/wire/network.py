"""A network in virtual time under the real HTTP clients: httpcore's (provider) and urllib3's (results)."""

import io
from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest.mock import patch

import httpcore
from urllib3.util import connection

from reelhook.domain.time import SECOND
from reelhook.wire import exchange
from tests.reliability.wire.lines import HTTPCORE, SOCKET, Line, Lines


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


class Network(Lines):
    """The lines as both clients find them, and nothing else of the clients replaced."""

    def carries_everything(self) -> AbstractContextManager[object]:
        """Nothing of the clients is replaced but the sockets below them, and the clock of their deadlines."""
        stack = ExitStack()
        stack.enter_context(patch.object(httpcore.SyncBackend, "connect_tcp", self._connect_provider))
        stack.enter_context(patch.object(connection, "create_connection", self._connect_host))
        stack.enter_context(patch.object(exchange, "monotonic", lambda: self.clock() / SECOND))
        return stack

    def _connect_provider(
        self, _host: str, _port: int, timeout: float | None = None, *_more: Any
    ) -> "Stream":
        return Stream(Line(self, self.asking, timeout, HTTPCORE))

    def _connect_host(self, _address: tuple[str, int], timeout: float, **_more: Any) -> "Plug":
        return Plug(Line(self, "result", timeout, SOCKET))

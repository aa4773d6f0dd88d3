"""HTTP itself: a threaded server, and one exchange: reading a request, answering it, or failing to in a chosen way."""

import contextlib
import json
import socket
import struct
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, Never
from urllib.parse import parse_qsl, unquote, urlsplit

from sandbox.provider.journal import Request


class DisconnectedError(Exception):
    """The connection is gone, by our doing or the client's."""


class Exchange(BaseHTTPRequestHandler):
    """What the routes need of a request; `entry` is its line in the journal, once it has one.

    `more_headers` go into its answer, whatever that is.
    """

    protocol_version = "HTTP/1.1"
    server_version = "provider"
    sys_version = ""
    disable_nagle_algorithm = True
    entry: Request | None = None
    more_headers: Mapping[str, str] = MappingProxyType({})

    @property
    def parts(self) -> list[str]:
        """The decoded segments of the path."""
        return [unquote(part) for part in urlsplit(self.path).path.split("/")[1:]]

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return dict(parse_qsl(urlsplit(self.path).query))

    def begin(self, provider: str, kind: str, task_id: str | None = None) -> Request:
        """Describe this request for the journal."""
        authorized, wanted = "Authorization" in self.headers, self.headers.get("Range")
        return Request(provider, kind, self.command, self.path, wanted, authorized, task_id)

    def read_body(self) -> bytes:
        """The whole request body."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer_json(self, status: int, payload: Any, headers: Mapping[str, str] | None = None) -> None:
        """Answer with JSON."""
        self.answer(status, json.dumps(payload).encode(), "application/json", headers)

    def answer(
        self, status: int, body: bytes, content_type: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer with a body of known length."""
        fields = {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}
        if self.entry:  # before it is sent, so that who has read the answer finds it ended
            self.entry.ended_at = time.time()
        self.answer_head(status, fields)
        if self.command != "HEAD":
            self.write(body)

    def answer_head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        if self.entry:
            self.entry.status = status
        self.send_response(status)
        for name, value in {**headers, **self.more_headers}.items():
            self.send_header(name, value)
        try:
            self.end_headers()
        except OSError as error:
            raise DisconnectedError(type(error).__name__) from error

    def write(self, data: bytes, framing: bool = False) -> None:
        """Send a piece of the body; framing does not count as bytes served.

        Counted before it is sent, so that who has read it finds it counted.
        """
        counted = len(data) if self.entry and not framing else 0
        if self.entry:
            self.entry.bytes += counted
        try:
            self.wfile.write(data)
        except OSError as error:
            if self.entry:
                self.entry.bytes -= counted
            raise DisconnectedError(type(error).__name__) from error

    def reset(self) -> Never:
        """Drop the connection with a TCP reset."""
        if self.entry:
            self.entry.error = "reset by us"
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        raise DisconnectedError("reset by us")

    def cut(self) -> Never:
        """Close the connection in the middle of an answer."""
        raise DisconnectedError("cut by us")

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: paths are in the journal, and callback URLs hold secrets."""


class Server(ThreadingHTTPServer):
    """Threads that never keep the process alive, and connections that end with the server."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], handler: type[Exchange]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def hang_up(self, but: socket.socket | None = None) -> None:
        """End every open connection, perhaps but one."""
        for request in self._open - {but}:
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

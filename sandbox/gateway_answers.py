"""How the front proxy answers: API Gateway's headers and its own short messages."""

import contextlib
import socket
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from sandbox.limits import Refused

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server", "expect"}
SET_BY_GATEWAY = {
    "host",
    "x-forwarded-for",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-sandbox-request-id",
    "apigw-requestid",
}
HEAR_OUT_SECONDS = 2.0
NO_CONTENT = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class GatewayHandler(BaseHTTPRequestHandler):
    """A connection that answers as API Gateway does."""

    protocol_version = default_request_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    timeout = 60  # of an idle connection

    def answer(
        self, status: int, content: bytes, headers: list[tuple[str, str]], request_id: str | None
    ) -> None:
        """Send a whole answer."""
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP | SET_BY_GATEWAY:
                self.send_header(name, value)
        self.send_header("Date", self.date_time_string())
        if request_id is not None:
            self.send_header("Apigw-Requestid", request_id)
        if status not in NO_CONTENT:
            self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD" and status not in NO_CONTENT:
            self.wfile.write(content)

    def refuse(self, status: int, content: bytes, request_id: str | None) -> None:
        """The gateway's own answer; a body that was not read makes the connection useless."""
        self.close_connection = True
        self.answer(status, content, [("Content-Type", "application/json")], request_id)
        self._hear_out()

    def _hear_out(self) -> None:
        """Take what the client is still sending: closing over it would cost it our answer."""
        self.wfile.flush()
        until = time.monotonic() + HEAR_OUT_SECONDS
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(HEAR_OUT_SECONDS)
            while time.monotonic() < until and self.connection.recv(1 << 20):
                pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What http.server itself refuses (a broken request line, an unknown method), in the same shape."""
        self.refuse(code, Refused(code, HTTPStatus(code).phrase).content, None)

    def log_message(self, format: str, *args: object) -> None:
        """The access log says it better."""

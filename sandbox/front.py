"""The APIs' own addresses: http://127.0.0.1:PORT/v1/..., with the answers and limits of API Gateway."""

import base64
import errno
import http.client
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from http.server import ThreadingHTTPServer
from typing import Any

from sandbox.access_log import Exchange
from sandbox.errors import SandboxError
from sandbox.gateway_answers import HOP_BY_HOP, SET_BY_GATEWAY, GatewayHandler
from sandbox.limits import EVENT_BYTES, INTEGRATION_SECONDS, Refused, check_head, read_body

CALLBACKS = "/v1/callbacks/"
_FUNCTION_ERROR = re.compile(rb'\s*\{.*"error(Type|Message)"', re.DOTALL)


class Front(ThreadingHTTPServer):
    """Both APIs on one port: callbacks go to CallbackApi, everything else to Api."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, gateway_port: int, api_ids: Mapping[str, str]) -> None:
        self.gateway_port = gateway_port
        self.api_ids = api_ids
        self.integration_seconds: float = INTEGRATION_SECONDS
        self.told: Callable[[Exchange], None] | None = None  # hears of every exchange
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            free = port + 1 if port < 65535 else port - 1
            raise SandboxError(
                f"Port {port} is in use. Choose another one, for example SANDBOX_PORT={free}."
            ) from None

    @property
    def url(self) -> str:
        """Where both APIs answer."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are no news."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(GatewayHandler):
    """One client's connection."""

    server: Front

    def handle_any(self) -> None:
        """Pass a request on and answer it; whatever happens becomes one line of the access log."""
        exchange = Exchange(
            api="CallbackApi" if self.path.startswith(CALLBACKS) else "Api",
            method=self.command,
            path=self.path.partition("?")[0],
            protocol=self.request_version,
            source_ip=self.client_address[0],
            user_agent=self.headers.get("User-Agent", ""),
            started=time.time(),
            request_id=base64.b64encode(secrets.token_bytes(11)).decode(),
        )
        try:
            if not self.path.startswith("/"):
                raise Refused(400, "Bad Request")
            check_head(self.requestline, self.headers.items())
            answer, content = self._pass_on(read_body(self.rfile, self.headers), exchange)
        except Refused as refused:
            exchange.error = refused.message
            self._tell(exchange, refused.status, len(refused.content))
            self.refuse(refused.status, refused.content, exchange.request_id)
        else:
            self._tell(exchange, answer.status, len(content))
            self.answer(answer.status, content, answer.getheaders(), exchange.request_id)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = do_QUERY = handle_any  # noqa: N815

    def _tell(self, exchange: Exchange, status: int, length: int) -> None:
        """Put the exchange on record, before its answer is seen."""
        exchange.status, exchange.response_length = status, length
        if self.server.told is not None:
            self.server.told(exchange)

    def _pass_on(self, body: bytes, exchange: Exchange) -> tuple[http.client.HTTPResponse, bytes]:
        """The function's answer, read whole."""
        gateway = http.client.HTTPConnection(
            "127.0.0.1", self.server.gateway_port, timeout=self.server.integration_seconds
        )
        target = f"/_aws/execute-api/{self.server.api_ids[exchange.api]}/$default{self.path}"
        asked = time.monotonic()
        try:
            gateway.request(self.command, target, body, self._headers_for_function(exchange.request_id))
            answer = gateway.getresponse()
            content = answer.read()
        except TimeoutError:
            raise Refused(503, "Service Unavailable") from None
        except (OSError, http.client.HTTPException):
            raise Refused(500, "Internal Server Error") from None
        finally:
            gateway.close()
            exchange.integration_ms = round((time.monotonic() - asked) * 1000)
        exchange.integration_status = answer.status
        # The emulator tells the client what a failing function raised; API Gateway never does.
        if (answer.status == 502 and _FUNCTION_ERROR.match(content)) or len(content) > EVENT_BYTES:
            # Not every failure reaches the function's log: one while it starts is seen only here.
            print(f"A function behind {exchange.api} failed: {content[:500]!r}", file=sys.stderr, flush=True)
            raise Refused(500, "Internal Server Error")
        return answer, content

    def _headers_for_function(self, request_id: str) -> dict[str, str]:
        """The client's headers as API Gateway hands them on: repeated ones joined, its own added."""
        joined: dict[str, str] = {}
        for name, value in self.headers.items():
            if (lower := name.lower()) not in HOP_BY_HOP | SET_BY_GATEWAY:
                joined[lower] = f"{joined[lower]},{value}" if lower in joined else value
        return joined | {
            "host": f"127.0.0.1:{self.server.server_port}",
            "x-forwarded-for": self.client_address[0],
            "x-forwarded-port": str(self.server.server_port),
            "x-forwarded-proto": "http",
            "x-sandbox-request-id": request_id,
        }

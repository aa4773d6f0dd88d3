"""One HTTP exchange on a fresh connection, bounded in time and bytes: no retry, no redirect, no proxy, no encoding.

A connection kept for the next time would be dead after a Lambda's sleep, which a submit could not tell from a task
half sent. httpx bounds each read, not their sum, so that a byte per second never times out; `Bounded` bounds the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore
import httpx

from reelhook.wire.tls import TLS

MAX_BODY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `body` is none if it was encoded or longer than 64 KiB."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None


def exchange(
    request: httpx.Request,
    timeout: httpx.Timeout,
    seconds: float,
    transport: httpx.BaseTransport | None = None,
) -> Reply:
    """Sends one request, `seconds` at most in all; raises `httpx.TransportError`s. Tests give the transport."""
    until = monotonic() + seconds
    request.extensions = {"timeout": timeout.as_dict()}
    with httpx.Client(
        transport=transport or Bounded(until), trust_env=False, follow_redirects=False
    ) as client:
        response = client.send(request, stream=True)
        try:
            return Reply(response.status_code, response.headers, _body(response))
        finally:
            response.close()


def _body(response: httpx.Response) -> bytes | None:
    if response.headers.get("content-encoding", "identity") != "identity":
        return None
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


class Bounded(httpx.HTTPTransport):
    """httpx's own transport, whose connection obeys one deadline for everything.

    With an `address` it leads there, whatever the host's name leads to by now; certificate, SNI and Host stay the name's.
    """

    def __init__(self, until: float, address: str | None = None, context: SSLContext = TLS) -> None:
        super().__init__(verify=context, trust_env=False)
        # httpx lets nobody choose httpcore's backend, so the pool it built is replaced by one that does.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, network_backend=_Backend(until, address)
        )


class _Backend(httpcore.SyncBackend):
    def __init__(self, until: float, address: str | None) -> None:
        self._until, self._address = until, address

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _Stream(
            super().connect_tcp(self._address or host, port, left, local_address, socket_options), self._until
        )


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
    left = until - monotonic()
    if left <= 0:
        raise error("the whole took too long")
    return left if timeout is None else min(timeout, left)

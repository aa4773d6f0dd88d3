"""One GET on its own connection, which another thread may cut off at any moment, even between two headers.

A connection of its own knows no redirects, retries, proxies or environment: what is not there needs no switching off.
"""

import logging
import socket
from contextlib import suppress
from ssl import SSLContext

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from reelhook.adapters.origins import Origin, Place
from reelhook.adapters.result_answer import Asked

# It would log the whole link, signature and all, when an answer's headers are malformed.
logging.getLogger("urllib3.connection").setLevel(logging.CRITICAL)

_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "reelhook"}


class Exchange:
    """A request and its answer."""

    def __init__(self, place: Place, context: SSLContext) -> None:
        self._connection = _connection(place.origin, context)
        self._target = place.target
        self._socket: socket.socket | None = None
        self._answer: BaseHTTPResponse | None = None

    def connect(self, seconds: float) -> None:
        """Opens the connection; certificates are checked."""
        self._connection.timeout = seconds
        self._connection.connect()
        self._socket = self._connection.sock

    def ask(self, asked: Asked, read_seconds: float) -> BaseHTTPResponse:
        """Sends the request and reads the answer's headers."""
        self._connection.timeout = read_seconds
        self._connection.request(
            "GET",
            self._target,
            headers=_HEADERS | asked.headers,
            preload_content=False,
            decode_content=False,
        )
        self._answer = self._connection.getresponse()
        return self._answer

    def read(self, amount: int) -> bytes:
        """At most this many bytes as they came, none at the end."""
        return b"" if self._answer is None else self._answer.read(amount, decode_content=False)

    def cut(self) -> None:
        """Ends whatever another thread is waiting for here."""
        if self._socket is not None:
            with suppress(OSError):  # closed meanwhile
                # not SSLSocket's own, which would let a running read go on in ciphertext
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Ends the connection without reading what is left."""
        if self._answer is not None:
            self._answer.close()
        self._connection.close()


def _connection(origin: Origin, context: SSLContext) -> HTTPConnection:
    if origin.scheme == "https":
        return HTTPSConnection(origin.host, origin.port, ssl_context=context)
    return HTTPConnection(origin.host, origin.port)

"""One GET on its own connection, which another thread may cut off at any moment, even between two headers.

A connection of its own knows no redirects, retries, proxies or environment: what is not there needs no switching off.
"""

import logging
import re
import socket
from contextlib import suppress
from ssl import SSLContext

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from reelhook.adapters.origins import Origin, Place
from reelhook.domain.errors.results import LinkRefusedError, NotAVideoError, ResultUnavailableError

# It would log the whole link, signature and all, when an answer's headers are malformed.
logging.getLogger("urllib3.connection").setLevel(logging.CRITICAL)

_HEADERS = {"Accept-Encoding": "identity", "Range": "bytes=0-", "User-Agent": "reelhook"}
_WHOLE_RANGE = re.compile(r"bytes 0-([0-9]+)/([0-9]+)", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)


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

    def ask(self, read_seconds: float) -> None:
        """Sends the request and reads the answer's headers; raises what they mean if they are no video's."""
        self._connection.timeout = read_seconds
        self._connection.request(
            "GET", self._target, headers=_HEADERS, preload_content=False, decode_content=False
        )
        self._answer = self._connection.getresponse()
        _judge(self._answer)

    @property
    def size(self) -> int | None:
        """How many bytes the whole has, as announced by the answer."""
        return None if self._answer is None else _announced(self._answer)

    @property
    def etag(self) -> str | None:
        """The version of what is read, as the host names it."""
        return None if self._answer is None else self._answer.headers.get("ETag")

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


def _judge(answer: BaseHTTPResponse) -> None:
    if answer.status in (403, 404, 410):
        raise LinkRefusedError(answer.status)
    if 200 <= answer.status < 400 and answer.status not in (200, 206):
        raise NotAVideoError(f"the link answered {answer.status}")
    if answer.status not in (200, 206):
        raise ResultUnavailableError(f"the link answered {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise NotAVideoError("the link answered in an encoding that was not asked for")


def _announced(answer: BaseHTTPResponse) -> int | None:
    """The size by Content-Length or, of a 206, by its range, which must be the whole."""
    chunked = "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    told = None if chunked else answer.headers.get("Content-Length")
    if told is not None and _LENGTH.fullmatch(told) is None:
        raise ResultUnavailableError("the announced length is no number")
    length = None if told is None else int(told)
    if answer.status == 200:
        return length
    match = _WHOLE_RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    if match is None or int(match[1]) + 1 != int(match[2]) or length not in (None, int(match[2])):
        raise ResultUnavailableError("the answered range is not the whole")
    return int(match[2])

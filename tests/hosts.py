"""A host of results that behaves exactly as badly as a test says, on a real loopback socket."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

type Behaviour = Callable[[socket.socket], None]

STEP = 0.02  # seconds between two drops of a dripping host


class Host:
    """Plays one behaviour per connection, the last one for good; counts connections and keeps requests.

    With `choose`, each connection's behaviour is made from its request.
    """

    def __init__(
        self,
        *behaviours: Behaviour,
        context: ssl.SSLContext | None = None,
        choose: Callable[[bytes], Behaviour] | None = None,
    ) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        self._behaviours, self._context, self._choose = list(behaviours), context, choose
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self.connections = 0
        self.requests: list[bytes] = []
        self.port = self._listener.getsockname()[1]
        self.origin = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self._spawn(self._accept)

    def link(self, path: str = "/video.mp4") -> str:
        """A link to this host."""
        return self.origin + path

    def stop(self) -> None:
        """Ends every connection."""
        self._stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(2)

    def _spawn(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                behaviour = None
                if self._choose is None:
                    behaviour = self._behaviours[min(self.connections, len(self._behaviours) - 1)]
                self.connections += 1
                self._spawn(self._serve, connection, behaviour)

    def _serve(self, connection: socket.socket, behaviour: Behaviour | None) -> None:
        with suppress(OSError), connection:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            connection.settimeout(2)
            request = _head(connection)
            self.requests.append(request)
            if request and self._choose is not None:  # else cut before it could ask
                behaviour = self._choose(request)
            if behaviour is not None:
                behaviour(connection)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            connection.close()


def _head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n") and (byte := connection.recv(1)):
        head += byte
    return head


@contextmanager
def hosting(
    *behaviours: Behaviour,
    context: ssl.SSLContext | None = None,
    choose: Callable[[bytes], Behaviour] | None = None,
) -> Iterator[Host]:
    """A host for as long as the test needs it."""
    host = Host(*behaviours, context=context, choose=choose)
    try:
        yield host
    finally:
        host.stop()


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = -1, **headers: str) -> Behaviour:
    """One answer; `length` -1 announces the body's own, `None` none. `Content_Range` is sent as Content-Range."""
    lines = {name.replace("_", "-"): value for name, value in headers.items()}
    if length is not None:
        lines["Content-Length"] = str(len(body) if length == -1 else length)
    return lambda connection: connection.sendall(head(status, lines) + body)


def partial(body: bytes, content_range: str | None = None, **headers: str) -> Behaviour:
    """A 206 with the whole, or with another claim."""
    told = content_range if content_range is not None else f"bytes 0-{len(body) - 1}/{len(body)}"
    lines: Any = headers  # a length among them is announced as it is
    return answer(body, "206 Partial Content", Content_Range=told, **lines)


def chunked(*chunks: bytes, status: str = "200 OK", ended: bool = True, **headers: str) -> Behaviour:
    """A body in chunks, with or without the last, empty one."""
    lines = {name.replace("_", "-"): value for name, value in headers.items()} | {
        "Transfer-Encoding": "chunked"
    }
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return lambda connection: connection.sendall(
        head(status, lines) + body + (b"0\r\n\r\n" if ended else b"")
    )


def dripping(first: bytes, drops: bytes) -> Behaviour:
    """Sends the beginning at once and the rest byte by byte, each well within any read time-out."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(first)
        wait = threading.Event()
        for drop in drops:
            wait.wait(STEP)
            connection.sendall(bytes([drop]))

    return drip


def hanging(first: bytes = b"") -> Behaviour:
    """Sends the beginning and then nothing, until the other side hangs up."""

    def hang(connection: socket.socket) -> None:
        connection.sendall(first)
        connection.recv(1)

    return hang


def head(status: str = "200 OK", lines: dict[str, str] | None = None) -> bytes:
    """Status line and headers."""
    told = "".join(f"{name}: {value}\r\n" for name, value in (lines or {}).items())
    return f"HTTP/1.1 {status}\r\n{told}\r\n".encode()

"""A server on loopback that misbehaves as told, for what only real sockets show."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

type Serve = Callable[[socket.socket, Event], None]


class Server:
    """Accepts connections on loopback one after the other; `seen` holds what each of them sent first."""

    def __init__(self, serve: Serve, *, listens: bool = True) -> None:
        self.seen: list[bytes] = []
        self._listens = listens
        self.over = Event()
        self._serve = serve
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection, suppress(OSError):
                    if self._listens:
                        self.seen.append(_received(connection))
                    self._serve(connection, self.over)

    def close(self) -> None:
        self.over.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


def _received(connection: socket.socket) -> bytes:
    raw = b""
    while chunk := connection.recv(65_536):
        raw += chunk
        head, end, body = raw.partition(b"\r\n\r\n")
        length = next((line for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), b":0")
        if end and len(body) >= int(length.split(b":")[1]):
            break
    return raw


@contextmanager
def serving(serve: Serve, *, listens: bool = True) -> Iterator[Server]:
    server = Server(serve, listens=listens)
    try:
        yield server
    finally:
        server.close()


def answering(body: bytes, head: bytes = b"HTTP/1.1 200 OK") -> Serve:
    whole = head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    return lambda connection, _: connection.sendall(whole)


def silent(_: socket.socket, over: Event) -> None:
    over.wait(10)


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"

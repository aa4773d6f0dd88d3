"""A proxy that cuts the first connection once its request has passed, as a network does: the answer is lost."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def cut_after_the_request(url: str) -> Iterator[str]:
    """Its address; the first answer is waited for and never passed on, the later ones are."""
    target = urlsplit(url)
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        first = True
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            upstream = socket.create_connection((target.hostname or "", target.port or 80), timeout=40)
            threading.Thread(target=_copy, args=(client, upstream, False), daemon=True).start()
            threading.Thread(target=_copy, args=(upstream, client, first), daemon=True).start()
            first = False

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def _copy(source: socket.socket, target: socket.socket, cut: bool) -> None:
    """Bytes from one side to the other until either ends; or, to be cut, nothing once there is an answer."""
    try:
        while (data := source.recv(65_536)) and not cut:
            target.sendall(data)
    except OSError:
        pass
    finally:
        for side in (source, target):
            try:
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

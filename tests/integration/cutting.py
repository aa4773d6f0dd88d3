"""A proxy that cuts the first connection once its request has passed, as a network does: the answer is lost."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def cut_after_the_request(url: str, at_once: bool = False) -> Iterator[str]:
    """Its address; the first answer is never passed on, and not even waited for if cut `at_once`; the later ones are."""
    target, held = urlsplit(url), list[socket.socket]()
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        first = True
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            upstream = socket.create_connection((target.hostname or "", target.port or 80), timeout=40)
            if first and at_once:
                first = False
                _pass_and_cut(client, upstream)
                held.append(upstream)  # open, or the other side would see that nobody waits
                continue
            threading.Thread(target=_copy, args=(client, upstream, False), daemon=True).start()
            threading.Thread(target=_copy, args=(upstream, client, first), daemon=True).start()
            first = False

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        for upstream in held:
            upstream.close()


def _pass_and_cut(client: socket.socket, upstream: socket.socket) -> None:
    """A small request comes whole within a moment."""
    client.settimeout(0.1)
    try:
        while data := client.recv(65_536):
            upstream.sendall(data)
    except TimeoutError:
        pass
    client.close()


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

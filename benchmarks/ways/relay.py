"""The least that Python can do."""

import os
import socket
from ssl import SSLContext, SSLSocket, create_default_context
from urllib.parse import urlsplit

from benchmarks.sink import NAME
from benchmarks.ways.way import PIECE, S3_URL, Move


def relay() -> Move:
    """From one TLS socket to another, without signature, checksum or a second try."""
    context = create_default_context()

    def move(url: str, key: str) -> None:
        source, s3 = urlsplit(url), urlsplit(os.environ[S3_URL])
        with connected(context, source.netloc) as reading, connected(context, s3.netloc) as writing:
            target = f"{source.path}?{source.query}"
            reading.sendall(f"GET {target} HTTP/1.1\r\nHost: {source.netloc}\r\n\r\n".encode())
            head, begun = answer(reading)
            length = next(
                int(line[16:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")
            )
            told = f"PUT /{NAME}/{key} HTTP/1.1\r\nHost: {s3.netloc}\r\nContent-Length: {length}\r\n\r\n"
            writing.sendall(told.encode() + begun)
            buffer, left = memoryview(bytearray(PIECE)), length - len(begun)
            while left and (count := reading.recv_into(buffer)):
                writing.sendall(buffer[:count])
                left -= count
            head, _ = answer(writing)
            if " 200 " not in head or left:
                raise RuntimeError(head)

    return move


def connected(context: SSLContext, place: str) -> SSLSocket:
    """A TLS connection to host and port."""
    host, _, port = place.partition(":")
    return context.wrap_socket(socket.create_connection((host, int(port))), server_hostname=host)


def answer(connection: SSLSocket) -> tuple[str, bytes]:
    """An answer's head, and what of its body came with it."""
    seen = b""
    while b"\r\n\r\n" not in seen and (piece := connection.recv(PIECE)):
        seen += piece
    head, _, body = seen.partition(b"\r\n\r\n")
    return head.decode(), body

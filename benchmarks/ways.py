"""How else a video gets from a URL into S3. Each way is made ready first, then moves one URL to one key."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from ssl import SSLContext, SSLSocket, create_default_context
from typing import IO, cast
from urllib.parse import urlsplit

import boto3
import httpx
import urllib3

from benchmarks.sink import NAME

type Move = Callable[[str, str], None]  # a URL, a key

PIECE = 1024 * 1024
S3_URL = "AWS_ENDPOINT_URL_S3"


def on_disk() -> Move:
    """httpx to a file, then boto3's upload_file: what most people write."""
    s3, http = boto3.client("s3"), httpx.Client(timeout=60)

    def move(url: str, key: str) -> None:
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            with http.stream("GET", url) as response:
                response.raise_for_status()
                for piece in response.iter_bytes():
                    file.write(piece)
            file.flush()
            s3.upload_file(file.name, NAME, key)

    return move


def on_disk_lean() -> Move:
    """The same with urllib3."""
    s3, http = boto3.client("s3"), pool()

    def move(url: str, key: str) -> None:
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            with http.request("GET", url, preload_content=False) as response:
                shutil.copyfileobj(response, file)  # its own 64 KiB are cheaper here than 1 MiB
            file.flush()
            s3.upload_file(file.name, NAME, key)

    return move


def httpx_fileobj() -> Move:
    """httpx into boto3's upload_fileobj."""
    s3, http = boto3.client("s3"), httpx.Client(timeout=60)

    def move(url: str, key: str) -> None:
        with http.stream("GET", url) as response:
            response.raise_for_status()
            s3.upload_fileobj(cast(IO[bytes], Pieces(response.iter_raw())), NAME, key)

    return move


def urllib3_fileobj() -> Move:
    """urllib3 into boto3's upload_fileobj."""
    s3, http = boto3.client("s3"), pool()

    def move(url: str, key: str) -> None:
        with http.request("GET", url, preload_content=False) as response:
            s3.upload_fileobj(cast(IO[bytes], response), NAME, key)

    return move


def smart_open() -> Move:
    """urllib3 into smart_open's writer."""
    import smart_open as library

    s3, http = boto3.client("s3"), pool()

    def move(url: str, key: str) -> None:
        with (
            http.request("GET", url, preload_content=False) as response,
            library.open(f"s3://{NAME}/{key}", "wb", transport_params={"client": s3}) as file,
        ):
            shutil.copyfileobj(response, file, PIECE)

    return move


def obstore() -> Move:
    """urllib3 into obstore, which is Rust from there on."""
    import obstore as library
    from obstore.store import S3Store

    options = {"root_certificate": Path(os.environ["BENCHMARK_AUTHORITY"]).read_text()}
    http = pool()
    store = S3Store(
        NAME,
        endpoint=os.environ[S3_URL],
        region=os.environ["AWS_REGION"],
        virtual_hosted_style_request=False,
        client_options=options,
    )

    def move(url: str, key: str) -> None:
        with http.request("GET", url, preload_content=False) as response:
            library.put(store, key, response.stream(PIECE))

    return move


def aws_cli() -> Move:
    """`curl | aws s3 cp -`, two processes."""
    aws = [sys.executable, str(Path(sys.executable).parent / "aws"), "s3", "cp", "--quiet", "-"]

    def move(url: str, key: str) -> None:
        curl = subprocess.Popen(["curl", "-sSf", url], stdout=subprocess.PIPE)  # noqa: S607 - the user's own
        subprocess.run([*aws, f"s3://{NAME}/{key}"], stdin=curl.stdout, check=True)
        if curl.stdout is not None:
            curl.stdout.close()
        if curl.wait():
            raise RuntimeError("curl failed")

    return move


def relay() -> Move:
    """The least that Python can do: from one TLS socket to another, without signature, checksum or a second try."""
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


def pool() -> urllib3.PoolManager:
    """urllib3 as a user would make it, with certificates named."""
    return urllib3.PoolManager(ca_certs=os.environ["SSL_CERT_FILE"], timeout=60)


class Pieces:
    """A file to read from, out of an iterator of bytes: what upload_fileobj wants and httpx does not give."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._kept = pieces, bytearray()

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, or all that are left."""
        while size < 0 or len(self._kept) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._kept += piece
        taken = bytes(self._kept if size < 0 else self._kept[:size])
        del self._kept[: len(taken)]
        return taken


WAYS: dict[str, Callable[[], Move]] = {
    "download to /tmp (httpx), upload_file": on_disk,
    "download to /tmp (urllib3), upload_file": on_disk_lean,
    "httpx to upload_fileobj": httpx_fileobj,
    "urllib3 to upload_fileobj": urllib3_fileobj,
    "urllib3 to smart_open": smart_open,
    "urllib3 to obstore": obstore,
    "curl piped to aws s3 cp": aws_cli,
    "TLS relay in Python (no signature, no checksum)": relay,
}

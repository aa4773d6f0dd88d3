"""boto3's own ways: a file in between, or a stream."""

import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, cast

import boto3

from benchmarks.sink import NAME
from benchmarks.ways.way import Move, pool


def on_disk() -> Move:
    """httpx to a file, then boto3's upload_file: what most people write."""
    import httpx  # the urllib3 ways do without

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
    import httpx

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


def urllib3_put() -> Move:
    """urllib3 into one put_object of the length that the source tells: one connection each way, at most 5 GB."""
    s3, http = boto3.client("s3"), pool()

    def move(url: str, key: str) -> None:
        with http.request("GET", url, preload_content=False) as response:
            length = int(response.headers["content-length"])
            s3.put_object(Bucket=NAME, Key=key, Body=cast(IO[bytes], response), ContentLength=length)

    return move


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

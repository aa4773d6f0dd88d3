"""Request bodies as S3 reads them: plain or aws-chunked, counted, and checked against the CRC32 that came with them."""

import hashlib
import io
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

PIECE = 64 * 1024
SMALLEST_CHUNK = 8 * 1024  # S3 refuses smaller ones, but for the last
CRC32 = "x-amz-checksum-crc32"


class RefusedError(Exception):
    """What S3 would not take, by S3's own code for it."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass(frozen=True, slots=True)
class Received:
    """A body that came whole and unharmed."""

    size: int
    crc32: str
    sha256: str


def receive(
    headers: Message, file: io.BufferedIOBase, begun: Callable[[], None], *, checked: bool
) -> Received:
    """Reads a request's body piece by piece; raises `RefusedError` if it is not what its headers say.

    `begun` is called at its first bytes; with `checked` a body that came without a checksum is refused, too.
    """
    wrapped = headers.get("Transfer-Encoding") == "chunked"
    body = io.BufferedReader(_Unchunked(file), PIECE) if wrapped else file
    trailer: dict[str, str] = {}
    if headers.get("Content-Encoding") == "aws-chunked":
        pieces, announced = _chunks(body, trailer), headers.get("x-amz-decoded-content-length")
    else:
        announced = headers.get("Content-Length")
        pieces = _plain(body, int(announced or 0))
    size = checksum = 0
    digest = hashlib.sha256()
    for piece in pieces:
        if not size:
            begun()
        digest.update(piece)
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
    crc32 = encoded(checksum)
    if str(size) != announced or (wrapped and body.read()):  # to its end, where the next request begins
        raise RefusedError("IncompleteBody")
    told = _told(headers, trailer)
    if told != crc32 and (checked or told is not None):
        raise RefusedError("BadDigest")
    return Received(size, crc32, digest.hexdigest())


def encoded(checksum: int) -> str:
    """A CRC32 the way S3 writes it."""
    return b64encode(checksum.to_bytes(4)).decode()


def _told(headers: Message, trailer: Mapping[str, str]) -> str | None:
    """The checksum in the headers, or after the body if that was announced."""
    return trailer.get(CRC32) if headers.get("x-amz-trailer") == CRC32 else headers.get(CRC32)


def _plain(file: io.BufferedIOBase, size: int) -> Iterator[bytes]:
    while size and (piece := file.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _chunks(file: io.BufferedIOBase, trailer: dict[str, str]) -> Iterator[bytes]:
    """The content of aws-chunked; what follows the last chunk goes into `trailer`."""
    size = SMALLEST_CHUNK
    while left := int(file.readline(), 16):
        if size < SMALLEST_CHUNK:
            raise RefusedError("InvalidChunkSizeError", 403)
        size = left
        yield from _plain(file, left)
        if file.readline() != b"\r\n":
            raise RefusedError("IncompleteBody")
    while line := file.readline().strip():
        name, _, value = line.decode().partition(":")
        trailer[name.lower()] = value.strip()


class _Unchunked(io.RawIOBase):
    """HTTP's own chunked encoding, taken off."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file, self._left, self._ended = file, 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left and not self._ended:
            self._left = int(self._file.readline(), 16)
            self._ended = not self._left
            if self._ended:
                self._file.readline()
        piece = self._file.read(min(self._left, len(buffer)))
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        if piece and not self._left:
            self._file.readline()
        return len(piece)

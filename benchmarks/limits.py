"""How slow the network between the servers and the measured process is made to be."""

import io
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes a second on each connection (0 is unlimited), and seconds to an answer: of the source, and of S3."""

    bytes_per_second: int = 0
    first_byte_seconds: float = 0.0
    answer_seconds: float = 0.0
    taken_per_second: int = 0


UNLIMITED = Limits()
"""As fast as this machine is."""


def pace(bytes_per_second: int, began: float, done: int) -> None:
    """Waits until so many bytes may have gone since then."""
    if bytes_per_second:
        ahead = began + done / bytes_per_second - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)


class SlowReader(io.BufferedIOBase):
    """Reads a file no faster than that."""

    def __init__(self, file: io.BufferedIOBase, bytes_per_second: int) -> None:
        self._file, self._rate = file, bytes_per_second
        self._began, self._done = time.monotonic(), 0

    def read(self, size: int | None = -1) -> bytes:
        return self._counted(self._file.read(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._counted(self._file.readline(size))

    def _counted(self, piece: bytes) -> bytes:
        self._done += len(piece)
        pace(self._rate, self._began, self._done)
        return piece

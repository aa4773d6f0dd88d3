"""How long a video or a sound lasts, read by tinytag from a file that lets only so much of itself be read."""

from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import BinaryIO, cast

from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.uploads import ByteSource

PIECE = 256 * 1024  # bytes that are fetched at a time
# A length stands in the first or the last piece of most files. A sound without one is estimated from its first 30
# seconds (tinytag), 1.2 MB at MP3's highest rate.
MAX_PIECES = 8
MAX_READS = 20_000  # tinytag looks for a sound's first frame 4 bytes at a time
MAX_READ = 64 * 1024  # at once: what is larger is none of the fields that tell a length
_SANE_SECONDS = 24 * 60 * 60


class TagProbe:
    """`MediaProbe`. The library is written for well-meant files; bounds and a net around it make the rest data."""

    def seconds(self, source: ByteSource) -> float | None:
        from tinytag import TinyTag  # most requests bring no video and no sound, and a cold start counts

        file, seconds = _Bounded(source), None
        try:
            seconds = TinyTag.get(file_obj=cast("BinaryIO", file), tags=False, duration=True).duration
        except Exception:  # noqa: BLE001 - its own error for whatever a hostile file provokes, and what it forgot
            seconds = None
        if file.failed is not None:
            raise file.failed
        return seconds if seconds is not None and 0 <= seconds <= _SANE_SECONDS else None


class _BoundsError(Exception):
    """The file wants more of itself read than any length needs."""


class _Bounded(RawIOBase):
    """A file in pieces, for a reader that may do no more than its bounds allow."""

    def __init__(self, source: ByteSource) -> None:
        super().__init__()
        self._source, self._position = source, 0
        self._pieces: dict[int, bytes] = {}
        self._reads = self._fetched = 0
        self.failed: StoreError | None = None

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        begin = {SEEK_SET: 0, SEEK_CUR: self._position, SEEK_END: self._source.size}[whence]
        if begin + offset < 0:
            raise OSError("before the file's first byte")
        self._position = begin + offset
        return self._position

    def read(self, amount: int = -1) -> bytes:
        left = max(self._source.size - self._position, 0)
        amount = left if amount is None or amount < 0 else min(amount, left)
        self._reads += 1
        if amount > MAX_READ or self._reads > MAX_READS:
            raise _BoundsError
        found = b""
        while amount > len(found):
            number, offset = divmod(self._position, PIECE)
            part = self._piece(number)[offset : offset + amount - len(found)]
            if not part:
                break
            found += part
            self._position += len(part)
        return found

    def _piece(self, number: int) -> bytes:
        if number not in self._pieces:
            self._fetched += 1
            if self._fetched > MAX_PIECES:
                raise _BoundsError
            try:
                piece = self._source.read(number * PIECE, PIECE)
            except StoreError as error:
                self.failed = error
                raise
            self._pieces = {number: piece}
        return self._pieces[number]

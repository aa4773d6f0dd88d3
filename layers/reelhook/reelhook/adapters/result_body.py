"""A result, or a range of one, as the body of one streamed PutObject or UploadPart."""

import io

from reelhook.domain.errors.results import ResultError
from reelhook.domain.ports.media import Readable

# Each read becomes one chunk on the wire. S3 refuses those below 8 KiB; from 128 KiB on, glibc takes the memory of each
# from the system and gives it back (M_MMAP_THRESHOLD), which cost half as much processor time again for a video of 5 MB.
CHUNK = 64 * 1024


class ResultBody:
    """A file, as far as botocore needs one. Going back to its first byte opens the link anew, at the next read.

    A stream that failed stays failed: botocore's retries must not fetch a dead link again and again.
    """

    def __init__(self, stream: Readable, size: int) -> None:
        self.error: ResultError | None = None
        self._stream, self._size = stream, size
        self._position = 0
        self._stream_position = 0

    def __len__(self) -> int:
        return self._size

    def read(self, amount: int | None = None) -> bytes:
        """The next bytes: all that were asked for, but never more than one chunk."""
        if self.error is not None:
            raise self.error
        wanted = CHUNK if amount is None or amount < 0 else min(amount, CHUNK)
        if self._position >= self._size or not wanted:
            return b""
        try:
            if self._position != self._stream_position:
                self._go_back()
            data = self._stream.read(wanted)
        except ResultError as error:
            self.error = error
            raise
        self._position += len(data)
        self._stream_position = self._position
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Only says where to go on; botocore asks for the end when it wants to know the size."""
        if self.error is not None:
            raise self.error
        origins = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}
        self._position = origins[whence] + offset
        return self._position

    def tell(self) -> int:
        """Where the next read begins."""
        return self._position

    def _go_back(self) -> None:
        if self._position:
            raise io.UnsupportedOperation("a result is read from its beginning only")
        self._stream.restart()
        self._stream_position = 0

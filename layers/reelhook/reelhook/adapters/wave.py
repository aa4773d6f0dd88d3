"""Parts that are ranges of a result: nothing of them is kept on the way, and several are under way at once."""

import threading
from concurrent.futures import FIRST_EXCEPTION, CancelledError, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, is_busy
from reelhook.adapters.multipart import MAX_PARTS, SMALLEST_PART, OpenUpload
from reelhook.adapters.result_body import ResultBody
from reelhook.domain.ports.media import ResultRanges

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

    from reelhook.adapters.multipart import Completed

MOST_CONNECTIONS, FEW_CONNECTIONS = 8, 4
SMALL_MEMORY = 256  # MB; a function of that has a seventh of a CPU, which four connections fill
LARGEST_PART = 64 * 1024 * 1024  # beyond that a failed upload would cost too much to begin again


def connections_of(megabytes: int) -> int:
    """How many parts a function of so much memory has under way at once."""
    return FEW_CONNECTIONS if megabytes <= SMALL_MEMORY else MOST_CONNECTIONS


def parts_of(size: int, connections: int) -> list[tuple[int, int]]:
    """Start and stop of each part: as many as connections, or several times as many, so that all end together."""
    connections = min(connections, -(-size // SMALLEST_PART))
    waves = -(-size // (connections * LARGEST_PART))
    part = max(-(-size // (connections * waves)), SMALLEST_PART, -(-size // MAX_PARTS))
    return [(start, min(start + part, size)) for start in range(0, size, part)]


class Wave:
    """One upload of `size` bytes. The first failure ends all the others, and is the one that is raised."""

    def __init__(self, upload: OpenUpload, ranges: ResultRanges, size: int, connections: int) -> None:
        self._upload, self._ranges = upload, ranges
        self._size, self._connections = size, connections
        self._lock = threading.Lock()
        self._failure: BaseException | None = None

    def send(self) -> "tuple[int, Completed]":
        """Uploads every part; the size, and what the completion needs. Raises `ResultError`s and AWS' errors."""
        spans = parts_of(self._size, self._connections)
        workers = ThreadPoolExecutor(max_workers=min(self._connections, len(spans)))
        try:
            sent = [workers.submit(self._part, number, *span) for number, span in enumerate(spans, 1)]
            wait(sent, return_when=FIRST_EXCEPTION)
        except BaseException as error:
            self._give_up(error)
            raise
        finally:
            workers.shutdown(
                cancel_futures=self._failure is not None
            )  # it waits: no thread outlives the attempt
        if self._failure is not None:
            raise self._failure
        return self._size, [part.result() for part in sent]

    def _part(self, number: int, start: int, stop: int) -> "CompletedPartTypeDef":
        if self._failure is not None:
            raise CancelledError
        source = self._ranges.part(start, stop)
        body = ResultBody(source, stop - start)
        try:
            return self._put(number, body)
        except BaseException as error:
            self._give_up(error)
            raise
        finally:
            source.close()

    def _put(self, number: int, body: ResultBody) -> "CompletedPartTypeDef":
        """Botocore tries a few times; what S3 could not take even then has one more chance, from its beginning."""
        try:
            return self._sent(number, body)
        except AWS_ERRORS as error:
            if not is_busy(error) or self._failure is not None:
                raise
        body.seek(0)
        return self._sent(number, body)

    def _sent(self, number: int, body: ResultBody) -> "CompletedPartTypeDef":
        try:
            return self._upload.put(number, body, ChecksumAlgorithm="CRC32")
        except AWS_ERRORS as error:
            if body.error is not None:
                raise body.error from error
            raise

    def _give_up(self, error: BaseException) -> None:
        with self._lock:
            if self._failure is None:
                self._failure = error
        self._ranges.cut()

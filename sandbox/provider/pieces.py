"""Which bytes of a file are sent, and in which pieces."""

import re
import zlib
from collections.abc import Iterator


def requested(header: str | None, size: int) -> tuple[int, int] | None:
    """The one range asked for, as start and stop; none if there is no such header or it is not one plain range."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header or "")
    if not match or match[0] == "bytes=-":
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size
    start, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if last < start and match[2]:
        return None
    return start, min(last + 1, size)


def pieces(body: Iterator[bytes], most: int | None, marks: set[int]) -> Iterator[bytes]:
    """The same bytes, in pieces of at most so many bytes, and with a border at each mark."""
    place = 0
    for chunk in body:
        while chunk:
            ends = [mark - place for mark in marks if place < mark < place + len(chunk)]
            end = min([*ends, most or len(chunk), len(chunk)])
            yield chunk[:end]
            place, chunk = place + end, chunk[end:]


def gzipped(body: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, packed as gzip."""
    packer = zlib.compressobj(wbits=31)
    for chunk in body:
        yield from filter(None, [packer.compress(chunk)])
    yield packer.flush()

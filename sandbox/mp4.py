"""Whether a file is a whole MP4: its boxes, walked from the first byte to the last."""

from pathlib import Path
from typing import BinaryIO


class NotWhole(Exception):  # noqa: N818  # a finding, not an error
    """Why a file is no whole MP4."""


def boxes(path: Path) -> list[str]:
    """The types of the top-level boxes, in order; raises `NotWhole`."""
    found = []
    size = path.stat().st_size
    with path.open("rb") as file:
        while file.tell() < size:
            start = file.tell()
            length, kind = _header(file, size - start)
            if start + length > size:
                raise NotWhole(
                    f"the box {kind!r} at byte {start} goes {start + length - size} bytes beyond the end"
                )
            found.append(kind)
            file.seek(start + length)
    if found[:1] != ["ftyp"]:
        raise NotWhole(f"it begins with {found[:1] or 'nothing'}, not with ftyp")
    if missing := {"moov", "mdat"} - set(found):
        raise NotWhole(f"it has no {' and no '.join(sorted(missing))}")
    return found


def _header(file: BinaryIO, left: int) -> tuple[int, str]:
    """A box's whole length and its type."""
    head = file.read(8)
    if len(head) < 8:
        raise NotWhole(f"{len(head)} stray bytes at the end")
    length, header = int.from_bytes(head[:4]), 8
    if length == 1:
        length, header = int.from_bytes(file.read(8)), 16
    elif length == 0:  # to the end of the file
        length = left
    if length < header:
        raise NotWhole(f"a box of {length} bytes")
    return length, head[4:].decode("latin-1")

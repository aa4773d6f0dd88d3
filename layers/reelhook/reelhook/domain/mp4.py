"""Whether bytes are an MP4, and a whole one: its outermost boxes, walked as they pass by."""

SNIFFED = 12  # bytes: the first box's size, its type, and the brand
_HEADER, _LARGE_HEADER = 8, 16


def looks_like_mp4(start: bytes) -> bool:
    """Whether these first bytes are those of an MP4; never trust a host's Content-Type."""
    return len(start) >= SNIFFED and start[4:8] == b"ftyp"


class BoxWalk:
    """Follows the chain of boxes: each begins with its own size, so the last one's end is the file's.

    A cut between two boxes shows only by what is missing then: the index (`moov`) or the media (`mdat`).
    """

    def __init__(self) -> None:
        self._header = b""
        self._left = 0  # bytes of the current box still to come
        self._broken = False
        self._seen: set[bytes] = set()

    def feed(self, data: bytes) -> None:
        """The next bytes, in portions of any size."""
        position = 0
        while position < len(data) and not self._broken:
            if self._left:
                step = min(self._left, len(data) - position)
                self._left -= step
            else:
                step = min(self._missing_header(), len(data) - position)
                self._header += data[position : position + step]
                if not self._missing_header():
                    self._begin_box()
            position += step

    @property
    def whole(self) -> bool:
        """Whether the file, if it ends here, is complete."""
        ended = not self._broken and not self._left and not self._header
        return ended and {b"ftyp", b"moov", b"mdat"} <= self._seen

    def _missing_header(self) -> int:
        large = self._header[:4] == b"\x00\x00\x00\x01"
        return (_LARGE_HEADER if large else _HEADER) - len(self._header)

    def _begin_box(self) -> None:
        header, self._header = self._header, b""
        size = int.from_bytes(header[:4] if len(header) == _HEADER else header[8:])
        self._left = size - len(header)
        # A size of 0 means "to the end of the file", which could be anywhere.
        self._broken = self._left < 0
        self._seen.add(header[4:8])

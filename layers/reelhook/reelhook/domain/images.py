"""Whether bytes are an image, and a whole one, by its first and last bytes; never trust a host's Content-Type."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"  # its last chunk, which is always the same
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_RIFF_HEADER = 8  # bytes in front of what a RIFF file's own size counts


def looks_like_png(start: bytes) -> bool:
    """PNG specification, "PNG signature"."""
    return start.startswith(_PNG)


def looks_like_jpeg(start: bytes) -> bool:
    """ITU T.81: the marker SOI, and the next one's first byte."""
    return start.startswith(_JPEG)


def looks_like_webp(start: bytes) -> bool:
    """RFC 9649: a RIFF container of the form WEBP."""
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


class ImageEnd:
    """Follows an image of unknown length to its end, which its format marks."""

    def __init__(self) -> None:
        self._head, self._tail, self._size = b"", b"", 0

    def feed(self, data: bytes) -> None:
        """The next bytes, in portions of any size."""
        self._head = (self._head + data[:12])[:12]
        self._tail = (self._tail + data[-12:])[-12:]
        self._size += len(data)

    @property
    def whole(self) -> bool:
        """Whether the file, if it ends here, is complete."""
        if looks_like_png(self._head):
            return self._tail == _PNG_END
        if looks_like_jpeg(self._head):
            return self._tail.endswith(_JPEG_END)
        told = int.from_bytes(self._head[4:8], "little") + _RIFF_HEADER
        return looks_like_webp(self._head) and self._size in (told, told + told % 2)

"""Result files: a real MP4 of any size, the same bytes every time, never held in memory.

A file is `sandbox/media/sample.mp4` followed by one MP4 `free` box, which players skip. The box begins with the file's label
(task and number), so no two results are equal, and goes on with blocks that carry their own number, so no two blocks are.
The sample is two seconds of a moving colour gradient with a soft tone, made with ffmpeg (lavfi `gradients` and `sine`,
libx264 and aac, `-movflags +faststart`): no third party's material.
"""

import base64
import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "media" / "sample.mp4"
SAMPLE_BYTES = SAMPLE.read_bytes()
BLOCK = 64 * 1024
NOISE = hashlib.shake_256(b"filler").digest(BLOCK - 8)
SHORT_HEADER, LONG_HEADER = 8, 16
STILL_WIDTH, STILL_HEIGHT = 320, 180  # the sample's


def possible(size: int) -> bool:
    """Say whether a file can have this size: the sample alone, or the sample and a whole box."""
    return size == len(SAMPLE_BYTES) or size >= len(SAMPLE_BYTES) + SHORT_HEADER


@dataclass(frozen=True)
class ResultFile:
    """One result, by its label and its size (none: as small as the label allows)."""

    label: str
    wanted: int | None = None

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.wanted or len(SAMPLE_BYTES) + SHORT_HEADER + len(self.label.encode())

    @cached_property
    def head(self) -> bytes:
        """The sample, the box's header and as much of the label as there is room for."""
        box = self.size - len(SAMPLE_BYTES)
        if not possible(self.size):
            raise ValueError(f"no file of {self.size} bytes: {len(SAMPLE_BYTES)}, or at least 8 more")
        if box == 0:
            return SAMPLE_BYTES
        short = box < 2**32
        header = box.to_bytes(4) + b"free" if short else (1).to_bytes(4) + b"free" + box.to_bytes(8)
        return (SAMPLE_BYTES + header + self.label.encode())[: self.size]

    @property
    def etag(self) -> str:
        """A strong entity tag, different for every label and size."""
        return f'"{hashlib.sha256(f"{self.label}:{self.size}".encode()).hexdigest()[:32]}"'

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` up to, but without, `stop`."""
        stop = self.size if stop is None else min(stop, self.size)
        if start < len(self.head):
            yield self.head[start : min(stop, len(self.head))]
            start = len(self.head)
        while start < stop:
            number, offset = divmod(start - len(self.head), BLOCK)
            block = (number.to_bytes(8) + NOISE)[offset : offset + stop - start]
            yield block
            start += len(block)

    def sha256(self) -> str:
        """The SHA-256 of the whole file, in hex."""
        digest = hashlib.sha256()
        for chunk in self.read():
            digest.update(chunk)
        return digest.hexdigest()

    def crc32(self) -> str:
        """The CRC32 of the whole file the way S3 writes it: base64 of four big-endian bytes."""
        value = 0
        for chunk in self.read():
            value = zlib.crc32(chunk, value)
        return base64.b64encode(value.to_bytes(4)).decode()


@dataclass(frozen=True)
class Still(ResultFile):
    """A video's last frame: a PNG of one grey with the file's label in it as text."""

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return len(self.head)

    @cached_property
    def head(self) -> bytes:
        """The whole file."""
        shape = struct.pack(">IIBBBBB", STILL_WIDTH, STILL_HEIGHT, 8, 0, 0, 0, 0)
        rows = zlib.compress((b"\0" + b"\x80" * STILL_WIDTH) * STILL_HEIGHT)
        label = b"Title\0" + self.label.encode()
        chunks = ((b"IHDR", shape), (b"tEXt", label), (b"IDAT", rows), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

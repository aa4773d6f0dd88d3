"""Images as clients send them: whole small ones, and ones of any size."""

import struct
import zlib


def a_png(padding: int = 0) -> bytes:
    """A picture of one grey pixel that every decoder takes; `padding` more bytes make it as large as a test likes."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header)]
    if padding:
        chunks.append(_chunk(b"juNk", (bytes(range(256)) * (padding // 256 + 1))[:padding]))
    chunks += [_chunk(b"IDAT", zlib.compress(b"\x00\x80")), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

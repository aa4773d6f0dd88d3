"""Sounds and videos of a known length: made by the standard library or byte by byte, as their formats have it."""

import wave
from io import BytesIO


def a_wav(seconds: float, rate: int = 8_000) -> bytes:
    """Silence: 8-bit PCM in one channel."""
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(bytes(round(seconds * rate)))
    return made.getvalue()


def an_mp3(seconds: float) -> bytes:
    """Frames of MPEG-1 layer III at 32 kbit/s and 44.1 kHz: 1,152 samples in 104 bytes each (ISO 11172-3, 2.4.2.3)."""
    return (b"\xff\xfb\x10\x00" + bytes(100)) * round(seconds * 44_100 / 1_152)


def a_timed_mp4(
    seconds: float, media_bytes: int = 1_000, *, index_last: bool = False, brand: bytes = b"isom"
) -> bytes:
    """Outermost boxes, and of the index its header, which says the length (ISO 14496-12, 8.2.2, version 0)."""
    timescale = 1_000
    header = bytes(12) + timescale.to_bytes(4) + round(seconds * timescale).to_bytes(4) + bytes(80)
    index, media = box(b"moov", box(b"mvhd", header)), box(b"mdat", bytes(media_bytes))
    rest = media + index if index_last else index + media
    return box(b"ftyp", brand + b"\x00\x00\x02\x00" + b"isomiso2mp41") + rest


def box(kind: bytes, content: bytes) -> bytes:
    """One box of an MP4."""
    return (len(content) + 8).to_bytes(4) + kind + content

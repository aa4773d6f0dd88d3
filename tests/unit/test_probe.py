"""How long videos and sounds last: read in bounded pieces, and a hostile file is data."""

import random
import struct
import time
import tracemalloc

import pytest
import tinytag  # noqa: F401 - what it costs to load is not what a file costs

from reelhook.adapters.probe import MAX_PIECES, PIECE, TagProbe
from reelhook.domain.errors.running import StoreError
from reelhook.domain.media_types import media_type
from tests.sounds import a_timed_mp4, a_wav, an_mp3, box
from tests.template import ROOT

SAMPLE = (ROOT / "sandbox" / "media" / "sample.mp4").read_bytes()
MIB = 1024 * 1024


class Pieces:
    """A file in memory that counts what is read of it."""

    def __init__(self, data: bytes, size: int | None = None) -> None:
        self.data, self.size = data, len(data) if size is None else size
        self.read_bytes, self.largest = 0, 0

    def read(self, start: int, amount: int) -> bytes:
        part = self.data[start : start + amount]
        self.read_bytes += amount
        self.largest = max(self.largest, amount)
        return part


@pytest.mark.parametrize("seconds", [2, 7.5, 15, 61])
@pytest.mark.parametrize(
    "made",
    [
        a_wav,
        an_mp3,
        a_timed_mp4,
        lambda seconds: a_timed_mp4(seconds, 5 * MIB, index_last=True),
        lambda seconds: a_timed_mp4(seconds, brand=b"qt  "),
        lambda seconds: b"ID3\x04\x00\x00\x00\x00\x08\x00" + bytes(1_024) + an_mp3(seconds),
    ],
    ids=["wav", "mp3", "mp4", "mp4, index last", "mov", "mp3 with tags"],
)
def test_a_files_length_is_what_it_says(made: object, seconds: float) -> None:
    data = made(seconds)  # type: ignore[operator]

    assert TagProbe().seconds(Pieces(data)) == pytest.approx(seconds, abs=0.05)


def test_a_real_video_is_as_long_as_its_index_says() -> None:
    """The sandbox's own sample, by its `mvhd` box."""
    at = SAMPLE.index(b"mvhd") + 4
    timescale, duration = struct.unpack_from(">II", SAMPLE, at + 12)

    assert TagProbe().seconds(Pieces(SAMPLE)) == pytest.approx(duration / timescale)


def test_an_index_at_the_end_of_a_large_file_costs_a_few_pieces() -> None:
    source = Pieces(a_timed_mp4(8, 40 * MIB, index_last=True))

    assert TagProbe().seconds(source) == 8
    assert source.read_bytes <= 4 * PIECE
    assert source.largest <= PIECE


def test_a_fragmented_video_does_not_say_how_long_it_is() -> None:
    """As browsers record them: the index comes first and knows no length yet."""
    assert TagProbe().seconds(Pieces(a_timed_mp4(0))) == 0


def test_a_store_that_does_not_answer_is_no_verdict_about_the_file() -> None:
    class Silent(Pieces):
        def read(self, start: int, amount: int) -> bytes:
            if start:
                raise StoreError("S3: no answer")
            return super().read(start, amount)

    with pytest.raises(StoreError, match="no answer"):
        TagProbe().seconds(Silent(a_timed_mp4(8, 400_000, index_last=True)))


WAV, MP3, MP4 = a_wav(3), an_mp3(3), a_timed_mp4(3)
HUGE = (2**32 - 1).to_bytes(4)
CORPUS = {
    "nothing": b"",
    "a WAV's first bytes": WAV[:12],
    "a WAV of no channels and no rate": WAV[:22] + bytes(10) + WAV[32:],
    "a WAV whose chunk is 4 GB": WAV[:12] + b"fmt " + b"\xff\xff\xff\xff" + WAV[20:],
    "a WAV of a million empty chunks": WAV[:12] + b"junk\x00\x00\x00\x00" * 1_000_000,
    "an MP3's tag that never ends": b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(1_000),
    "an MP3 without a frame": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(15 * MIB),
    "an MP3 of half frames": b"\xff\xfb" * MIB,
    "an MP3 whose Xing header lies": b"\xff\xfb\x10\x00" + bytes(32) + b"Xing" + b"\xff" * 60 + MP3,
    "an MP4 of one brand": MP4[:20],
    "an MP4 whose box is smaller than itself": MP4[:20] + b"\x00\x00\x00\x03moov" + MP4[28:],
    "an MP4 whose box is endless": MP4[:24] + b"\x00\x00\x00\x01free" + b"\xff" * 8 + MP4,
    "an MP4 whose index is 4 GB": MP4[:24] + HUGE + b"moov" + HUGE + b"mvhd" + bytes(100),
    "an MP4 of boxes in boxes": MP4[:24] + (b"\x00\x00\x10\x00moov" * 5_000),
    "an MP4 of a million empty boxes": MP4[:24] + b"\x00\x00\x00\x08free" * 1_000_000,
    "an MP4 that lasts 136 years": MP4[:24]
    + box(b"moov", box(b"mvhd", bytes(12) + b"\x00\x00\x00\x01" + HUGE)),
    "an MP4 without a timescale": MP4[:24] + box(b"moov", box(b"mvhd", bytes(100))),
    "another container by its first bytes": b"OggS" + bytes(2_000),
    "a FLAC of nothing": b"fLaC" + b"\x00\xff\xff\xff" * 1_000,
}


@pytest.mark.parametrize("data", CORPUS.values(), ids=CORPUS.keys())
def test_a_hostile_file_is_told_soon_and_in_little_memory(data: bytes) -> None:
    source, began = Pieces(data), time.process_time()
    tracemalloc.start()
    try:
        seconds = TagProbe().seconds(source)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert seconds is None or 0 <= seconds < 24 * 3600
    assert time.process_time() - began < 3
    assert most < MIB
    assert source.read_bytes <= MAX_PIECES * PIECE


def test_a_file_that_ends_before_its_size_is_none() -> None:
    assert TagProbe().seconds(Pieces(MP4[:30], size=50 * MIB)) is None


@pytest.mark.parametrize(
    "whole", [WAV, MP3[:2_000], MP4, SAMPLE[:4_000]], ids=["wav", "mp3", "mp4", "sample"]
)
def test_no_flipped_byte_and_no_cut_raises(whole: bytes) -> None:
    chance = random.Random(20_261_121)  # noqa: S311 - no secret
    for _ in range(150):
        spoiled = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 8)):
            spoiled[chance.randrange(min(len(spoiled), 256))] = chance.randrange(256)
        media_type(bytes(spoiled))
        seconds = TagProbe().seconds(Pieces(bytes(spoiled)))
        assert seconds is None or 0 <= seconds <= 24 * 3600

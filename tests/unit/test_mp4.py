"""An MP4 is known by its first bytes, and a whole one by its boxes."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.mp4 import SNIFFED, BoxWalk, looks_like_mp4
from tests.builders import an_mp4

MP4 = an_mp4(300)
SAMPLE = Path(__file__).resolve().parents[2] / "sandbox" / "media" / "sample.mp4"


def whole(*portions: bytes) -> bool:
    walk = BoxWalk()
    for portion in portions:
        walk.feed(portion)
    return walk.whole


def box(kind: bytes, content: bytes = b"", size: int | None = None) -> bytes:
    return (len(content) + 8 if size is None else size).to_bytes(4) + kind + content


def large_box(kind: bytes, content: bytes) -> bytes:
    return b"\x00\x00\x00\x01" + kind + (len(content) + 16).to_bytes(8) + content


FTYP, MOOV, MDAT = box(b"ftyp", b"isom0000"), box(b"moov", b"index"), box(b"mdat", b"media")


def test_a_real_video_is_one_and_whole() -> None:
    data = SAMPLE.read_bytes()

    assert looks_like_mp4(data[:SNIFFED])
    assert whole(data)
    assert not whole(data[:-1])


@pytest.mark.parametrize(
    "start", [b"", b"ftyp", MP4[:11], b"<!doctype html>", b"\x1aE\xdf\xa3" + bytes(20), bytes(40)]
)
def test_other_first_bytes_are_no_video(start: bytes) -> None:
    assert not looks_like_mp4(start)


def test_no_beginning_of_a_video_is_a_whole_one() -> None:
    assert whole(MP4)
    assert not any(whole(MP4[:end]) for end in range(len(MP4)))


@given(st.lists(st.integers(0, len(MP4)), max_size=12), st.integers(0, len(MP4)))
def test_the_portions_it_comes_in_make_no_difference(cuts: list[int], end: int) -> None:
    data = MP4[:end]
    edges = [0, *sorted(min(cut, end) for cut in cuts), end]

    assert whole(*(data[a:b] for a, b in pairwise(edges))) == whole(data)


@pytest.mark.parametrize(
    "data",
    [
        FTYP + MDAT + MOOV,
        FTYP + box(b"free") + MOOV + large_box(b"mdat", b"media" * 9),
        FTYP + MOOV + box(b"moof", b"x") + MDAT + box(b"moof", b"x") + MDAT + box(b"mfra"),
        FTYP + MOOV + MDAT + box(b"uuid", bytes(20)),
    ],
)
def test_boxes_come_in_any_order_and_size(data: bytes) -> None:
    assert whole(data)
    assert whole(*(bytes([byte]) for byte in data))


@pytest.mark.parametrize(
    "data",
    [
        FTYP + MOOV,
        FTYP + MDAT,
        MOOV + MDAT,
        FTYP + MOOV + MDAT + b"\x00",
        FTYP + MOOV + MDAT + bytes(8),
        FTYP + MOOV + box(b"mdat", b"media", size=0),
        FTYP + MOOV + MDAT + box(b"free", size=7),
        FTYP + MOOV + b"\x00\x00\x00\x01mdat" + (15).to_bytes(8),
        FTYP + MOOV + b"\x00\x00\x00\x01mdat" + (2**64 - 1).to_bytes(8) + b"media",
    ],
)
def test_what_lacks_a_part_or_an_end_is_not_whole(data: bytes) -> None:
    assert not whole(data)

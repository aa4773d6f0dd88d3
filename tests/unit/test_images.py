"""Which image it is, by its first bytes, and whether it is whole, by its last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.formats import JPEG, MP4, PNG, WEBP, Format, sniffed
from reelhook.domain.images import ImageEnd
from reelhook.domain.video import ArtifactType
from tests.builders import a_png, an_mp4

WEBP_FILE = b"RIFF\x10\x00\x00\x00WEBPVP8 \x04\x00\x00\x00abcd"
FILES = {
    PNG: a_png(),
    JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(50) + b"\xff\xd9",
    WEBP: WEBP_FILE,
}


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.extension)
def test_an_image_is_a_last_frame_and_no_video(one: Format) -> None:
    assert sniffed(ArtifactType.LAST_FRAME, FILES[one][:12]) is one
    assert sniffed(ArtifactType.VIDEO, FILES[one][:12]) is None


@pytest.mark.parametrize(
    "data",
    [an_mp4(), b"", b"\x89PNG", b"RIFF\x10\x00\x00\x00WAVE", b"GIF89a" + bytes(9), b"<svg xmlns=", bytes(12)],
)
def test_nothing_else_is_a_last_frame(data: bytes) -> None:
    assert sniffed(ArtifactType.LAST_FRAME, data[:12]) is None


def test_an_mp4_is_a_video() -> None:
    assert sniffed(ArtifactType.VIDEO, an_mp4()[:12]) is MP4


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.extension)
@given(portion=st.integers(1, 20), cut=st.integers(0, 30))
def test_an_image_is_whole_at_its_very_end_only_however_it_comes(one: Format, portion: int, cut: int) -> None:
    data = FILES[one][: len(FILES[one]) - cut]
    end = ImageEnd()
    for start in range(0, len(data), portion):
        end.feed(data[start : start + portion])
    assert end.whole is (cut == 0)


def test_nothing_is_no_whole_image() -> None:
    assert not ImageEnd().whole

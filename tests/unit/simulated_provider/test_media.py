"""Result files are real MP4s of any size, the same bytes every time."""

import hashlib
import zlib
from base64 import b64encode

import pytest

from sandbox.provider.media import SAMPLE_BYTES, ResultFile

SIZE = 200_000


def boxes(data: bytes) -> list[tuple[str, int]]:
    found, place = [], 0
    while place < len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8].decode()
        size = int.from_bytes(data[place + 8 : place + 16]) if size == 1 else size
        found.append((kind, size))
        place += size
    return found


def test_the_sample_is_a_small_complete_mp4() -> None:
    assert len(SAMPLE_BYTES) <= 60_000
    kinds = [kind for kind, _ in boxes(SAMPLE_BYTES)]
    assert kinds[0] == "ftyp"
    assert kinds.index("moov") < kinds.index("mdat")
    assert sum(size for _, size in boxes(SAMPLE_BYTES)) == len(SAMPLE_BYTES)


def test_a_bigger_file_is_the_sample_and_one_free_box() -> None:
    file = ResultFile("task/0", SIZE)
    data = b"".join(file.read())
    assert data.startswith(SAMPLE_BYTES)
    assert boxes(data)[-1] == ("free", SIZE - len(SAMPLE_BYTES))
    assert (len(data), sum(size for _, size in boxes(data))) == (SIZE, SIZE)
    assert file.sha256() == hashlib.sha256(data).hexdigest()
    assert file.crc32() == b64encode(zlib.crc32(data).to_bytes(4)).decode()
    for start, stop in [
        (0, 1),
        (5, SIZE),
        (SIZE - 3, None),
        (len(file.head) - 1, len(file.head) + 1),
        (7, 99_999),
    ]:
        assert b"".join(file.read(start, stop)) == data[start:stop]


def test_a_huge_file_has_a_64_bit_box_and_no_two_equal_blocks() -> None:
    file = ResultFile("task/0", 5 * 2**30)
    assert file.head[len(SAMPLE_BYTES) :][:16] == (1).to_bytes(4) + b"free" + (
        file.size - len(SAMPLE_BYTES)
    ).to_bytes(8)
    first, second = (next(file.read(len(file.head) + n * 65536)) for n in (0, 70_000))
    assert first != second
    assert sum(map(len, file.read(file.size - 100_000))) == 100_000


@pytest.mark.parametrize("size", [None, len(SAMPLE_BYTES), len(SAMPLE_BYTES) + 8])
def test_the_smallest_files_are_whole_too(size: int | None) -> None:
    data = b"".join(ResultFile("task/0", size).read())
    assert len(data) == sum(length for _, length in boxes(data))
    assert size is not None or data != b"".join(ResultFile("task/1").read())

"""A large result from a host that gives ranges: as many GETs as parts, as many PUTs, and the very bytes."""

import threading
from collections import Counter
from pathlib import Path

import pytest

from reelhook.adapters.result_body import CHUNK
from reelhook.adapters.wave import connections_of, parts_of
from reelhook.domain.ports.media import StoredObject
from tests.buckets import crc32
from tests.builders import an_mp4
from tests.waves import KEY, OURS, SMALL_PART, a_way, small_parts

MIB = 1024 * 1024
ONE_PUT = {"put_object": 1}
IN_PARTS = {"create_multipart_upload": 1, "complete_multipart_upload": 1}


@pytest.mark.parametrize(
    ("size", "connections", "lengths"),
    [
        (8 * MIB, 8, None),
        (8 * MIB + 1, 8, [5 * MIB, 3 * MIB + 1]),
        (12 * MIB, 8, [5 * MIB] * 2 + [2 * MIB]),
        (12 * MIB, 2, [6 * MIB] * 2),
    ],
)
def test_requests_are_counted(
    tmp_path: Path, size: int, connections: int, lengths: list[float] | None
) -> None:
    data = an_mp4(size)[:size]
    with a_way(tmp_path, data, connections=connections) as way:
        stored = way.copy()

    parts = lengths or [size]
    kind = "FULL_OBJECT" if lengths is None else "COMPOSITE"
    checksum = crc32(data) + ("" if lengths is None else "-2")  # as this bucket answers it
    assert stored == StoredObject(size, "video/mp4", checksum, kind, OURS)
    assert way.bucket.objects[KEY] == data
    assert len(way.ranged.asked) == len(parts)
    assert Counter(way.bucket.asked) == (
        ONE_PUT if lengths is None else IN_PARTS | {"upload_part": len(parts)}
    )
    assert [len(part) for _, part in sorted(way.bucket.parts.items())] == (lengths or [])
    starts = [sum(parts[:index]) for index in range(len(parts))]
    stops = [sum(parts[: index + 1]) for index in range(len(parts))]
    assert sorted(way.ranged.asked[1:]) == [*zip(starts, stops, strict=True)][1:]
    assert way.ranged.asked[0] == (0, None)


def test_the_upload_is_put_together_from_what_s3_has_checked(tmp_path: Path) -> None:
    data = an_mp4(9 * MIB)
    with a_way(tmp_path, data) as way:
        way.copy()

    bucket = way.bucket
    assert bucket.told_checksums == [crc32(bucket.parts[number]).encode() for number in (1, 2)]
    assert bucket.complete_headers["x-amz-mp-object-size"] == str(len(data))
    assert bucket.complete_headers["if-none-match"] == "*"
    assert bucket.headers[KEY]["x-amz-meta-video-id"] == OURS.video_id
    assert sum(size < 8_192 for size in bucket.chunks) <= 2, (
        "S3 refuses smaller chunks, but for each part's last"
    )
    assert max(bucket.chunks) == CHUNK


def test_more_parts_than_connections_are_sent_as_connections_become_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_parts(monkeypatch)
    data = an_mp4(1_000_000)
    before = set(threading.enumerate())
    with a_way(tmp_path, data, connections=3) as way:
        way.copy()
        assert not [left for left in set(threading.enumerate()) - before if "ThreadPool" in left.name]

    assert way.bucket.objects[KEY] == data
    assert len(way.ranged.asked) == len(way.bucket.parts) == 9


def test_every_second_attempt_takes_the_whole_in_one_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_parts(monkeypatch)
    data = an_mp4(3 * SMALL_PART)
    with a_way(tmp_path, data) as way:
        way.copy(in_ranges=False)

    assert way.bucket.objects[KEY] == data
    assert (way.ranged.asked, way.bucket.asked) == ([(0, None)], ["put_object"])


@pytest.mark.parametrize(
    ("size", "connections", "amount", "part"),
    [
        (9 * MIB, 8, 2, 5 * MIB),
        (20_000_000, 4, 4, 5 * MIB),
        (36 * MIB, 8, 8, 5 * MIB),
        (40 * MIB, 8, 8, 5 * MIB),
        (100 * MIB, 8, 8, 12.5 * MIB),
        (100 * MIB, 4, 4, 25 * MIB),
        (512 * MIB, 8, 8, 64 * MIB),
        (513 * MIB, 8, 16, 32.0625 * MIB),
        (2048 * MIB, 8, 32, 64 * MIB),
        (2048 * MIB, 4, 32, 64 * MIB),
        (5 * 1024 * 1024 * MIB, 8, 10_000, None),
    ],
)
def test_all_connections_have_the_same_to_do(
    size: int, connections: int, amount: int, part: float | None
) -> None:
    parts = parts_of(int(size), connections)
    lengths = [stop - start for start, stop in parts]

    assert len(parts) == amount
    assert parts[0][0] == 0
    assert [stop for _, stop in parts] == [start for start, _ in parts[1:]] + [size]
    assert part is None or lengths[0] == part
    assert len(set(lengths[:-1])) <= 1
    assert 0 < lengths[-1] <= lengths[0]
    assert all(length >= 5 * MIB for length in lengths[:-1])


@pytest.mark.parametrize(("megabytes", "connections"), [(128, 4), (256, 4), (257, 8), (1024, 8), (0, 4)])
def test_a_small_function_opens_fewer_connections(megabytes: int, connections: int) -> None:
    assert connections_of(megabytes) == connections

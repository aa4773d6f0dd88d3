"""Videos on the wire to S3: read once, in one put or in parts, and checked by S3."""

from pathlib import Path

import pytest

from reelhook.adapters import s3
from reelhook.adapters.buffered import part_bytes
from reelhook.adapters.result_body import CHUNK
from reelhook.adapters.s3 import S3Media
from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from tests.buckets import crc32, serving
from tests.builders import VIDEO_ID, an_mp4
from tests.fakes import StaticStream

KEY = f"videos/{VIDEO_ID}/0.mp4"
OURS = ObjectIdentity(VIDEO_ID, "task/1")
MIB = 1024 * 1024
SMALL, LARGE = an_mp4(700_000), an_mp4(17 * MIB)
MULTIPART = [
    "create_multipart_upload",
    "upload_part",
    "upload_part",
    "upload_part",
    "complete_multipart_upload",
]


def test_a_small_video_is_one_put_read_once(tmp_path: Path) -> None:
    stream = StaticStream(SMALL)
    with serving(tmp_path) as (client, bucket):
        stored = S3Media(client, "media").put(KEY, stream, OURS)

    assert bucket.asked == ["put_object"]
    assert bucket.objects[KEY] == SMALL
    assert stored == StoredObject(len(SMALL), "video/mp4", crc32(SMALL), "FULL_OBJECT", OURS)
    assert stream.restarts == 0
    assert all(size >= 8_192 for size in bucket.chunks[:-1]), "S3 refuses smaller chunks"
    assert max(bucket.chunks) == CHUNK


def test_an_object_is_a_file_to_keep_with_its_identity(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

    told = bucket.headers[KEY]
    assert told["content-type"] == "video/mp4"
    assert told["content-disposition"] == f'attachment; filename="{VIDEO_ID}-0.mp4"'
    assert (told["x-amz-meta-video-id"], told["x-amz-meta-task-id"]) == (VIDEO_ID, "task%2F1")
    assert told["if-none-match"] == "*"
    assert told["x-amz-trailer"] == "x-amz-checksum-crc32"


@pytest.mark.parametrize(
    "character", ["a", "/", "\N{LATIN SMALL LETTER A WITH DIAERESIS}", "\N{GRINNING FACE}"]
)
def test_the_longest_task_id_fits_into_s3s_2_kb_of_metadata(tmp_path: Path, character: str) -> None:
    identity = ObjectIdentity(VIDEO_ID, character * 256)
    with serving(tmp_path) as (client, bucket):
        media = S3Media(client, "media")
        media.put(KEY, StaticStream(SMALL), identity)
        found = media.find(KEY)

    assert found is not None
    assert found.identity == identity
    told = {name: value for name, value in bucket.headers[KEY].items() if name.startswith("x-amz-meta-")}
    assert sum(len(name.removeprefix("x-amz-meta-")) + len(value) for name, value in told.items()) <= 2_048


@pytest.mark.parametrize("size_known", [True, False])
def test_a_large_video_goes_in_parts(
    tmp_path: Path, size_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "ONE_PUT_BYTES", 16 * MIB)
    with serving(tmp_path) as (client, bucket):
        stored = S3Media(client, "media").put(KEY, StaticStream(LARGE, size_known=size_known), OURS)

    assert bucket.asked == MULTIPART
    assert bucket.objects[KEY] == LARGE
    assert [len(part) for part in bucket.parts.values()] == [8 * MIB, 8 * MIB, len(LARGE) - 16 * MIB]
    assert (stored.size, stored.checksum, stored.checksum_type) == (
        len(LARGE),
        crc32(LARGE) + "-2",
        "COMPOSITE",
    )
    assert bucket.complete_headers["x-amz-mp-object-size"] == str(len(LARGE))
    assert bucket.complete_headers["if-none-match"] == "*"
    assert bucket.headers[KEY]["x-amz-meta-video-id"] == VIDEO_ID


def test_64_mib_are_still_one_put(tmp_path: Path) -> None:
    data = an_mp4(64 * MIB)[: 64 * MIB]
    with serving(tmp_path) as (client, bucket):
        S3Media(client, "media").put(KEY, StaticStream(data), OURS)

    assert bucket.asked == ["put_object"]
    assert len(bucket.objects[KEY]) == 64 * MIB


@pytest.mark.parametrize(
    ("size", "part"),
    [(1, 8 * MIB), (80_000 * MIB, 8 * MIB), (80_000 * MIB + 1, 8 * MIB + 1), (10**12, 10**8)],
)
def test_parts_grow_where_there_would_be_too_many(size: int, part: int) -> None:
    assert part_bytes(size) == part
    assert -(-size // part) <= 10_000

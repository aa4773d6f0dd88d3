"""Videos on the wire to S3: read once, checked, never replaced, and nothing left open whatever fails."""

import time
from pathlib import Path

import pytest

from reelhook.adapters import s3
from reelhook.adapters.multipart import part_bytes
from reelhook.adapters.s3 import S3Media
from reelhook.domain.errors import (
    MediaUnavailableError,
    ObjectConflictError,
    OutOfTimeError,
    ResultUnavailableError,
)
from reelhook.domain.ports import ObjectIdentity, StoredObject
from tests.buckets import Bucket, crc32, serving
from tests.builders import VIDEO_ID, an_mp4
from tests.fakes import StaticStream

KEY = f"videos/{VIDEO_ID}/0.mp4"
OURS = ObjectIdentity(VIDEO_ID, "task/1")
MIB = 1024 * 1024
SMALL, LARGE = an_mp4(700_000), an_mp4(17 * MIB)
CUT = ResultUnavailableError("cut")
MULTIPART = ["CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart", "CompleteMultipartUpload"]


def test_a_small_video_is_one_put_read_once(tmp_path: Path) -> None:
    stream = StaticStream(SMALL)
    with serving(tmp_path) as (client, bucket):
        stored = S3Media(client, "media").put(KEY, stream, OURS)

    assert bucket.asked == ["PutObject"]
    assert bucket.objects[KEY] == SMALL
    assert stored == StoredObject(len(SMALL), "video/mp4", crc32(SMALL), "FULL_OBJECT", OURS)
    assert stream.restarts == 0
    assert all(size >= 8_192 for size in bucket.chunks[:-1]), "S3 refuses smaller chunks"
    assert max(bucket.chunks) == 256 * 1024


def test_an_object_is_a_file_to_keep_with_its_identity(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

    told = bucket.headers[KEY]
    assert told["content-type"] == "video/mp4"
    assert told["content-disposition"] == f'attachment; filename="{VIDEO_ID}-0.mp4"'
    assert (told["x-amz-meta-video-id"], told["x-amz-meta-task-id"]) == (VIDEO_ID, "task%2F1")
    assert told["if-none-match"] == "*"
    assert told["x-amz-trailer"] == "x-amz-checksum-crc32"


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

    assert bucket.asked == ["PutObject"]
    assert len(bucket.objects[KEY]) == 64 * MIB


@pytest.mark.parametrize(
    ("size", "part"),
    [(1, 8 * MIB), (80_000 * MIB, 8 * MIB), (80_000 * MIB + 1, 8 * MIB + 1), (10**12, 10**8)],
)
def test_parts_grow_where_there_would_be_too_many(size: int, part: int) -> None:
    assert part_bytes(size) == part
    assert -(-size // part) <= 10_000


def test_a_second_try_begins_the_source_anew(tmp_path: Path) -> None:
    stream = StaticStream(SMALL)
    with serving(tmp_path, attempts=2) as (client, bucket):
        bucket.failures["PutObject"] = [(500, "InternalError")]
        S3Media(client, "media").put(KEY, stream, OURS)

    assert bucket.asked == ["PutObject", "PutObject"]
    assert bucket.objects[KEY] == SMALL
    assert stream.restarts == 1


@pytest.mark.parametrize("error", [CUT, OutOfTimeError("late")])
def test_a_source_that_breaks_is_not_fetched_again(tmp_path: Path, error: Exception) -> None:
    assert isinstance(error, ResultUnavailableError | OutOfTimeError)
    stream = StaticStream(SMALL, error=error, fail_at=400_000, failures=1)
    began = time.monotonic()
    with serving(tmp_path, attempts=3) as (client, bucket), pytest.raises(type(error)) as raised:
        S3Media(client, "media").put(KEY, stream, OURS)

    assert raised.value is error
    assert stream.restarts == 0
    assert bucket.objects == {}
    assert time.monotonic() - began < 2, "at most one of botocore's pauses"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("theirs", [False, True])
def test_a_key_that_is_taken_is_ours_or_a_conflict(tmp_path: Path, large: bool, theirs: bool) -> None:
    holder = ObjectIdentity("somebody", "else") if theirs else OURS
    with serving(tmp_path) as (client, bucket):
        media = S3Media(client, "media")
        first = media.put(KEY, StaticStream(SMALL), holder)
        again = StaticStream(LARGE if large else SMALL, size_known=not large)
        if theirs:
            with pytest.raises(ObjectConflictError):
                media.put(KEY, again, OURS)
        else:
            assert media.put(KEY, again, OURS) == first

    assert bucket.asked[-1] == "HeadObject"
    assert (bucket.objects[KEY], bucket.open_uploads) == (SMALL, 0)


@pytest.mark.parametrize("large", [False, True])
def test_a_key_that_was_taken_and_is_free_again_is_for_another_try(tmp_path: Path, large: bool) -> None:
    last = "CompleteMultipartUpload" if large else "PutObject"
    with serving(tmp_path) as (client, bucket):
        bucket.failures[last] = [(412, "PreconditionFailed")]
        with pytest.raises(MediaUnavailableError):
            S3Media(client, "media").put(
                KEY, StaticStream(LARGE if large else SMALL, size_known=not large), OURS
            )

    assert bucket.open_uploads == 0


def test_an_upload_that_is_gone_because_it_was_completed_is_found(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        media = S3Media(client, "media")
        first = media.put(KEY, StaticStream(SMALL), OURS)
        bucket.failures["CompleteMultipartUpload"] = [(404, "NoSuchUpload")]

        assert media.put(KEY, StaticStream(LARGE, size_known=False), OURS) == first


@pytest.mark.parametrize(
    ("operation", "status", "code"),
    [
        *(("PutObject", 409, "ConditionalRequestConflict"), ("PutObject", 503, "SlowDown")),
        *(("PutObject", 403, "AccessDenied"), ("PutObject", 400, "BadDigest")),
        *(("CreateMultipartUpload", 500, "InternalError"), ("UploadPart", 500, "InternalError")),
        *(("UploadPart", 400, "BadDigest"), ("CompleteMultipartUpload", 500, "InternalError")),
        *(
            ("CompleteMultipartUpload", 409, "ConditionalRequestConflict"),
            ("CompleteMultipartUpload", 400, "InvalidRequest"),
        ),
    ],
)
def test_what_s3_refuses_is_for_another_try(tmp_path: Path, operation: str, status: int, code: str) -> None:
    source = StaticStream(SMALL) if operation == "PutObject" else StaticStream(LARGE, size_known=False)
    with serving(tmp_path) as (client, bucket):
        bucket.failures[operation] = [(status, code)]
        with pytest.raises(MediaUnavailableError, match=code):
            S3Media(client, "media").put(KEY, source, OURS)

    assert (bucket.open_uploads, bucket.objects) == (0, {})


@pytest.mark.parametrize("fail_at", [3 * MIB, 9 * MIB, 16 * MIB, 17 * MIB])
def test_a_source_that_breaks_leaves_no_upload_open(tmp_path: Path, fail_at: int) -> None:
    stream = StaticStream(LARGE, size_known=False, error=CUT, fail_at=fail_at)
    with serving(tmp_path) as (client, bucket), pytest.raises(ResultUnavailableError):
        S3Media(client, "media").put(KEY, stream, OURS)

    assert (bucket.open_uploads, bucket.objects) == (0, {})
    assert "CompleteMultipartUpload" not in bucket.asked


class _Interrupted(StaticStream):
    def read(self, amount: int) -> bytes:
        if self._position > 9 * MIB:
            raise KeyboardInterrupt
        return super().read(amount)


def test_even_an_interrupt_leaves_no_upload_open(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket), pytest.raises(KeyboardInterrupt):
        S3Media(client, "media").put(KEY, _Interrupted(LARGE, size_known=False), OURS)

    assert bucket.open_uploads == 0


def test_an_abort_that_fails_hides_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        bucket.failures["UploadPart"] = [(403, "AccessDenied")]
        bucket.failures["AbortMultipartUpload"] = [(500, "InternalError")]
        with pytest.raises(MediaUnavailableError, match="AccessDenied"):
            S3Media(client, "media").put(KEY, StaticStream(LARGE, size_known=False), OURS)


def test_a_checksum_that_was_not_answered_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as (client, bucket):
        monkeypatch.setattr(client, "put_object", _silent_put(bucket))
        stored = S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

    assert bucket.asked == ["HeadObject"]
    assert (stored.checksum, stored.checksum_type) == (crc32(SMALL), "FULL_OBJECT")


def _silent_put(bucket: Bucket) -> object:
    def put(**arguments: object) -> dict[str, str]:
        bucket.objects[KEY] = SMALL
        bucket.headers[KEY] = {"x-amz-meta-video-id": VIDEO_ID, "x-amz-meta-task-id": "task%2F1"}
        return {"ETag": "x"}

    return put


def test_a_bucket_that_cannot_be_reached_is_for_another_try(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        bucket.failures["HeadObject"] = [(403, "Forbidden")]
        with pytest.raises(MediaUnavailableError):
            S3Media(client, "media").find(KEY)
    with pytest.raises(MediaUnavailableError):
        S3Media(client, "media").find(KEY)
    with pytest.raises(MediaUnavailableError):
        S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

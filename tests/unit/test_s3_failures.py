"""Whatever fails on the way to S3: nothing is replaced, nothing is left open, and the error says what to do."""

import time
from pathlib import Path

import pytest

from reelhook.adapters.s3 import S3Media
from reelhook.domain.errors.results import (
    MediaUnavailableError,
    ObjectConflictError,
    OutOfTimeError,
    ResultUnavailableError,
)
from reelhook.domain.ports.media import ObjectIdentity
from tests.buckets import Bucket, crc32, serving
from tests.builders import VIDEO_ID, an_mp4
from tests.fakes import StaticStream

KEY = f"videos/{VIDEO_ID}/0.mp4"
OURS = ObjectIdentity(VIDEO_ID, "task/1")
MIB = 1024 * 1024
SMALL, LARGE = an_mp4(700_000), an_mp4(17 * MIB)
CUT = ResultUnavailableError("cut")


def test_a_second_try_begins_the_source_anew(tmp_path: Path) -> None:
    stream = StaticStream(SMALL)
    with serving(tmp_path, attempts=2) as (client, bucket):
        bucket.failures["put_object"] = [(500, "InternalError")]
        S3Media(client, "media").put(KEY, stream, OURS)

    assert bucket.asked == ["put_object", "put_object"]
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

    assert bucket.asked[-1] == "head_object"
    assert (bucket.objects[KEY], bucket.open_uploads) == (SMALL, 0)


@pytest.mark.parametrize("large", [False, True])
def test_a_key_that_was_taken_and_is_free_again_is_for_another_try(tmp_path: Path, large: bool) -> None:
    last = "complete_multipart_upload" if large else "put_object"
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
        bucket.failures["complete_multipart_upload"] = [(404, "NoSuchUpload")]

        assert media.put(KEY, StaticStream(LARGE, size_known=False), OURS) == first


@pytest.mark.parametrize(
    ("operation", "status", "code"),
    [
        *(("put_object", 409, "ConditionalRequestConflict"), ("put_object", 503, "SlowDown")),
        *(("put_object", 403, "AccessDenied"), ("put_object", 400, "BadDigest")),
        *(("create_multipart_upload", 500, "InternalError"), ("upload_part", 500, "InternalError")),
        *(("upload_part", 400, "BadDigest"), ("complete_multipart_upload", 500, "InternalError")),
        *(
            ("complete_multipart_upload", 409, "ConditionalRequestConflict"),
            ("complete_multipart_upload", 400, "InvalidRequest"),
        ),
    ],
)
def test_what_s3_refuses_is_for_another_try(tmp_path: Path, operation: str, status: int, code: str) -> None:
    source = StaticStream(SMALL) if operation == "put_object" else StaticStream(LARGE, size_known=False)
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
    assert "complete_multipart_upload" not in bucket.asked


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
        bucket.failures["upload_part"] = [(403, "AccessDenied")]
        bucket.failures["abort_multipart_upload"] = [(500, "InternalError")]
        with pytest.raises(MediaUnavailableError, match="AccessDenied"):
            S3Media(client, "media").put(KEY, StaticStream(LARGE, size_known=False), OURS)


def test_a_checksum_that_was_not_answered_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as (client, bucket):
        monkeypatch.setattr(client, "put_object", _silent_put(bucket))
        stored = S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

    assert bucket.asked == ["head_object"]
    assert (stored.checksum, stored.checksum_type) == (crc32(SMALL), "FULL_OBJECT")


def _silent_put(bucket: Bucket) -> object:
    def put(**_: object) -> dict[str, str]:
        bucket.objects[KEY] = SMALL
        bucket.headers[KEY] = {"x-amz-meta-video-id": VIDEO_ID, "x-amz-meta-task-id": "task%2F1"}
        return {"ETag": "x"}

    return put


def test_a_bucket_that_cannot_be_reached_is_for_another_try(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        bucket.failures["head_object"] = [(403, "Forbidden")]
        with pytest.raises(MediaUnavailableError):
            S3Media(client, "media").find(KEY)
    client.close()
    with pytest.raises(MediaUnavailableError):
        S3Media(client, "media").find(KEY)
    with pytest.raises(MediaUnavailableError):
        S3Media(client, "media").put(KEY, StaticStream(SMALL), OURS)

"""References when S3 fails: nobody is told that bytes are kept unless they are."""

from pathlib import Path

import pytest

from reelhook.adapters.references import S3References
from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.references import HeldMedia
from tests.buckets import Bucket, serving
from tests.images import a_png

KEY = "references/owner-1/video_a/0"
IMAGE = HeldMedia(a_png(), "image/png")


def store(client: object) -> S3References:
    return S3References(lambda: client, "media")  # type: ignore[arg-type, return-value]


def failing(bucket: Bucket, operation: str, *answers: tuple[int, str]) -> None:
    bucket.failures[operation] = list(answers)


@pytest.mark.parametrize(
    "answer", [(500, "InternalError"), (403, "AccessDenied"), (409, "ConditionalRequestConflict")]
)
def test_a_put_that_is_not_taken_is_unclear(tmp_path: Path, answer: tuple[int, str]) -> None:
    with serving(tmp_path) as (client, bucket):
        failing(bucket, "put_object", answer)

        with pytest.raises(StoreError, match=f"S3: {answer[1]}"):
            store(client).put(KEY, IMAGE)

    assert bucket.objects == {}


def test_a_put_that_was_taken_and_not_answered_is_recognised(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        store(client).put(KEY, IMAGE)
        store(client).put(KEY, IMAGE)  # as botocore does it, or the client's next attempt

    assert bucket.asked == ["put_object", "put_object", "head_object"]
    assert bucket.objects == {KEY: IMAGE.data}


def test_s3_checks_the_bytes_by_their_hash_and_never_replaces_any(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        store(client).put(KEY, IMAGE)

    told = bucket.headers[KEY]
    assert told["if-none-match"] == "*"
    assert told["content-type"] == "image/png"
    assert told["x-amz-meta-sha256"] == IMAGE.sha256
    assert told["x-amz-checksum-sha256"]


@pytest.mark.parametrize(
    ("answer", "error"), [((404, "NoSuchKey"), StoreError), ((403, "AccessDenied"), StoreError)]
)
def test_what_cannot_be_compared_is_not_taken_for_ours(
    tmp_path: Path, answer: tuple[int, str], error: type[Exception]
) -> None:
    with serving(tmp_path) as (client, bucket):
        failing(bucket, "put_object", (412, "PreconditionFailed"))
        failing(bucket, "head_object", answer)

        with pytest.raises(error):
            store(client).put(KEY, IMAGE)


def test_an_object_without_a_hash_is_somebody_elses(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        bucket.objects[KEY], bucket.headers[KEY] = IMAGE.data, {}

        with pytest.raises(ObjectConflictError):
            store(client).put(KEY, IMAGE)


def test_a_removal_that_fails_is_told(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, bucket):
        failing(bucket, "abort_multipart_upload", (503, "SlowDown"))  # any DELETE, to this bucket

        with pytest.raises(StoreError, match="SlowDown"):
            store(client).remove([KEY])

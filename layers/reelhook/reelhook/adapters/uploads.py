"""Uploads in the media bucket: clients write them by a presigned form, we only ever read them."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.uploads import PostForm, StoredUpload

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FIRST_BYTES = 256 * 1024  # read at once: most sounds and many videos tell their length in there


class S3Uploads:
    """`UploadStore` in one bucket with versions. Most requests name no upload, so the client is made for the first one."""

    def __init__(self, make_client: "Callable[[], S3Client]", bucket: str) -> None:
        self._make_client, self._bucket = make_client, bucket

    def form(self, key: str, content_type: str, least: int, most: int, seconds: int) -> PostForm:
        try:
            post = self._client.generate_presigned_post(
                self._bucket,
                key,
                Fields={"Content-Type": content_type},
                Conditions=[{"Content-Type": content_type}, ["content-length-range", least, most]],
                ExpiresIn=seconds,
            )
        except AWS_ERRORS as error:
            raise _unclear(error) from error
        return PostForm(post["url"], post["fields"])

    def find(self, key: str) -> StoredUpload | None:
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except AWS_ERRORS as error:
            if error_code(error) in ("404", "NoSuchKey"):
                return None
            raise _unclear(error) from error
        version, size = head.get("VersionId", "null"), head["ContentLength"]
        start = self.read(key, version, 0, min(size, FIRST_BYTES))
        return StoredUpload(version, head["ETag"].strip('"'), size, start)

    def read(self, key: str, version_id: str, start: int, amount: int) -> bytes:
        if amount <= 0:
            return b""
        try:
            answer = self._client.get_object(
                Bucket=self._bucket,
                Key=key,
                VersionId=version_id,
                Range=f"bytes={start}-{start + amount - 1}",
            )
            return answer["Body"].read(amount)
        except AWS_ERRORS as error:
            raise _unclear(error) from error

    @cached_property
    def _client(self) -> "S3Client":
        return self._make_client()


def _unclear(error: Exception) -> StoreError:
    return StoreError(f"S3: {error_code(error) or type(error).__name__}")

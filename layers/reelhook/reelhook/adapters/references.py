"""References in the media bucket: written once, never replaced."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.references import HeldMedia

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3References:
    """`ReferenceStore` in one bucket. Most requests have no references, so the client is made for the first one."""

    def __init__(self, make_client: "Callable[[], S3Client]", bucket: str) -> None:
        self._make_client, self._bucket = make_client, bucket

    def put(self, key: str, media: HeldMedia) -> None:
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=media.data,
                ContentType=media.content_type or "application/octet-stream",
                Metadata={"sha256": media.sha256},
                ChecksumSHA256=b64encode(bytes.fromhex(media.sha256)).decode(),
                IfNoneMatch="*",
            )
        except AWS_ERRORS as error:
            if error_code(error) != "PreconditionFailed":
                raise _unclear(error) from error
            self._expect(key, media)  # an earlier attempt, or botocore's own, was here

    def link(self, key: str, seconds: int, version_id: str | None = None) -> str:
        about = {"Bucket": self._bucket, "Key": key}
        if version_id is not None:
            about["VersionId"] = version_id
        try:
            return self._client.generate_presigned_url("get_object", about, ExpiresIn=seconds)
        except AWS_ERRORS as error:
            raise _unclear(error) from error

    def remove(self, keys: Sequence[str]) -> None:
        try:
            for key in keys:
                self._client.delete_object(Bucket=self._bucket, Key=key)
        except AWS_ERRORS as error:
            raise _unclear(error) from error

    def _expect(self, key: str, media: HeldMedia) -> None:
        try:
            standing = self._client.head_object(Bucket=self._bucket, Key=key)
        except AWS_ERRORS as error:
            raise _unclear(error) from error
        if standing["Metadata"].get("sha256") != media.sha256:
            raise ObjectConflictError("other bytes stand at this reference's key")

    @cached_property
    def _client(self) -> "S3Client":
        return self._make_client()


def _unclear(error: Exception) -> StoreError:
    return StoreError(f"S3: {error_code(error) or type(error).__name__}")

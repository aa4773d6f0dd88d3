"""The user's bucket in S3: objects are written once, checked by S3, and never replaced."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.multipart import PART_BYTES, MultipartUpload, crc32, fill, part_bytes
from reelhook.adapters.result_body import ResultBody
from reelhook.domain.errors.results import MediaUnavailableError, ObjectConflictError
from reelhook.domain.ports.media import ObjectIdentity, ResultStream, StoredObject

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ONE_PUT_BYTES = 64 * 1024 * 1024  # beyond that a failed upload would cost too much to begin again
_BASE64, _MAX_QUOTED = "base64:", 1024  # a colon never comes out of percent-encoding
_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
# The key is taken; or botocore's second try found its first one done, and the upload gone.
_MAYBE_OURS = ("PreconditionFailed", "NoSuchUpload")


class S3Media:
    """`MediaStore` in one bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client, self._bucket = client, bucket

    def find(self, key: str) -> StoredObject | None:
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED")
        except AWS_ERRORS as error:
            if error_code(error) in ("404", "NoSuchKey"):
                return None
            raise _unavailable(error) from error
        return StoredObject(
            size=head["ContentLength"],
            content_type=head["ContentType"],
            checksum=head.get("ChecksumCRC32", ""),
            checksum_type=head.get("ChecksumType", ""),
            identity=_identity(head["Metadata"]),
        )

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        kind = stream.format.content_type  # by its first bytes, whatever the host called it
        target = {
            "Bucket": self._bucket,
            "Key": key,
            "ContentType": kind,
            "ContentDisposition": _disposition(key),
            "Metadata": _metadata(identity),
        }
        try:
            if stream.size is not None and stream.size <= ONE_PUT_BYTES:
                size, answer = stream.size, self._stream(target, ResultBody(stream, stream.size))
            else:
                size, answer = self._copy_in_parts(target, stream)
        except AWS_ERRORS as error:
            if error_code(error) in _MAYBE_OURS:
                return self._ours(key, identity)
            raise _unavailable(error) from error
        if not answer.get("ChecksumCRC32") or not answer.get("ChecksumType"):
            return self._ours(key, identity)  # some stores tell the checksum only when asked
        return StoredObject(size, kind, answer["ChecksumCRC32"], answer["ChecksumType"], identity)

    def link(self, key: str, content_type: str, seconds: int) -> str:
        parameters = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": _disposition(key),
            "ResponseContentType": content_type,
        }
        try:
            return self._client.generate_presigned_url("get_object", parameters, ExpiresIn=seconds)
        except AWS_ERRORS as error:
            raise _unavailable(error) from error

    def clear(self, folder: str) -> int:
        """Only what is there is deleted: with versions, deleting nothing would leave a marker each time."""
        amount = 0
        try:
            while True:
                page = self._client.list_objects_v2(Bucket=self._bucket, Prefix=folder)
                for there in page.get("Contents", []):
                    self._client.delete_object(Bucket=self._bucket, Key=there["Key"])
                    amount += 1
                if not page["IsTruncated"]:
                    return amount
        except AWS_ERRORS as error:
            raise _unavailable(error) from error

    def _stream(self, target: Mapping[str, Any], body: ResultBody) -> Mapping[str, Any]:
        """One PutObject whose body is the source itself: nothing is kept."""
        whole: dict[str, Any] = {**target, "Body": body}
        try:
            return self._client.put_object(**whole, ChecksumAlgorithm="CRC32", IfNoneMatch="*")
        except AWS_ERRORS as error:
            if body.error is not None:
                raise body.error from error
            raise

    def _copy_in_parts(
        self, target: Mapping[str, Any], stream: ResultStream
    ) -> tuple[int, Mapping[str, Any]]:
        """Part by part; what ends within the first one is put in one piece."""
        amount = PART_BYTES if stream.size is None else part_bytes(stream.size)
        first = bytearray(amount)
        fill(first, stream)
        if len(first) == amount:
            return MultipartUpload(self._client, target).copy(first, stream)
        whole: dict[str, Any] = {**target, "Body": first, "ChecksumCRC32": crc32(first)}
        return len(first), self._client.put_object(**whole, ChecksumAlgorithm="CRC32", IfNoneMatch="*")

    def _ours(self, key: str, identity: ObjectIdentity) -> StoredObject:
        """What stands at the key, if it is this very video's."""
        found = self.find(key)
        if found is None:
            raise MediaUnavailableError(f"{key} was refused, and nothing stands there")
        if found.identity != identity:
            raise ObjectConflictError(f"{key} holds another object")
        return found


def _unavailable(error: Exception) -> MediaUnavailableError:
    return MediaUnavailableError(f"S3: {error_code(error) or type(error).__name__}")


def _disposition(key: str) -> str:
    """A file to keep, never a page to show; its name is made from the key."""
    name = _UNSAFE_IN_NAMES.sub("-", key.removeprefix("videos/"))
    return f'attachment; filename="{name}"'


def _metadata(identity: ObjectIdentity) -> dict[str, str]:
    return {"video-id": identity.video_id, "task-id": _encoded(identity.task_id)}


def _identity(metadata: Mapping[str, str]) -> ObjectIdentity:
    return ObjectIdentity(metadata.get("video-id", ""), _decoded(metadata.get("task-id", "")))


def _encoded(task_id: str) -> str:
    """Metadata travels in headers, 2 KB of them, and a task's id may be any 256 characters."""
    quoted = quote(task_id, safe="")
    return quoted if len(quoted) <= _MAX_QUOTED else _BASE64 + urlsafe_b64encode(task_id.encode()).decode()


def _decoded(text: str) -> str:
    if not text.startswith(_BASE64):
        return unquote(text)
    try:
        return urlsafe_b64decode(text.removeprefix(_BASE64)).decode()
    except ValueError:
        return ""  # none of ours

"""The user's bucket in S3: objects are written once, checked by S3, and never replaced."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reelhook.adapters.buffered import PART_BYTES, crc32, fill, part_bytes, send_buffered
from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.multipart import upload_in_parts
from reelhook.adapters.object_identity import identity_in, metadata_of
from reelhook.adapters.result_body import ResultBody
from reelhook.adapters.wave import MOST_CONNECTIONS, Wave
from reelhook.domain.errors.results import MediaUnavailableError, ObjectConflictError
from reelhook.domain.ports.media import ObjectIdentity, Readable, ResultStream, StoredObject

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ONE_RANGE_BYTES = 8 * 1024 * 1024  # up to that, more connections cost more time than they save
ONE_PUT_BYTES = 64 * 1024 * 1024  # beyond that a failed upload would cost too much to begin again
_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
# The key is taken; or botocore's second try found its first one done, and the upload gone.
_MAYBE_OURS = ("PreconditionFailed", "NoSuchUpload")


class S3Media:
    """`MediaStore` in one bucket; `connections` are how many parts of a large result are under way at once."""

    def __init__(self, client: "S3Client", bucket: str, connections: int = MOST_CONNECTIONS) -> None:
        self._client, self._bucket, self._connections = client, bucket, connections

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
            identity=identity_in(head["Metadata"]),
        )

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        kind = stream.format.content_type  # by its first bytes, whatever the host called it
        target = {
            "Bucket": self._bucket,
            "Key": key,
            "ContentType": kind,
            "ContentDisposition": _disposition(key),
            "Metadata": metadata_of(identity),
        }
        try:
            size, answer = self._copied(target, stream)
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

    def _copied(self, target: Mapping[str, Any], stream: ResultStream) -> tuple[int, Mapping[str, Any]]:
        """The size and S3's answer, by the way that this size and host allow."""
        size, ranges = stream.size, stream.ranges
        if size is None or (ranges is None and size > ONE_PUT_BYTES):
            return self._copied_in_order(target, stream)
        if ranges is None:
            return size, self._copied_at_once(target, stream, size)
        if size <= ONE_RANGE_BYTES:
            return size, self._copied_at_once(target, ranges.part(0, size), size)
        return upload_in_parts(
            self._client, target, lambda upload: Wave(upload, ranges, size, self._connections).send()
        )

    def _copied_at_once(self, target: Mapping[str, Any], source: Readable, size: int) -> Mapping[str, Any]:
        """One PutObject whose body is the source itself: nothing is kept."""
        body = ResultBody(source, size)
        whole: dict[str, Any] = {**target, "Body": body}
        try:
            return self._client.put_object(**whole, ChecksumAlgorithm="CRC32", IfNoneMatch="*")
        except AWS_ERRORS as error:
            if body.error is not None:
                raise body.error from error
            raise

    def _copied_in_order(
        self, target: Mapping[str, Any], stream: ResultStream
    ) -> tuple[int, Mapping[str, Any]]:
        """Part after part; what ends within the first one is put in one piece."""
        amount = PART_BYTES if stream.size is None else part_bytes(stream.size)
        first = bytearray(amount)
        fill(first, stream)
        if len(first) == amount:
            return upload_in_parts(self._client, target, lambda upload: send_buffered(upload, first, stream))
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

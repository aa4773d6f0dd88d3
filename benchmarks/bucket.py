"""A bucket that checks everything it is given and keeps none of it: sizes, checksums and a running SHA-256."""

import hashlib
import zlib
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from io import BufferedIOBase

from benchmarks.bodies import Received, RefusedError, encoded, receive

SMALLEST_PART = 5 * 1024 * 1024  # but for the last


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of an object: all but its bytes."""

    size: int
    sha256: str
    checksum: str
    checksum_type: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Upload:
    """An open multipart upload; its parts have to come in order, so that one hash can follow them."""

    key: str
    headers: Mapping[str, str]
    parts: list[Received] = field(default_factory=list)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class Bucket:
    """Objects and open uploads; `requests` counts what was asked for, by key and operation."""

    def __init__(self) -> None:
        self.objects: dict[str, Stored] = {}
        self.uploads: dict[str, Upload] = {}
        self.requests: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def put(self, key: str, headers: Message, file: BufferedIOBase) -> Stored:
        """PutObject, to a free key."""
        digest = hashlib.sha256()
        received = receive(headers, file, digest.update)
        return self._store(
            key,
            headers,
            Stored(received.size, digest.hexdigest(), received.crc32, "FULL_OBJECT", _kept(headers)),
        )

    def begin(self, key: str, headers: Message) -> str:
        """CreateMultipartUpload; its id."""
        if headers.get("x-amz-checksum-algorithm") != "CRC32":
            raise RefusedError("InvalidRequest")
        upload_id = f"upload-{sum(count['CreateMultipartUpload'] for count in self.requests.values())}"
        self.uploads[upload_id] = Upload(key, _kept(headers))
        return upload_id

    def put_part(self, upload_id: str, number: int, headers: Message, file: BufferedIOBase) -> Received:
        """UploadPart; one that is refused leaves the hash as it was."""
        upload = self._upload(upload_id)
        digest = upload.digest.copy()
        received = receive(headers, file, digest.update)
        if number != len(upload.parts) + 1:
            raise RefusedError("InvalidPartOrder")
        upload.parts.append(received)
        upload.digest = digest
        return received

    def complete(self, upload_id: str, headers: Message, told: list[tuple[int, str, str]]) -> Stored:
        """CompleteMultipartUpload with the number, tag and checksum of each part."""
        upload = self._upload(upload_id)
        parts = upload.parts
        if told != [(number, etag(part), part.crc32) for number, part in enumerate(parts, 1)]:
            raise RefusedError("InvalidPart")
        if any(part.size < SMALLEST_PART for part in parts[:-1]):
            raise RefusedError("EntityTooSmall")
        size = sum(part.size for part in parts)
        if headers.get("x-amz-mp-object-size") != str(size):
            raise RefusedError("InvalidRequest")
        checksum = encoded(zlib.crc32(b"".join(b64decode(part.crc32) for part in parts)))
        stored = Stored(
            size, upload.digest.hexdigest(), f"{checksum}-{len(parts)}", "COMPOSITE", upload.headers
        )
        self._store(upload.key, headers, stored)
        del self.uploads[upload_id]
        return stored

    def abort(self, upload_id: str) -> None:
        """AbortMultipartUpload."""
        self._upload(upload_id)
        del self.uploads[upload_id]

    def _store(self, key: str, headers: Message, stored: Stored) -> Stored:
        if (
            headers.get("If-None-Match") != "*"
        ):  # S3 would replace what is there; nothing of ours may ask for that
            raise RefusedError("InvalidRequest")
        if key in self.objects:
            raise RefusedError("PreconditionFailed", 412)
        self.objects[key] = stored
        return stored

    def _upload(self, upload_id: str) -> Upload:
        if upload_id not in self.uploads:
            raise RefusedError("NoSuchUpload", 404)
        return self.uploads[upload_id]


def etag(part: Received) -> str:
    """A part's tag, as it is answered and as it has to be named again."""
    return f'"{part.crc32}"'


def _kept(headers: Message) -> dict[str, str]:
    """The headers that become the object's own."""
    return {
        name: value
        for name, value in headers.items()
        if name.lower().startswith(("content-type", "content-disposition", "x-amz-meta-"))
    }

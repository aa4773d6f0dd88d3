"""A bucket that checks everything it is given and keeps none of it: sizes, checksums and the SHA-256 of each piece.

Anybody may use it as S3 lets anybody. Below `OURS` it also demands what Reelhook promises: a checksum with every byte, and
a key that is free.
"""

import time
import zlib
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from io import BufferedIOBase

from benchmarks.bodies import Received, RefusedError, encoded, receive

SMALLEST_PART = 5 * 1024 * 1024  # but for the last
OURS = "videos/"

type Told = tuple[int, str, str | None]  # a part's number, its tag, and its checksum if that was named


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of an object: all but its bytes. `pieces` are size and SHA-256 of each part, in their order."""

    size: int
    pieces: Sequence[tuple[int, str]]
    checksum: str
    checksum_type: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Upload:
    """An open multipart upload; its parts may come in any order, and several at once."""

    key: str
    headers: Mapping[str, str]
    parts: dict[int, Received] = field(default_factory=dict)


class Bucket:
    """Objects and open uploads, and by key what was asked for (`requests`) and when its first byte came (`begun`)."""

    def __init__(self) -> None:
        self.objects: dict[str, Stored] = {}
        self.uploads: dict[str, Upload] = {}
        self.requests: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.begun: dict[str, float] = {}  # by the clock that all processes of a machine share

    def put(self, key: str, headers: Message, file: BufferedIOBase) -> Stored:
        """PutObject."""
        received = self._receive(key, headers, file)
        pieces = [(received.size, received.sha256)]
        stored = Stored(received.size, pieces, received.crc32, "FULL_OBJECT", _kept(headers))
        return self._store(key, headers, stored)

    def begin(self, key: str, headers: Message) -> str:
        """CreateMultipartUpload; its id."""
        if _ours(key) and headers.get("x-amz-checksum-algorithm") != "CRC32":
            raise RefusedError("InvalidRequest")
        upload_id = f"upload-{sum(count['CreateMultipartUpload'] for count in self.requests.values())}"
        self.uploads[upload_id] = Upload(key, _kept(headers))
        return upload_id

    def put_part(self, upload_id: str, number: int, headers: Message, file: BufferedIOBase) -> Received:
        """UploadPart."""
        upload = self._upload(upload_id)
        received = self._receive(upload.key, headers, file)
        upload.parts[number] = received
        return received

    def complete(self, upload_id: str, headers: Message, told: Sequence[Told]) -> Stored:
        """CompleteMultipartUpload with the number, tag and checksum of each part."""
        upload = self._upload(upload_id)
        ours = _ours(upload.key)
        parts = [upload.parts[number] for number in sorted(upload.parts)]
        if [number for number, _, _ in told] != sorted(upload.parts):
            raise RefusedError("InvalidPart")
        for (_, tag, crc32), part in zip(told, parts, strict=True):
            if tag.strip('"') != part.crc32 or (crc32 != part.crc32 and (ours or crc32 is not None)):
                raise RefusedError("InvalidPart")
        if any(part.size < SMALLEST_PART for part in parts[:-1]):
            raise RefusedError("EntityTooSmall")
        size = sum(part.size for part in parts)
        if headers.get("x-amz-mp-object-size", None if ours else str(size)) != str(size):
            raise RefusedError("InvalidRequest")
        checksum = encoded(zlib.crc32(b"".join(b64decode(part.crc32) for part in parts)))
        pieces = [(part.size, part.sha256) for part in parts]
        stored = Stored(size, pieces, f"{checksum}-{len(parts)}", "COMPOSITE", upload.headers)
        self._store(upload.key, headers, stored)
        del self.uploads[upload_id]
        return stored

    def abort(self, upload_id: str) -> None:
        """AbortMultipartUpload."""
        self._upload(upload_id)
        del self.uploads[upload_id]

    def _receive(self, key: str, headers: Message, file: BufferedIOBase) -> Received:
        def begun() -> None:
            self.begun.setdefault(key, time.monotonic())

        return receive(headers, file, begun, checked=_ours(key))

    def _store(self, key: str, headers: Message, stored: Stored) -> Stored:
        # without this S3 would replace what is there; nothing of ours may ask for that
        if _ours(key) and headers.get("If-None-Match") != "*":
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


def _ours(key: str) -> bool:
    return key.startswith(OURS)


def _kept(headers: Message) -> dict[str, str]:
    """The headers that become the object's own."""
    return {
        name: value
        for name, value in headers.items()
        if name.lower().startswith(("content-type", "content-disposition", "x-amz-meta-"))
    }

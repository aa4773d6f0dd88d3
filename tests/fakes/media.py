"""The bucket and the hosts of results, in memory."""

import zlib
from base64 import b64encode
from urllib.parse import quote

from reelhook.domain.errors.results import LinkRefusedError, NotAVideoError, ObjectConflictError, ResultError
from reelhook.domain.formats import MP4, sniffed
from reelhook.domain.ports.media import ObjectIdentity, ResultRanges, ResultStream, StoredObject
from reelhook.domain.time import Instant
from reelhook.domain.video import ArtifactType

READ = 64 * 1024


class StaticStream:
    """`ResultStream` of given bytes; after `fail_at` of them it raises `error`, on its `failures` first runs."""

    ranges: ResultRanges | None = None

    def __init__(
        self,
        data: bytes,
        *,
        size_known: bool = True,
        error: ResultError | None = None,
        fail_at: int = 0,
        failures: int = 1_000,
    ) -> None:
        self.size = len(data) if size_known else None
        self.format = sniffed(ArtifactType.LAST_FRAME, data) or MP4
        self.closed = False
        self.restarts = 0
        self._data, self._position = data, 0
        self._error, self._fail_at, self._failures = error, fail_at, failures

    def read(self, amount: int) -> bytes:
        data = self._data[self._position : self._position + amount]
        if self._error is not None and self._failures and self._position + len(data) > self._fail_at:
            self._failures -= 1
            raise self._error
        self._position += len(data)
        return data

    def restart(self) -> None:
        self._position = 0
        self.restarts += 1

    def close(self) -> None:
        self.closed = True


class StaticResults:
    """`ResultSource` of given links; a link without bytes is refused, one with an error raises it on opening."""

    def __init__(self, links: dict[str, bytes | ResultError | StaticStream] | None = None) -> None:
        self.links = links or {}
        self.opened: list[str] = []
        self.in_ranges: list[bool] = []

    def open(
        self,
        link: str,
        until: Instant,  # noqa: ARG002 - these are never late
        kind: ArtifactType = ArtifactType.VIDEO,
        *,
        in_ranges: bool = True,
    ) -> StaticStream:
        self.opened.append(link)
        self.in_ranges.append(in_ranges)
        match self.links.get(link, LinkRefusedError(404)):
            case bytes() as data:
                if sniffed(kind, data) is None:
                    raise NotAVideoError(f"the link gave no {kind}")
                return StaticStream(data)
            case StaticStream() as stream:
                stream.restart()
                return stream
            case error:
                raise error


class InMemoryMedia:
    """`MediaStore`: objects are written once. `contents` has their bytes."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.stored: dict[str, StoredObject] = {}
        self.error: Exception | None = None

    def __len__(self) -> int:
        return len(self.contents)

    def __contains__(self, key: str) -> bool:
        return key in self.contents

    def find(self, key: str) -> StoredObject | None:
        if self.error is not None:
            raise self.error
        return self.stored.get(key)

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        if self.error is not None:
            raise self.error
        parts = []
        while part := stream.read(READ):
            parts.append(part)
        if key in self.stored and self.stored[key].identity != identity:
            raise ObjectConflictError(f"{key} holds another object")
        if key not in self.stored:
            data = b"".join(parts)
            checksum = b64encode(zlib.crc32(data).to_bytes(4)).decode()
            self.contents[key] = data
            self.stored[key] = StoredObject(
                len(data), stream.format.content_type, checksum, "FULL_OBJECT", identity
            )
        return self.stored[key]

    def link(self, key: str, content_type: str, seconds: int) -> str:
        return f"https://media.test/{key}?response-content-type={quote(content_type, safe='')}&X-Amz-Expires={seconds}"

    def clear(self, folder: str) -> int:
        if self.error is not None:
            raise self.error
        gone = [key for key in self.stored if key.startswith(folder)]
        for key in gone:
            del self.stored[key], self.contents[key]
        return len(gone)

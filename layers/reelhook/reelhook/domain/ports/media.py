"""Results, the user's bucket, and the references in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reelhook.domain.formats import Format
from reelhook.domain.references import HeldMedia
from reelhook.domain.time import Instant
from reelhook.domain.video import ArtifactType


@dataclass(frozen=True, slots=True)
class ObjectIdentity:
    """Whose object it is: an existing one is ours only if both match."""

    video_id: str
    task_id: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in the bucket, with S3's own checksum and the checksum's type."""

    size: int
    content_type: str
    checksum: str
    checksum_type: str
    identity: ObjectIdentity


class Readable(Protocol):
    """A result, or a range of one. `read` raises `ResultError`s; `restart` begins again at the first byte."""

    def read(self, amount: int) -> bytes:
        """Exactly `amount` bytes, or fewer at the end; what is incomplete never ends quietly."""

    def restart(self) -> None:
        """Begins again at the first byte of the same result."""

    def close(self) -> None:
        """Ends the connection."""


class ResultRanges(Protocol):
    """What else a host gives that answers ranges: several of them at once, all of the same version."""

    def part(self, start: int, stop: int) -> Readable:
        """The bytes from `start` up to, but without, `stop`; the first part that begins at 0 needs no new GET."""

    def cut(self) -> None:
        """Ends all connections at once; whoever reads gets a `ResultUnavailableError`, now and later."""


class ResultStream(Readable, Protocol):
    """An open result link: of this `format` by its first bytes, `size` announced or not (`None`)."""

    size: int | None
    format: Format

    @property
    def ranges(self) -> ResultRanges | None:
        """What is read in place of the stream, if the host gives ranges; the size is known then."""


class ResultSource(Protocol):
    """Where results are fetched: allowed origins only, no redirects, no proxies, no encodings."""

    def open(
        self, link: str, until: Instant, kind: ArtifactType = ArtifactType.VIDEO, *, in_ranges: bool = True
    ) -> ResultStream:
        """Opens a link to a result of this kind, for an attempt that ends at `until`; raises `ResultError`s.

        Without `in_ranges` the stream offers none, whatever the host can.
        """


class MediaStore(Protocol):
    """The user's bucket."""

    def find(self, key: str) -> StoredObject | None:
        """What stands at the key; raises `MediaUnavailableError`."""

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        """Streams the result to a key that must be free, or hold this very object.

        Raises the stream's `ResultError`s, `ObjectConflictError`, `MediaUnavailableError`; leaves no upload open.
        """

    def link(self, key: str, content_type: str, seconds: int) -> str:
        """A presigned GET (SigV4) that lives `seconds` and is answered with this type."""

    def clear(self, folder: str) -> int:
        """Deletes every object whose key begins so; how many there were. Raises `MediaUnavailableError`."""


class ReferenceStore(Protocol):
    """Where references lie. Every method raises `StoreError` when the answer is unclear."""

    def put(self, key: str, media: HeldMedia) -> None:
        """Stores the bytes at a key that is free or holds these very bytes; else raises `ObjectConflictError`."""

    def link(self, key: str, seconds: int, version_id: str | None = None) -> str:
        """A presigned GET (SigV4) that is asked to live `seconds`, for the provider alone; of one version if named."""

    def remove(self, keys: Sequence[str]) -> None:
        """Deletes these; one that is not there is as good as deleted."""

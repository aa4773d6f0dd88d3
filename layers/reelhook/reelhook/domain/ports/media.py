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


class ResultStream(Protocol):
    """An open result link: of this `format` by its first bytes, `size` announced or not (`None`).

    `read` raises `ResultError`s. `restart` opens the link anew and begins at the first byte.
    """

    size: int | None
    format: Format

    def read(self, amount: int) -> bytes:
        """Exactly `amount` bytes, or fewer at the end; an incomplete file never ends quietly."""

    def restart(self) -> None:
        """Begins again at the first byte, with the same size."""

    def close(self) -> None:
        """Ends the connection."""


class ResultSource(Protocol):
    """Where results are fetched: allowed origins only, no redirects, no proxies, no encodings."""

    def open(self, link: str, until: Instant, kind: ArtifactType = ArtifactType.VIDEO) -> ResultStream:
        """Opens a link to a result of this kind, for an attempt that ends at `until`; raises `ResultError`s."""


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

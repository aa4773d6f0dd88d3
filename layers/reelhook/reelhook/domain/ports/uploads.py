"""Uploads: forms that clients may post, and what they put into the bucket by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PostForm:
    """Where a form is posted to, and the fields that come before the file."""

    url: str
    fields: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """What stands at a key now: which version, S3's own mark of its content, its size, and its first bytes."""

    version_id: str
    content: str
    size: int
    start: bytes = field(repr=False)


class UploadStore(Protocol):
    """Where uploads lie. Every method raises `StoreError` when the answer is unclear."""

    def form(self, key: str, content_type: str, least: int, most: int, seconds: int) -> PostForm:
        """A presigned POST for exactly this key and type, `least` to `most` bytes, that lives `seconds`."""

    def find(self, key: str) -> StoredUpload | None:
        """What stands at the key; none if nothing does."""

    def read(self, key: str, version_id: str, start: int, amount: int) -> bytes:
        """Some bytes of a version, fewer only at its end."""


class ByteSource(Protocol):
    """A file that can be read in pieces."""

    @property
    def size(self) -> int:
        """Its bytes."""

    def read(self, start: int, amount: int) -> bytes:
        """Some of them, fewer only at the end; raises `StoreError`."""


class MediaProbe(Protocol):
    """Tells how long a video or a sound lasts."""

    def seconds(self, source: ByteSource) -> float | None:
        """Its length as the file itself says it: 0 where it says none, `None` where it cannot be read.

        Reads a bounded part of the file, whatever is in it. Raises the source's `StoreError`s only.
        """

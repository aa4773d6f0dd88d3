"""A request's media as files that are read in pieces, wherever their bytes lie."""

from dataclasses import dataclass

from reelhook.domain.ports.uploads import StoredUpload, UploadStore
from reelhook.domain.references import HeldMedia


@dataclass(frozen=True, slots=True)
class HeldSource:
    """Bytes that came with the request, as a `ByteSource`."""

    media: HeldMedia

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.media.data)

    def read(self, start: int, amount: int) -> bytes:
        """Some of them."""
        return self.media.data[start : start + amount]


@dataclass(frozen=True, slots=True)
class UploadSource:
    """A version of an upload, as a `ByteSource`; its first bytes are there already."""

    store: UploadStore
    key: str
    found: StoredUpload

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.found.size

    def read(self, start: int, amount: int) -> bytes:
        """Some of them."""
        amount = min(amount, self.size - start)
        if start + amount <= len(self.found.start):
            return self.found.start[start : start + amount]
        return self.store.read(self.key, self.found.version_id, start, amount)

"""Where videos, their gates and what belongs to them are written, in the domain's own words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.gate import Gate
from reelhook.domain.listing import Listing
from reelhook.domain.time import Instant
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write

type Unusable = UnknownStateError | UnreadableItemError


class VideoStore(Protocol):
    """The table of videos. Every method raises `StoreError` when the answer is unclear."""

    def read(self, video_id: str) -> Video | None:
        """The video as it stands, read consistently; none if there is none (or only a tombstone)."""

    def tombstone(self, video_id: str) -> Tombstone | None:
        """What stands in a deleted video's place, read consistently."""

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        """At most 100 videos, read consistently; one that cannot be read stands as the reason, one that is none is left out."""

    def listed(self, listing: Listing) -> Iterator[str]:
        """The ids of a listing's videos in its order, from an index that may lag."""

    def apply(self, write: Write) -> Outcome[Video]:
        """Makes one conditional write; a refused one answers the video that stood there (a tombstone is none)."""

    def with_task(self, task_id: str) -> tuple[str, ...]:
        """The ids of videos that carry this task, from an index that may lag."""

    def due(self, now: Instant) -> Iterator[str]:
        """The ids of videos that are due, oldest first within a shard, from an index that may lag."""

    def queued(self, provider: str) -> Iterator[str]:
        """The ids of a provider's queued videos, oldest first, from an index that may lag."""


class Transactions(Protocol):
    """Writes on several items at once, in whichever tables they lie."""

    def apply(self, transaction: Transaction) -> Together:
        """Makes all of its writes or none; raises `StoreError` when the answer is unclear or others were in the way."""


class GateStore(Protocol):
    """The providers' gates. Every method raises `StoreError` when the answer is unclear."""

    def read(self, provider: str) -> Gate:
        """The gate as it stands; one that was never closed is open."""

    def apply(self, write: Write) -> Outcome[Gate]:
        """Makes one conditional write; a refused one answers what stood there."""


class TransferQueue(Protocol):
    """The queue before TransferVideo; it only makes things fast, the item is the record."""

    def send(self, video_id: str) -> None:
        """Asks for one transfer; raises `StoreError` if the queue did not take it."""

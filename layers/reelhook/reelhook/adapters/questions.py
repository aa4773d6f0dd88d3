"""What is asked of an index, as data."""

from dataclasses import dataclass
from typing import Literal

from reelhook.adapters.items.videos import user_partition
from reelhook.domain.listing import Listing
from reelhook.domain.time import Instant
from reelhook.domain.webhooks.delivery import DUE

PAGE = 100  # entries at a time: one tick, or one page of a list, rarely has use for more


@dataclass(frozen=True, slots=True)
class Range:
    """A bound on an index's range key."""

    name: str
    comparison: Literal["<=", "<", ">"]
    value: str | int


@dataclass(frozen=True, slots=True)
class Question:
    """One partition of an index, and what of it.

    With `states` only entries in one of these count. They may be few among many, so as much is then looked through at
    a time as the index gives (1 MB).
    """

    index: str
    partition: tuple[str, str]
    bound: Range | None = None
    states: tuple[str, ...] = ()
    forward: bool = True

    @property
    def page(self) -> int | None:
        """The most entries of one answer."""
        return None if self.states else PAGE


def due_in(shard: int, now: Instant) -> Question:
    """What of a shard is due."""
    return Question("due", ("open", str(shard)), Range("due_at", "<=", now))


def due_deliveries(now: Instant) -> Question:
    """What of the webhooks is due; videos lie in partitions of their own."""
    return Question("due", ("open", DUE), Range("due_at", "<=", now))


def deliveries_of(endpoint_id: str, after: str | None) -> Question:
    """An endpoint's log, newest first."""
    bound = None if after is None else Range("delivery_order", "<", after)
    return Question("deliveries", ("endpoint_id", endpoint_id), bound, forward=False)


def listed(listing: Listing) -> Question:
    """A listing: of the owner's index, or of their end user's."""
    owner, user = listing.owner, listing.user
    index, partition = (
        ("owner", ("owner", owner)) if user is None else ("user", ("owner_user", user_partition(owner, user)))
    )
    bound = None
    if listing.after is not None:
        bound = Range("owner_order", "<" if listing.newest_first else ">", listing.after)
    return Question(index, partition, bound, tuple(sorted(listing.states)), forward=not listing.newest_first)

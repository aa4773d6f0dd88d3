"""What every transition of a video shares: its key, when it is due, and how it ends."""

from collections.abc import Mapping
from typing import Any, TypedDict
from zlib import crc32

from reelhook.domain.conditions import Condition
from reelhook.domain.failure import VideoError
from reelhook.domain.time import DAY, SECOND, Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Key, Mine, Write

SHARDS = 4
MIN_RETENTION_DAYS = 15  # a replayed key, a late callback and a cursor all outlive a video by less than this


class Due(TypedDict):
    """The two attributes that put a video into the index of what is due."""

    open: str
    due_at: Instant


class Final(TypedDict):
    """The changes and removals of every write that makes a video final."""

    change: Mapping[str, Any]
    remove: tuple[str, ...]


def video_key(video: Video) -> Key:
    """The key of a video's item."""
    return Key("video", video.video_id)


def due(video: Video, at: Instant) -> Due:
    """Puts a video into its shard of the index of what is due."""
    return {"open": str(crc32(video.video_id.encode()) % SHARDS), "due_at": at}


def unsettled(video: Video, state: State) -> bool:
    """Whether the ledger waits for a video that ends in this state; a late success is booked once it is stored."""
    return video.reservation is not None or (video.booked is not None and state is not State.EXPIRED)


def final(
    video: Video,
    state: State,
    now: Instant,
    retention_days: int,
    *,
    error: VideoError | None = None,
    remove: tuple[str, ...] = (),
    **change: Any,
) -> Final:
    """A final state: out of every index, and with an end if the operator wants one (`retention_days` > 0).

    Where the ledger waits for it, or references are left, it is due once more, at once: T16 and then T19 end that.
    """
    told: dict[str, Any] = {"state": state, **change}
    left: tuple[str, ...] = ("open", "due_at")
    if unsettled(video, state) or video.references:
        told, left = {**told, **due(video, now)}, ()
    if error is not None:
        told["error"] = error
    if retention_days:
        told["ttl"] = (now + max(retention_days, MIN_RETENTION_DAYS) * DAY) // SECOND
    return {"change": told, "remove": (*left, "queue", "lease", "lease_until", *remove)}


def update(
    name: str,
    video: Video,
    condition: Condition,
    *,
    change: Mapping[str, Any],
    add: Mapping[str, int | frozenset[str]] | None = None,
    remove: tuple[str, ...] = (),
    mine: Mine | None = None,
) -> Write:
    """A conditional update of a video's item."""
    return Write(name, video_key(video), condition, change=change, add=add or {}, remove=remove, mine=mine)

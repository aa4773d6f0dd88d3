"""`Tombstone`, what stands in a deleted video's place: whose it was and where it stood, and nothing it was made of."""

from dataclasses import dataclass

from reelhook.domain.time import DAY, Instant

TOMBSTONE_LIFE = 30 * DAY  # a replayed key, a late callback and a cursor all come sooner than that


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One item of kind `tombstone`, at the video's own key. `open` and `due_at` stand until the objects are gone."""

    video_id: str
    owner: str
    created_at: Instant
    deleted_at: Instant
    ttl: int
    open: str | None = None
    due_at: Instant | None = None
    references: int = 0  # as in the video, if it was deleted before they were

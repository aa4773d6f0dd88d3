"""Ending by the owner's word: T14 cancels, T17 puts a tombstone, T18 settles what is left of the objects."""

from reelhook.domain.conditions import Absent, Equals, OneOf, every
from reelhook.domain.lifecycle.writing import due, final, update, video_key
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.tombstone import TOMBSTONE_LIFE, Tombstone
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.domain.writes import Key, Write


def cancel(video: Video, now: Instant, retention_days: int) -> Write:
    """T14: nothing was sent. It leaves the queue for good, or a refused T12 would meet it again and again."""
    return update(
        "T14", video, Equals("state", State.QUEUED), **final(video, State.CANCELED, now, retention_days)
    )


def bury(video: Video, now: Instant) -> Write:
    """T17: a final video gives way to its tombstone, which is due at once: its objects are still there.

    Of an `expired` video its hint goes too. A confirmation under way finds no state that it may change. What the
    ledger waits for is settled first: nobody could do it afterwards.
    """
    tombstone = Tombstone(
        video_id=video.video_id,
        owner=video.owner,
        created_at=video.created_at,
        deleted_at=now,
        references=video.references,
        ttl=(now + TOMBSTONE_LIFE) // SECOND,
        **due(video, now),
    )
    standing = every(
        OneOf("state", tuple(sorted(FINAL_STATES))), Equals("state", video.state), Absent("reservation")
    )
    return Write("T17", video_key(video), standing, put=tombstone)


def come_again(tombstone: Tombstone, at: Instant) -> Write:
    """T18: the objects are gone, and somebody who began before the deletion may still bring one back."""
    return Write("T18", _key(tombstone), _STANDS, change={"due_at": at})


def rest(tombstone: Tombstone) -> Write:
    """T18 for good: the objects are gone, and nobody is left who could bring one back."""
    return Write("T18", _key(tombstone), _STANDS, remove=("open", "due_at", "references"))


_STANDS = Equals("kind", "tombstone")  # else an update would make an item where the tombstone has run out


def _key(tombstone: Tombstone) -> Key:
    return Key("video", tombstone.video_id)

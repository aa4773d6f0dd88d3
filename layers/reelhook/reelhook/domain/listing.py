"""Lists of an owner's videos: what is asked for, in which order, and a page of it."""

from dataclasses import dataclass

from reelhook.domain.time import Instant
from reelhook.domain.video import State, Status, Video


@dataclass(frozen=True, slots=True)
class Listing:
    """An owner's videos, or those of one of their end users, from the place `after` on (which is not part of it).

    `states` are those that a video may be in to be shown; empty is any.
    """

    owner: str
    user: str | None = None
    states: frozenset[State] = frozenset()
    newest_first: bool = True
    after: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a client asks of its list: at most `limit` videos after one of its own."""

    after: str | None = None
    limit: int = 20
    newest_first: bool = True
    status: Status | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a listing's videos in its order, and whether there are more."""

    videos: tuple[Video, ...]
    has_more: bool


def place(created_at: Instant, video_id: str) -> str:
    """Where a video stands among its owner's, for ever: 13 digits of milliseconds, then the id."""
    return f"{created_at:013d}#{video_id}"


def states_of(status: Status | None) -> frozenset[State]:
    """The states in which a video may show this status; empty, which is any, without one.

    A late result of an `expired` video is copied in `result_ready` and `transferring`, so these may show two.
    """
    reopened = {State.RESULT_READY, State.TRANSFERRING}
    match status:
        case None:
            return frozenset()
        case Status.QUEUED:
            return frozenset({State.QUEUED})
        case Status.IN_PROGRESS:
            return frozenset({State.SUBMITTING, State.SUBMITTED, *reopened})
        case Status.COMPLETED:
            return frozenset({State.STORED})
        case Status.FAILED:
            return frozenset({State.FAILED, State.REJECTED, State.TRANSFER_FAILED})
        case Status.CANCELED:
            return frozenset({State.CANCELED})
        case Status.EXPIRED:
            return frozenset({State.EXPIRED, *reopened})

"""What the owner is told of a video: an event for every change of its public status that is worth one."""

from dataclasses import dataclass
from enum import StrEnum

from reelhook.domain.time import Instant
from reelhook.domain.video import FINAL_STATES, State, Status, Video

SOURCE = "reelhook"  # who speaks, on a bus that many speak on


class EventType(StrEnum):
    """The public changes that become events; being in progress is none of them."""

    QUEUED = "video.queued"
    COMPLETED = "video.completed"
    FAILED = "video.failed"
    EXPIRED = "video.expired"
    CANCELED = "video.canceled"


FINAL_EVENTS = frozenset(EventType) - {EventType.QUEUED}
TOLD_STATES = FINAL_STATES | {State.QUEUED}  # a write that leaves another state behind is no event


@dataclass(frozen=True, slots=True)
class PublicChange:
    """One change of a video's public status, at `created_at`: the table's own time of the write."""

    video: Video
    type: EventType
    created_at: Instant

    @property
    def id(self) -> str:
        """The same however often it is told."""
        return f"evt_{self.video.video_id}_{self.video.status}"

    @property
    def final(self) -> bool:
        """Whether the video has come to an end, for which a place at its provider is free."""
        return self.type in FINAL_EVENTS


def public_change(before: Video | None, after: Video, at: Instant) -> PublicChange | None:
    """What a write from `before` to `after` changed for the owner; none if it is nothing to tell.

    A video that the provider sends back to the queue again and again is queued once: `queued_order` stays.
    """
    status = after.status
    if after.state not in TOLD_STATES or (before is not None and before.status is status):
        return None
    if status is Status.QUEUED and before is not None and before.queued_order is not None:
        return None
    return PublicChange(after, EventType(f"video.{status}"), at)

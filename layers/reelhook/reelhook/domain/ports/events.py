"""The table's stream, and the bus on which events leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.time import Instant
from reelhook.domain.video import Video


@dataclass(frozen=True, slots=True)
class Change:
    """One write on a video, `number` its place in the table's stream; `before` is none for a new one."""

    number: str
    at: Instant
    before: Video | None
    after: Video


@dataclass(frozen=True, slots=True)
class UnreadableChange:
    """A write that left behind, or found, what this code cannot read."""

    number: str
    reason: UnknownStateError | UnreadableItemError


type StreamRecord = Change | UnreadableChange


class EventBus(Protocol):
    """Where events leave for whoever listens."""

    def put(self, event_type: str, at: Instant, detail: Mapping[str, object]) -> None:
        """Sends one event; raises `EventBusError` unless the bus surely took it."""

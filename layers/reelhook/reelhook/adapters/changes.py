"""The stream of the table of videos, as Lambda hands it to a function."""

from collections.abc import Iterator, Mapping
from typing import Any

from reelhook.adapters.items.videos import video_from_item
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.ports.events import Change, StreamRecord, UnreadableChange
from reelhook.domain.time import SECOND


def read_changes(event: Mapping[str, Any]) -> Iterator[StreamRecord]:
    """The writes on videos, in the order in which they were made; other items, and what was deleted, are passed over."""
    for record in event.get("Records", ()):
        told = record.get("dynamodb") or {}
        number = str(told.get("SequenceNumber", ""))
        try:
            change = _change(number, told)
        except (UnknownStateError, UnreadableItemError) as reason:
            yield UnreadableChange(number, reason)
        else:
            if change is not None:
                yield change


def _change(number: str, told: Mapping[str, Any]) -> Change | None:
    new, old = told.get("NewImage") or {}, told.get("OldImage") or {}
    if new.get("kind") != {"S": "video"}:
        return None
    after = video_from_item(new)
    if after is None:
        return None
    at = told.get("ApproximateCreationDateTime")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise UnreadableItemError(after.video_id, "its change has no time")
    return Change(number, int(at * SECOND), video_from_item(old), after)

"""Events as their owner sees them, and the answer to the stream that they come from."""

from typing import Any

from reelhook.api.responses import video_object
from reelhook.domain.events import PublicChange
from reelhook.domain.time import SECOND


def event_object(change: PublicChange) -> dict[str, Any]:
    """An event: the body of a webhook, and with `owner` the detail on the bus."""
    return {
        "id": change.id,
        "object": "event",
        "type": change.type.value,
        "created_at": change.created_at // SECOND,
        "data": video_object(change.video),
    }


def stream_answer(again: str | None) -> dict[str, Any]:
    """`ReportBatchItemFailures`: Lambda brings back this record and all behind it."""
    return {"batchItemFailures": [] if again is None else [{"itemIdentifier": again}]}

"""What wakes DispatchVideos: the minute's tick, or an event about a video that came to its end."""

from collections.abc import Mapping
from typing import Any

from reelhook.domain.events import FINAL_EVENTS, SOURCE


def woken_by_an_end(event: Mapping[str, Any]) -> bool:
    """Whether it was a final event of ours; whatever else comes is as good as a tick."""
    return event.get("source") == SOURCE and event.get("detail-type") in FINAL_EVENTS

"""SQS's event for TransferVideo: each message names one video."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reelhook.domain.video_ids import is_video_id


def read_transfer_event(event: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the videos to transfer; a message that names none is passed over, and so consumed."""
    for record in event.get("Records", ()):
        try:
            video_id = json.loads(record["body"])["video_id"]
        except (KeyError, TypeError, ValueError):
            continue
        if isinstance(video_id, str) and is_video_id(video_id):
            yield video_id

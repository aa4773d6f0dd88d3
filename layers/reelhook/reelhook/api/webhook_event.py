"""SQS's event for DeliverWebhooks: each message names one delivery."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reelhook.domain.webhooks.endpoint import is_endpoint_id, is_event_id


def read_webhook_event(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Endpoint and event of each delivery; a message that names none is passed over, and so consumed."""
    for record in event.get("Records", ()):
        try:
            told = json.loads(record["body"])
            endpoint_id, event_id = told["endpoint_id"], told["event_id"]
        except (KeyError, TypeError, ValueError):
            continue
        if not isinstance(endpoint_id, str) or not isinstance(event_id, str):
            continue
        if is_endpoint_id(endpoint_id) and is_event_id(event_id):
            yield endpoint_id, event_id

"""API Gateway's event for the callback route, read without trusting its shape."""

from collections.abc import Mapping
from typing import Any

from reelhook.domain.callback import Callback


def read_callback_event(event: Mapping[str, Any]) -> Callback:
    """What was delivered: path, headers and the raw body, not decoded yet."""
    path = event.get("pathParameters") or {}
    return Callback(
        provider=str(path.get("provider", "")),
        video_id=str(path.get("video_id", "")),
        token=str(path.get("token", "")),
        headers=event.get("headers") or {},
        body=str(event.get("body") or ""),
        is_base64=bool(event.get("isBase64Encoded")),
    )


def callback_answer(status: int) -> dict[str, Any]:
    """The answer to a provider: a status and the same small body for each cause of it."""
    words = {200: "ok", 404: "not found"}
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": f'{{"status":"{words.get(status, "try again")}"}}',
    }

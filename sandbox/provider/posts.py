"""One callback message: what it says, where it goes, and sending it."""

import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.provider.behaviour import View
from sandbox.provider.tasks import Task

type Envelope = Callable[[Task, View, str | None], dict[str, Any]]


@dataclass(frozen=True)
class Post:
    """One message to be delivered; its URL is never shown."""

    url: str
    body: bytes
    timeout: float

    def send(self) -> int:
        """POST it; the status, whatever it is: redirects are not followed."""
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port
        connection = (
            http.client.HTTPSConnection(
                host, port, timeout=self.timeout, context=ssl.create_default_context()
            )
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=self.timeout)
        )
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target or "/", self.body, {"Content-Type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()


def posts(task: Task, view: View, envelope: Envelope) -> list[Post]:
    """The messages a task sends: one, or as many as it was told to."""
    url = str(task.callback_url)
    if view["callback.token"] == "wrong":
        start, _, token = url.rpartition("/")
        url = f"{start}/{'B' if token[:1] == 'A' else 'A'}{token[1:]}"
    bodies = [_body(task, view, envelope(task, view, state)) for state in view["callback.states"] or [None]]
    copies: int = view["callback.copies"]
    return [Post(url, body, view["callback.timeout_seconds"]) for body in bodies] * copies


def _body(task: Task, view: View, envelope: dict[str, Any]) -> bytes:
    envelope["data"]["taskId"] = view["callback.task_id"] or task.task_id
    text = json.dumps(envelope)
    match view["callback.body"]:
        case "wrong_type":
            text = json.dumps({"code": "200", "message": [], "data": [{"taskId": 1, "state": True}]})
        case "cut":
            text = text[: len(text) // 2]
        case "oversized":
            padding = view["callback.body_bytes"] - len(json.dumps({**envelope, "padding": ""}))
            text = json.dumps({**envelope, "padding": "x" * max(0, padding)})
        case "empty":
            text = ""
        case "flat":
            text = json.dumps(envelope["data"])
    return text.encode()

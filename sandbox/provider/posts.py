"""One callback message: what it says, where it goes, and sending it."""

import http.client
import json
import ssl
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.provider.behaviour import View
from sandbox.provider.tasks import Task
from sandbox.provider.words import Words, links, told


@dataclass(frozen=True)
class Post:
    """One message to be delivered; its URL is never shown."""

    url: str
    body: bytes
    timeout: float
    headers: Callable[[int], dict[str, str]]  # of the first attempt, the second, ...

    def send(self, attempt: int) -> int:
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
            headers = {"Content-Type": "application/json", **self.headers(attempt)}
            connection.request("POST", target or "/", self.body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


def posts(task: Task, view: View, words: Words) -> list[Post]:
    """The messages a task sends: one, or as many as it was told to; a copy is the same message once more."""
    url = str(task.callback_url)
    if view["callback.token"] == "wrong":
        start, _, token = url.rpartition("/")
        url = f"{start}/{'B' if token[:1] == 'A' else 'A'}{token[1:]}"
    states = view["callback.states"] or [task.state]
    messages = [
        Post(
            url,
            _body(task, view, words, state),
            view["callback.timeout_seconds"],
            _headers(task, view, words, state),
        )
        for state in states
    ]
    copies: int = view["callback.copies"]
    return messages * copies


def _headers(task: Task, view: View, words: Words, state: str) -> Callable[[int], dict[str, str]]:
    if not view["callback.headers"]:
        return lambda _attempt: {}
    named, delivery_id = view["callback.task_id"] or task.task_id, str(uuid.uuid4())
    return lambda attempt: words.callback_headers(named, state, delivery_id, attempt)


def _body(task: Task, view: View, words: Words, state: str) -> bytes:
    urls = view["callback.result_urls"]
    payload = told(words, task, state, view, links(words, task, view) if urls is None else urls)
    names = words.contract.data["task_fields"]
    payload["data"][names["id"]] = view["callback.task_id"] or task.task_id
    text = json.dumps(payload)
    match view["callback.body"]:
        case "wrong_type":
            text = json.dumps(
                {"code": "200", "message": [], "data": [{names["id"]: 1, names["state"]: True}]}
            )
        case "cut":
            text = text[: len(text) // 2]
        case "oversized":
            padding = view["callback.body_bytes"] - len(json.dumps({**payload, "padding": ""}))
            text = json.dumps({**payload, "padding": "x" * max(0, padding)})
        case "empty":
            text = ""
        case "flat":
            text = json.dumps(payload["data"])
    return text.encode()

"""What happened: every request that came in and every callback that went out, while it happens and afterwards."""

import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Request:
    """A submit, a look-up or a fetch of a file; `ended_at` is empty while it runs, `bytes` grows meanwhile."""

    provider: str
    kind: str
    method: str
    path: str
    range: str | None
    authorized: bool
    task_id: str | None = None
    started_at: float = field(default_factory=time.time)
    ended_at: float | None = None
    status: int | None = None
    bytes: int = 0
    error: str | None = None


@dataclass
class Delivery:
    """One attempt to hand over a callback; `status` is empty when nothing answered."""

    task_id: str
    attempt: int
    started_at: float = field(default_factory=time.time)
    ended_at: float | None = None
    status: int | None = None
    error: str | None = None


class Journal:
    """The record of both, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._deliveries: list[Delivery] = []

    def open_request(self, request: Request) -> Request:
        """Write down a request that begins."""
        with self._lock:
            self._requests.append(request)
        return request

    def open_delivery(self, task_id: str, attempt: int) -> Delivery:
        """Write down an attempt that begins."""
        delivery = Delivery(task_id, attempt)
        with self._lock:
            self._deliveries.append(delivery)
        return delivery

    def requests(self) -> list[dict[str, Any]]:
        """Every request so far."""
        with self._lock:
            return [asdict(request) for request in self._requests]

    def deliveries(self) -> list[dict[str, Any]]:
        """Every attempt so far."""
        with self._lock:
            return [asdict(delivery) for delivery in self._deliveries]

    def calls_since(self, provider: str, moment: float) -> list[float]:
        """When the submits and look-ups at a provider after this moment began, the refused ones left out."""
        with self._lock:
            calls = [entry for entry in self._requests if entry.kind != "file" and entry.status != 429]
        return [
            entry.started_at for entry in calls if entry.provider == provider and entry.started_at > moment
        ]

    def look_ups(self) -> Counter[str]:
        """How often each task was asked for, whatever was answered."""
        with self._lock:
            return Counter(
                entry.task_id for entry in self._requests if entry.kind == "look_up" and entry.task_id
            )

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._requests, self._deliveries = [], []

"""The tasks the simulated provider accepted, and what it charged for them."""

import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

WITHHELD = "(withheld)"


@dataclass
class Task:
    """One accepted task."""

    model: str
    body: dict[str, Any]
    charged: Decimal
    overlay: dict[str, Any]
    generate_seconds: float
    task_id: str = field(default_factory=lambda: secrets.token_hex(16))
    accepted_at: float = field(default_factory=time.time)
    finished_at: float | None = None
    fail_code: str | None = None
    fail_msg: str | None = None
    delivered: bool = False
    end_now: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def state(self) -> str:
        """The documented state this task is in."""
        if self.finished_at is not None:
            return "failed" if self.fail_code else "success"
        return "pending" if time.time() < self.accepted_at + self.generate_seconds / 5 else "processing"

    @property
    def callback_url(self) -> str | None:
        """Where the callback goes, if one was asked for. It holds the receiver's secret."""
        return str(self.body["callback_url"]) if self.body["request_type"] == "callback" else None

    def entry(self) -> dict[str, Any]:
        """The ledger's line: the request as received, but never the callback URL itself."""
        url = self.body.get("callback_url")
        return {
            "task_id": self.task_id,
            "model": self.model,
            "charged": str(self.charged),
            "body": self.body if url is None else {**self.body, "callback_url": WITHHELD},
            "callback_url_sha256": None if url is None else hashlib.sha256(str(url).encode()).hexdigest(),
            "accepted_at": self.accepted_at,
            "finished_at": self.finished_at,
            "state": self.state,
            "delivered": self.delivered,
        }


class Ledger:
    """Every task accepted, by its id, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}

    def add(self, task: Task, most_running: int | None) -> bool:
        """Enter a task, unless so many are running already."""
        with self._lock:
            running = sum(other.finished_at is None for other in self._tasks.values())
            if most_running is not None and running >= most_running:
                return False
            self._tasks[task.task_id] = task
            return True

    def find(self, task_id: str, model: str | None = None) -> Task | None:
        """The task with this id (and of this model), if there is one."""
        with self._lock:
            task = self._tasks.get(task_id)
        return task if task and model in (None, task.model) else None

    def finish(self, task: Task, outcome: Mapping[str, Any], messages: Mapping[str, str]) -> None:
        """End a task the way it was told to end."""
        task.fail_code = outcome["outcome.fail_code"]
        if task.fail_code:
            task.fail_msg = outcome["outcome.fail_msg"] or messages.get(task.fail_code, task.fail_code)
        task.finished_at = time.time()
        task.ended.set()

    def all(self) -> list[Task]:
        """Every task, oldest first."""
        with self._lock:
            return list(self._tasks.values())

    def statement(self) -> dict[str, Any]:
        """All tasks and the sum charged."""
        tasks = self.all()
        total = sum((task.charged for task in tasks), Decimal(0))
        return {"tasks": [task.entry() for task in tasks], "total": str(total)}

    def clear(self) -> None:
        """Forget everything; tasks that run are waited for no longer."""
        with self._lock:
            tasks, self._tasks = self._tasks, {}
        for task in tasks.values():
            task.end_now.set()

"""The tasks the simulated providers accepted, and what they charged for them."""

import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from sandbox.provider.contract import contract_of
from sandbox.provider.fetching import Fetched

WITHHELD = "(withheld)"
NOT_FETCHED = "ImageNotAccess"  # APIXO's seedance-2-0-fast page, "Common request validation errors"; Modellix has no word


@dataclass
class Task:
    """One accepted task. Its callback URL holds the receiver's secret: `body` and `headers` show that it is there, no more."""

    provider: str
    model: str
    body: dict[str, Any]
    headers: dict[str, str]
    callback_url: str | None
    charged: Decimal | None
    overlay: dict[str, Any]
    generate_seconds: float
    task_id: str = field(default_factory=lambda: secrets.token_hex(16))
    accepted_at: float = field(default_factory=time.time)
    finished_at: float | None = None
    fail_code: str | None = None
    fail_msg: str | None = None
    canceled: bool = False
    delivered: bool = False
    fetched: list[Fetched] = field(default_factory=list)
    end_now: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def state(self) -> str:
        """The state this task is in, in the documented word."""
        if self.finished_at is not None:
            return "canceled" if self.canceled else "failed" if self.fail_code else "success"
        return "pending" if time.time() < self.accepted_at + self.generate_seconds / 5 else "processing"

    @property
    def scope(self) -> str:
        """What its misbehaviours are counted under."""
        return f"{self.provider}/{self.task_id}"

    def finish(self, outcome: Mapping[str, Any]) -> None:
        """End the way it was told to end."""
        self.canceled, self.fail_code = outcome["outcome.canceled"], outcome["outcome.fail_code"]
        if any(medium.status != 200 for medium in self.fetched):
            self.fail_code = self.fail_code or NOT_FETCHED
        if self.fail_code:
            documented = contract_of(self.provider).fail_message(self.fail_code)
            self.fail_msg = outcome["outcome.fail_msg"] or documented
        self.finished_at = time.time()
        self.ended.set()

    def entry(self, look_ups: int) -> dict[str, Any]:
        """The ledger's line: the request as received, but never the callback URL itself."""
        url = self.callback_url
        return {
            "task_id": self.task_id,
            "provider": self.provider,
            "model": self.model,
            "charged": None if self.charged is None else str(self.charged),
            "body": self.body,
            "headers": self.headers,
            "callback_url_sha256": None if url is None else hashlib.sha256(url.encode()).hexdigest(),
            "look_ups": look_ups,
            "accepted_at": self.accepted_at,
            "finished_at": self.finished_at,
            "state": self.state,
            "delivered": self.delivered,
            "fetched": [asdict(medium) for medium in self.fetched],
        }


class Ledger:
    """Every task accepted, by its id, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}

    def add(self, task: Task, most_running: int | None) -> bool:
        """Enter a task, unless so many of its provider's are running already."""
        with self._lock:
            others = (other for other in self._tasks.values() if other.provider == task.provider)
            running = sum(other.finished_at is None for other in others)
            if most_running is not None and running >= most_running:
                return False
            self._tasks[task.task_id] = task
            return True

    def find(self, task_id: str, provider: str | None = None, model: str | None = None) -> Task | None:
        """The task with this id (of this provider, of this model), if there is one."""
        with self._lock:
            task = self._tasks.get(task_id)
        fits = task and provider in (None, task.provider) and model in (None, task.model)
        return task if fits else None

    def all(self) -> list[Task]:
        """Every task, oldest first."""
        with self._lock:
            return list(self._tasks.values())

    def statement(self, look_ups: Mapping[str, int]) -> dict[str, Any]:
        """All tasks, each with how often it was asked for, and the sum charged where the price is known."""
        tasks = self.all()
        total = sum((task.charged for task in tasks if task.charged is not None), Decimal(0))
        entries = [task.entry(look_ups.get(task.task_id, 0)) for task in tasks]
        return {"tasks": entries, "total": str(total)}

    def clear(self) -> None:
        """Forget everything; tasks that run are waited for no longer."""
        with self._lock:
            tasks, self._tasks = self._tasks, {}
        for task in tasks.values():
            task.end_now.set()

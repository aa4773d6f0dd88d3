"""A provider in virtual time: it charges, works, calls back and is asked. What it charged is its ledger, our oracle."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol

from reelhook.domain.answers import (
    Accepted,
    Hint,
    NotAnswered,
    Running,
    SubmitAnswer,
    Succeeded,
    TaskAnswer,
    TaskFailed,
    UnknownTask,
)
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import Instant
from tests.reliability.links import Hosts
from tests.reliability.manners import LIES, REFUSALS, Manners, Task


class Surroundings(Protocol):
    """What the provider needs of the world."""

    def clock(self) -> Instant:
        """Now."""

    def later(self, after: int, act: Callable[[], object]) -> None:
        """Does it then."""

    def deliver(self, url: str, body: str, headers: Mapping[str, str]) -> int:
        """One delivery to a callback URL; its status."""


class SimulatedProvider:
    """`Provider`."""

    def __init__(self, world: Surroundings, hosts: Hosts) -> None:
        self._world, self._hosts = world, hosts
        self.manners = Manners()
        self.tasks: dict[str, Task] = {}
        self.urls: dict[str, str] = {}
        self.answered: Counter[str] = Counter()
        self.deliveries: Counter[str] = Counter()
        self.charged: Callable[[Task], None] = lambda _task: None

    def prepare(self, request: VideoRequest, callback_url: str) -> "_Submission":
        return _Submission(self, callback_url, request)

    def post(self, url: str, request: VideoRequest) -> SubmitAnswer:
        """The POST arrives."""
        manners, now = self.manners, self._world.clock()
        script = manners.submits.pop(0) if manners.submits else "202"
        self.urls[url.split("/")[-2]] = url
        if script == "202" and now < manners.accounts_empty_until:
            script = "account"
        if (
            script == "202"
            and sum(now < task.done_at and not task.lied for task in self.tasks.values()) >= manners.limit
        ):
            script = "429"
        if script in REFUSALS:
            return REFUSALS[script]
        task = self.accept(url, request=request, lied=script in ("429, accepted", "400, accepted"))
        if manners.early:
            self.call_back(task)
        return LIES.get(script, Accepted(task.id))

    def accept(self, url: str, *, request: VideoRequest | None = None, lied: bool = False) -> Task:
        """A task begins, and is paid for."""
        self.urls[url.split("/")[-2]] = url
        manners, now = self.manners, self._world.clock()
        task_id = f"task-{len(self.tasks) + 1}"
        done = now if manners.early else now + manners.takes
        files = self._hosts.publish(task_id, manners.files)
        frame = self._hosts.publish_frame(task_id) if manners.last_frame else None
        task = Task(task_id, url.split("/")[-2], url, now, done, manners.fails, lied, files, frame, request)
        self.tasks[task_id] = task
        self.charged(task)
        if not manners.early:
            for offset in manners.callbacks:
                self._world.later(done - now + offset, lambda: self.call_back(task))
        return task

    def call_back(self, task: Task, retry: int = 0) -> None:
        """One delivery, and more of them until one is answered 200."""
        body, headers = self.delivery(task)
        self.deliveries[task.video_id] += 1
        if self._world.deliver(task.callback_url, self.manners.body or body, headers) == 200:
            task.answered_200.append(self._world.clock())
        elif retry < len(self.manners.retries):
            self._world.later(self.manners.retries[retry], lambda: self.call_back(task, retry + 1))

    def delivery(self, task: Task) -> tuple[str, dict[str, str]]:
        """Body and headers of a callback about it."""
        return json.dumps({"taskId": task.id, "state": "failed" if task.fails else "success"}), {}

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:  # noqa: ARG002 - the port's words
        """The status; what is not answered, or has no links yet, is not counted."""
        now, manners = self._world.clock(), self.manners
        if task_id in manners.mute or any(begin <= now < end for begin, end in manners.down):
            return NotAnswered("503")
        answer = self._status(task_id, now)
        if not (isinstance(answer, Succeeded) and not answer.results):
            self.answered[task_id] += 1
        return answer

    def _status(self, task_id: str, now: Instant) -> TaskAnswer:
        task, manners = self.tasks.get(task_id), self.manners
        if task is None or any(begin <= now < end for begin, end in manners.unknown):
            return UnknownTask()
        if now < task.done_at + manners.lag:
            return Running("processing")
        if task.fails:
            return TaskFailed(manners.error, charged=manners.bills)
        links = () if now < manners.bare_until else self._hosts.links(task_id, now)
        return Succeeded(links, charged=manners.bills)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:  # noqa: ARG002 - the port's words
        try:
            claimed = json.loads(body)
            return Hint(claimed.get("taskId"), claimed.get("state") == "success")
        except (ValueError, AttributeError):
            return Hint(None)


class _Submission:
    def __init__(self, provider: SimulatedProvider, url: str, request: VideoRequest) -> None:
        self._provider, self._url, self._request = provider, url, request

    def send(self) -> SubmitAnswer:
        return self._provider.post(self._url, self._request)

"""Running each task to its end and posting its callback, with the documented retries or as it was told."""

import http.client
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sandbox.provider.behaviour import Behaviour, View
from sandbox.provider.fetching import fetched
from sandbox.provider.journal import Delivery, Journal
from sandbox.provider.posts import Post, posts
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.words import Words


class Callbacks:
    """A thread for each task, from its acceptance to its last callback."""

    def __init__(
        self,
        behaviour: Behaviour,
        ledger: Ledger,
        journal: Journal,
        words: Words,
        stopping: threading.Event,
    ) -> None:
        self._behaviour, self._ledger, self._journal = behaviour, ledger, journal
        self._words, self._rules, self._stopping = words, words.contract.data["callbacks"], stopping

    def start(self, task: Task) -> None:
        """Let a task run; an early one is over, and its callback sent, when this returns."""
        view = self._view(task)
        if view["callback.when"] == "early" and task.callback_url:
            task.finish(self._view(task))
            left = self._round(task, posts(task, view, self._words), 1)
            _in_thread(self._retry, task, left)
        else:
            _in_thread(self._run, task)

    def deliver(self, task: Task, overrides: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Send a task's callback right now, once; what came of it."""
        view = {**self._view(task), **overrides}
        messages = posts(task, view, self._words)
        return [asdict(result) for result in self._attempts(task, messages, 1, view["callback.parallel"])]

    def _run(self, task: Task) -> None:
        task.fetched = fetched(self._words.fields(task.body))
        task.end_now.wait(task.generate_seconds)
        if self._gone(task, 0):
            return
        task.finish(self._view(task))
        view = self._view(task)
        silent = view["callback.when"] == "never" or not task.callback_url
        if silent or self._gone(task, view["callback.late_seconds"]):
            return
        self._retry(task, self._round(task, posts(task, view, self._words), 1))

    def _retry(self, task: Task, left: list[Post]) -> None:
        for number, delay in enumerate(self._rules["retry_delays_seconds"], start=2):
            view = self._view(task)
            if not left or not view["callback.retry"] or self._gone(task, delay * view["time_scale"]):
                return
            left = self._round(task, left, number)

    def _gone(self, task: Task, seconds: float) -> bool:
        """Wait; whether the provider stopped meanwhile or the task was forgotten."""
        return self._stopping.wait(seconds) or self._ledger.find(task.task_id) is not task

    def _round(self, task: Task, messages: list[Post], number: int) -> list[Post]:
        """Try each message once; the ones that are tried again."""
        parallel = self._view(task)["callback.parallel"]
        results = self._attempts(task, messages, number, parallel)
        return [
            post
            for post, result in zip(messages, results, strict=True)
            if result.status is None or _within(result.status, self._rules["retried"])
        ]

    def _attempts(self, task: Task, messages: list[Post], number: int, parallel: bool) -> list[Delivery]:
        if not parallel:
            return [
                self._attempt(task, post, self._journal.open_delivery(task.task_id, number))
                for post in messages
            ]
        pairs = [(post, self._journal.open_delivery(task.task_id, number)) for post in messages]
        threads = [_in_thread(self._attempt, task, post, delivery) for post, delivery in pairs]
        for thread in threads:
            thread.join()
        return [delivery for _, delivery in pairs]

    def _attempt(self, task: Task, post: Post, delivery: Delivery) -> Delivery:
        try:
            delivery.status = post.send(delivery.attempt)
        except (OSError, http.client.HTTPException, ValueError) as error:
            delivery.error = type(error).__name__
        delivery.ended_at = time.time()
        if delivery.status is not None and _within(delivery.status, [self._rules["delivered"]]):
            task.delivered = True
        return delivery

    def _view(self, task: Task) -> View:
        return self._behaviour.view(task.provider, task.overlay)


def _within(status: int, ranges: list[list[int]]) -> bool:
    return any(first <= status <= last for first, last in ranges)


def _in_thread(target: Callable[..., object], *args: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread

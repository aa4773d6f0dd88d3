"""The endpoints below `/_simulator/`: telling the provider how to behave, and asking what happened.

GET  health | ledger | requests | deliveries | behaviour
GET  tasks/{task_id}/callback_url         {"callback_url": "..."}: the only place that shows it
GET  tasks/{task_id}/files/{n}            {"url", "bytes", "sha256", "crc32"}
POST behaviour | reset | tasks/{task_id}/behaviour        see `sandbox.provider.behaviour`
POST tasks/{task_id}/finish               end it now
POST tasks/{task_id}/deliver              post its callback now, once; the body may hold keys of the `callback` section
"""

import json
from typing import Any

from sandbox.provider.behaviour import Behaviour
from sandbox.provider.behaviour_keys import flatten
from sandbox.provider.callbacks import Callbacks
from sandbox.provider.files import Files
from sandbox.provider.journal import Journal
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.wire import Exchange


class Control:
    """Tests and the sandbox speak to this; the product never does."""

    def __init__(
        self, behaviour: Behaviour, ledger: Ledger, journal: Journal, callbacks: Callbacks, files: Files
    ) -> None:
        self._behaviour, self._ledger, self._journal = behaviour, ledger, journal
        self._callbacks, self._files = callbacks, files

    def handle(self, exchange: Exchange, path: list[str]) -> None:
        """Answer a control request."""
        try:
            body = json.loads(exchange.read_body() or b"{}")
            if not isinstance(body, dict):
                raise ValueError("the body is a JSON object")
            answer = (
                self._task(exchange, path[1:], body)
                if path[0] == "tasks"
                else self._main(exchange, path, body)
            )
        except (ValueError, TypeError, AttributeError) as error:
            exchange.answer_json(400, {"error": str(error)})
            return
        exchange.answer_json(
            404 if answer is None else 200, {"error": "not found"} if answer is None else answer
        )

    def reset(self, tasks: bool = False) -> None:
        """Back to the defaults; with `tasks`, to an empty ledger too."""
        self._behaviour.reset()
        if tasks:
            self._ledger.clear()
            self._journal.clear()
        for task in self._ledger.all():
            task.overlay = {}

    def _main(self, exchange: Exchange, path: list[str], body: dict[str, Any]) -> Any:
        match exchange.command, path:
            case "GET", ["health"]:
                return {"ok": True}
            case "GET", ["ledger"]:
                return self._ledger.statement()
            case "GET", ["requests"]:
                return self._journal.requests()
            case "GET", ["deliveries"]:
                return self._journal.deliveries()
            case "POST", ["behaviour"]:
                self._behaviour.change(body)
                return self._behaviour.view()
            case "GET", ["behaviour"]:
                return self._behaviour.view()
            case "POST", ["reset"]:
                self.reset(bool(body.get("tasks")))
                return self._behaviour.view()
        return None

    def _task(self, exchange: Exchange, path: list[str], body: dict[str, Any]) -> Any:
        task = self._ledger.find(path[0]) if path else None
        if task is None:
            return None
        match exchange.command, path[1:]:
            case "GET", ["callback_url"]:
                return {"callback_url": task.callback_url}
            case "GET", ["files", number]:
                return self._file(exchange, task, int(number))
            case "POST", ["behaviour"]:
                flat = flatten(body)
                task.overlay = {**task.overlay, **flat}
                self._behaviour.recount(flat, task.task_id)
                return self._behaviour.view(task.overlay)
            case "POST", ["finish"]:
                task.end_now.set()
                task.ended.wait(5)
                return task.entry()
            case "POST", ["deliver"]:
                if not task.callback_url:
                    raise ValueError("this task has no callback URL")
                return {"deliveries": self._callbacks.deliver(task, flatten({"callback": body}))}
        return None

    def _file(self, exchange: Exchange, task: Task, number: int) -> dict[str, Any] | None:
        file = self._files.file(task, number)
        if file is None:
            return None
        url = f"http://{exchange.headers['Host']}/files/{task.task_id}/{number}.mp4"
        return {"url": url, "bytes": file.size, "sha256": file.sha256(), "crc32": file.crc32()}

"""The endpoints below `/_simulator/`: telling the provider how to behave, and asking what happened.

GET  health | ledger | requests | deliveries | behaviour | behaviour/{provider}
GET  tasks/{task_id}/callback_url         {"callback_url": "..."}: the only place that shows it
GET  tasks/{task_id}/files/{n}            {"url", "bytes", "sha256", "crc32"}; {n} may be "last_frame"
POST behaviour | reset | tasks/{task_id}/behaviour        see `sandbox.provider.behaviour_keys`
POST tasks/{task_id}/finish               end it now
POST tasks/{task_id}/deliver              post its callback now, once; the body may hold keys of the `callback` section
"""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour import Behaviour, flatten
from sandbox.provider.callbacks import Callbacks
from sandbox.provider.contract import PROVIDERS
from sandbox.provider.files import Files
from sandbox.provider.journal import Journal
from sandbox.provider.media import ResultFile
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.wire import Exchange


class Control:
    """Tests and the sandbox speak to this; the product never does."""

    def __init__(
        self,
        behaviour: Behaviour,
        ledger: Ledger,
        journal: Journal,
        callbacks: Mapping[str, Callbacks],
        files: Files,
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
                return self._ledger.statement(self._journal.look_ups())
            case "GET", ["requests"]:
                return self._journal.requests()
            case "GET", ["deliveries"]:
                return self._journal.deliveries()
            case "POST", ["behaviour"]:
                self._behaviour.change(body)
                return self._behaviour.view()
            case "GET", ["behaviour"]:
                return self._behaviour.view()
            case "GET", ["behaviour", provider] if provider in PROVIDERS:
                return self._behaviour.view(provider)
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
            case "GET", ["files", "last_frame"]:
                return self._file(exchange, task, self._files.last_frame(task), "last_frame.png")
            case "GET", ["files", number]:
                return self._file(exchange, task, self._files.file(task, int(number)), f"{number}.mp4")
            case "POST", ["behaviour"]:
                flat = flatten(body)
                task.overlay = {**task.overlay, **flat}
                self._behaviour.recount(flat, task.scope)
                return self._behaviour.view(task.provider, task.overlay)
            case "POST", ["finish"]:
                task.end_now.set()
                task.ended.wait(5)
                return task.entry(self._journal.look_ups()[task.task_id])
            case "POST", ["deliver"]:
                if not task.callback_url:
                    raise ValueError("this task has no callback URL")
                deliver = self._callbacks[task.provider].deliver
                return {"deliveries": deliver(task, flatten({"callback": body}))}
        return None

    def _file(
        self, exchange: Exchange, task: Task, file: ResultFile | None, name: str
    ) -> dict[str, Any] | None:
        if file is None:
            return None
        url = f"http://{exchange.headers['Host']}/files/{task.task_id}/{name}"
        return {"url": url, "bytes": file.size, "sha256": file.sha256(), "crc32": file.crc32()}

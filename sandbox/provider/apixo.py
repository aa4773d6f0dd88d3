"""APIXO's two endpoints: submitting a task, and looking one up."""

import hmac
import json
import time
from typing import Any, Never

from sandbox.provider.apixo_answers import answer_wrongly, envelope, links, refuse, result_json, status
from sandbox.provider.behaviour import Behaviour, View
from sandbox.provider.callbacks import Callbacks
from sandbox.provider.contract import Contract, Media
from sandbox.provider.journal import Journal
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.wire import Exchange


class Apixo:
    """The provider's API, as its pages describe it."""

    def __init__(
        self, contract: Contract, api_key: str, behaviour: Behaviour, ledger: Ledger, journal: Journal
    ) -> None:
        self.contract, self._api_key = contract, api_key
        self._behaviour, self._ledger, self._journal = behaviour, ledger, journal
        self.origin = ""
        rules = contract.data["callbacks"]
        self.callbacks = Callbacks(behaviour, ledger, journal, rules, self._callback_body, self._finish)

    def handle(self, exchange: Exchange, path: list[str]) -> None:
        """Answer a request below the base path."""
        body = exchange.read_body()
        match exchange.command, path:
            case "POST", ["generateTask", model]:
                exchange.entry = self._journal.open_request(exchange.begin("submit"))
                if self._admitted(exchange, model):
                    self._submit(exchange, model, body)
            case "GET", ["statusTask", model]:
                task_id = exchange.query.get("taskId", "")
                exchange.entry = self._journal.open_request(exchange.begin("look_up", task_id))
                if self._admitted(exchange, model):
                    self._look_up(exchange, self._ledger.find(task_id, model))
            case _:
                refuse(exchange, self.contract, 404)

    def _admitted(self, exchange: Exchange, model: str) -> bool:
        limits = self._behaviour.view()
        key = exchange.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(key, f"Bearer {self._api_key}".encode()):
            refuse(exchange, self.contract, 401)
        elif model not in self.contract.data["models"]:
            refuse(exchange, self.contract, 404, "Model not found")
        elif (most := limits["limits.per_minute"]) is not None and (
            self._journal.calls_since(time.time() - limits["limits.minute_seconds"]) > most
        ):
            self._too_many(exchange, limits)
        else:
            return True
        return False

    def _submit(self, exchange: Exchange, model: str, raw: bytes) -> None:
        base = self._behaviour.view()
        media = Media(base["reference_seconds"], base["unreachable_media"])
        body, problem = self._read(exchange, model, raw, media)
        if problem:
            refuse(exchange, self.contract, 400, problem)
            return
        overlay = self._behaviour.take()
        view = self._behaviour.view(overlay)
        misbehaves = (view["submit.refuse"] or view["submit.after_accepting"]) is not None and (
            self._behaviour.applies("", "submit.times", view["submit.times"])
        )
        self.callbacks.stopping.wait(view["submit.hang_before_seconds"])
        if misbehaves and view["submit.refuse"] is not None:
            answer_wrongly(exchange, self.contract, view["submit.refuse"])
            return
        charged = self.contract.price(model, body["input"], media)
        task = self._accept(exchange, Task(model, body, charged, overlay, view["generate_seconds"]), view)
        if task is None:
            self._too_many(exchange, base)
            return
        self.callbacks.stopping.wait(view["submit.hang_after_seconds"])
        if misbehaves:
            answer_wrongly(exchange, self.contract, view["submit.after_accepting"])
            return
        exchange.answer_json(200, envelope({"taskId": task.task_id}))

    def _accept(self, exchange: Exchange, task: Task, view: View) -> Task | None:
        if not self._ledger.add(task, view["limits.concurrent"]):
            return None
        if exchange.entry:
            exchange.entry.task_id = task.task_id
        self.callbacks.start(task)
        return task

    def _read(self, exchange: Exchange, model: str, raw: bytes, media: Media) -> tuple[Any, str | None]:
        told = exchange.headers.get_content_type()
        if told != self.contract.data["content_type"]["value"] or "Content-Type" not in exchange.headers:
            return None, "Content-Type must be application/json"
        try:
            body = json.loads(raw, parse_constant=_no_number)
        except ValueError:
            return None, "body is not JSON"
        return body, self.contract.problem(model, body, media)

    def _look_up(self, exchange: Exchange, task: Task | None) -> None:
        view = self._behaviour.view(task.overlay if task else None)
        scope = task.task_id if task else ""
        self.callbacks.stopping.wait(view["status.hang_seconds"])
        ended, now = task.finished_at if task else None, time.time()
        limit = view["status.down_seconds"]
        down = view["status.down"] is not None and (limit is None or ended is None or now < ended + limit)
        if down and self._behaviour.applies(scope, "status.down_times", view["status.down_times"]):
            answer_wrongly(exchange, self.contract, view["status.down"])
        elif task is None or self._behaviour.applies(scope, "status.unknown", view["status.unknown"]):
            refuse(exchange, self.contract, 404)
        elif ended is not None and now < ended + view["status.lag_seconds"]:
            exchange.answer_json(200, status(task, "processing", None))
        else:
            state = task.state
            bare = state == "success" and self._behaviour.applies(
                scope, "status.no_links", view["status.no_links"]
            )
            urls = [] if bare else links(task, view, self.origin)
            exchange.answer_json(200, status(task, state, result_json(urls, view)))

    def _too_many(self, exchange: Exchange, limits: View) -> None:
        after = limits["limits.retry_after"]
        answer_wrongly(
            exchange, self.contract, {"status": 429} | ({} if after is None else {"retry_after": after})
        )

    def _finish(self, task: Task) -> None:
        self._ledger.finish(task, self._behaviour.view(task.overlay), self.contract.data["fail_codes"])

    def _callback_body(self, task: Task, view: View, claimed: str | None) -> dict[str, Any]:
        urls = view["callback.result_urls"]
        urls = links(task, view, self.origin) if urls is None else urls
        return status(task, claimed or task.state, result_json(urls, view))


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")

"""One provider's API, whatever its words: submitting a task, and looking one up."""

import json
import threading
import time
from typing import Any, Never

from sandbox.provider.admission import Admission
from sandbox.provider.behaviour import Behaviour
from sandbox.provider.callbacks import Callbacks
from sandbox.provider.journal import Journal
from sandbox.provider.judging import complaints, header_complaints
from sandbox.provider.references import References
from sandbox.provider.tasks import Ledger, Task
from sandbox.provider.wire import Exchange
from sandbox.provider.words import LookUp, Submit, Words, envelope, links, told
from sandbox.provider.wrong_answers import answer_wrongly, refuse


class Api:
    """Answers the requests that are meant for one provider."""

    def __init__(
        self,
        words: Words,
        api_key: str,
        behaviour: Behaviour,
        ledger: Ledger,
        journal: Journal,
        stopping: threading.Event,
    ) -> None:
        self.words, self._admission = words, Admission(words, api_key, behaviour, journal)
        self._behaviour, self._ledger, self._journal, self._stopping = behaviour, ledger, journal, stopping
        self.callbacks = Callbacks(behaviour, ledger, journal, words, stopping)

    def handle(self, exchange: Exchange, path: list[str]) -> bool:
        """Answer a request below the base path, if it is for this provider; whether it was."""
        match self.words.route(exchange.command, path, exchange.query):
            case Submit() as asked:
                raw = exchange.read_body()
                exchange.entry = self._journal.open_request(exchange.begin(self.words.provider, "submit"))
                if self._admission.admits(exchange, asked.model is not None):
                    self._submit(exchange, str(asked.model), raw)
            case LookUp() as asked:
                exchange.read_body()
                entry = exchange.begin(self.words.provider, "look_up", asked.task_id)
                exchange.entry = self._journal.open_request(entry)
                if self._admission.admits(exchange, asked.found):
                    task = self._ledger.find(asked.task_id, self.words.provider, asked.model)
                    self._look_up(exchange, task)
            case None:
                return False
        return True

    def _submit(self, exchange: Exchange, model: str, raw: bytes) -> None:
        words, base = self.words, self._behaviour.view(self.words.provider)
        media = References(base["reference_seconds"], base["unreachable_media"])
        body, problem = self._read(exchange, model, raw, media)
        if problem:
            refuse(exchange, words, 400, problem)
            return
        overlay = self._behaviour.take(words.provider)
        view = self._behaviour.view(words.provider, overlay)
        misbehaves = (view["submit.refuse"] or view["submit.after_accepting"]) is not None and (
            self._behaviour.applies(words.provider, "submit.times", view["submit.times"])
        )
        self._stopping.wait(view["submit.hang_before_seconds"])
        if misbehaves and view["submit.refuse"] is not None:
            answer_wrongly(exchange, words, view["submit.refuse"])
            return
        task = self._accept(exchange, model, body, media, overlay)
        if task is None:
            self._admission.refuse_too_many(exchange, base, "concurrent")
            return
        self._stopping.wait(view["submit.hang_after_seconds"])
        if misbehaves:
            answer_wrongly(exchange, words, view["submit.after_accepting"])
            return
        exchange.answer_json(200, envelope(words, words.accepted(task)))

    def _accept(
        self, exchange: Exchange, model: str, body: Any, media: References, overlay: dict[str, Any]
    ) -> Task | None:
        words, view = self.words, self._behaviour.view(self.words.provider, overlay)
        headers = {name.lower(): value for name, value in exchange.headers.items()}
        shown, telling = words.shown(body, headers)
        task = Task(
            provider=words.provider,
            model=model,
            body=shown,
            headers=telling,
            callback_url=words.callback_url(body, headers),
            charged=words.contract.price(model, words.fields(body), media),
            overlay=overlay,
            generate_seconds=view["generate_seconds"],
            task_id=words.new_task_id(),
        )
        if not self._ledger.add(task, view["limits.concurrent"]):
            return None
        if exchange.entry:
            exchange.entry.task_id = task.task_id
        self.callbacks.start(task)
        return task

    def _read(self, exchange: Exchange, model: str, raw: bytes, media: References) -> tuple[Any, str | None]:
        """The body, and the first thing wrong with the request."""
        wrong = header_complaints(self.words.provider, dict(exchange.headers))
        try:
            body = json.loads(raw, parse_constant=_no_number)
        except ValueError:
            return None, f"{self.words.contract.data['request_errors']['type']['name']}: body is not JSON"
        wrong += complaints(self.words.provider, model, body, media)
        return body, wrong[0] if wrong else None

    def _look_up(self, exchange: Exchange, task: Task | None) -> None:
        words, provider = self.words, self.words.provider
        view = self._behaviour.view(provider, task.overlay if task else None)
        scope = task.scope if task else provider
        self._stopping.wait(view["status.hang_seconds"])
        ended, now = task.finished_at if task else None, time.time()
        limit = view["status.down_seconds"]
        down = view["status.down"] is not None and (limit is None or ended is None or now < ended + limit)
        if down and self._behaviour.applies(scope, "status.down_times", view["status.down_times"]):
            answer_wrongly(exchange, words, view["status.down"])
        elif task is None or self._behaviour.applies(scope, "status.unknown", view["status.unknown"]):
            refuse(exchange, words, 404)
        elif ended is not None and now < ended + view["status.lag_seconds"]:
            exchange.answer_json(200, told(words, task, "processing", view, []))
        else:
            state = task.state
            bare = state == "success" and self._behaviour.applies(
                scope, "status.no_links", view["status.no_links"]
            )
            urls = [] if bare else links(words, task, view)
            exchange.answer_json(200, told(words, task, state, view, urls))


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")

"""Modellix, with a callback per request. Its submit takes no idempotency key and costs money: sent once or not at all."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import quote

import httpx

from reelhook.domain.answers import Hint, NotAnswered, TaskAnswer, UnknownTask
from reelhook.domain.catalog import Catalog
from reelhook.domain.model_rules import problems
from reelhook.domain.ports.providers import PreparedSubmission
from reelhook.domain.request import VideoRequest
from reelhook.providers import modellix_answers as answers
from reelhook.providers.calls import SUBMIT_SECONDS, Account, Calls, Withdrawn
from reelhook.providers.modellix_request import body

# The vendor's posts from 2026-07-24 to 2026-08-20; its reference pages do not mention callbacks.
CALLBACK_HEADER = "X-Webhook-URL"


class Modellix:
    """Speaks the models' own paths and `tasks`; `transport` and `submit_seconds` are for tests."""

    def __init__(
        self,
        base_url: str,
        api_key: Callable[[], str],
        catalog: Catalog,
        safe_statuses: frozenset[int] = frozenset({429}),
        *,
        transport: httpx.BaseTransport | None = None,
        submit_seconds: float = SUBMIT_SECONDS,
    ) -> None:
        account = Account(base_url, api_key, "ModellixBaseUrl", "modellix-api-key")
        self._calls = Calls(account, transport, submit_seconds)
        self._catalog, self._safe_statuses = catalog, safe_statuses

    def prepare(self, request: VideoRequest, callback_url: str) -> PreparedSubmission:
        """Builds the one POST; raises `ProviderKeyError`."""
        model = self._catalog.find(request.model)
        if model is None or problems(model, request):
            return Withdrawn()
        meaning = partial(answers.submit_answer, safe_statuses=self._safe_statuses)
        return self._calls.submission(
            model.path, {CALLBACK_HEADER: callback_url}, body(model, request), meaning
        )

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:  # noqa: ARG002 - tasks have no model here
        """One authenticated status look-up, `seconds` at most."""
        if task_id in (".", ".."):  # a step in a path, whatever it is encoded as
            return UnknownTask()
        reply = self._calls.look_up(f"/tasks/{quote(task_id, safe='')}", seconds)
        return reply if isinstance(reply, NotAnswered) else answers.task_answer(reply, task_id)

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        """Reads what a callback claims; what cannot be read claims nothing."""
        return answers.read_callback(headers, body)

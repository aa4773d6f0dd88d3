"""Where APIXO puts what in its answers and callbacks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from reelhook.domain.answers import Hint, SubmitAnswer, Succeeded, TaskAnswer
from reelhook.providers.apixo_failures import CODES
from reelhook.providers.apixo_results import links
from reelhook.providers.dialect import SUCCESS, Dialect, Reason, state_in
from reelhook.providers.envelope import first_text, is_task_id, read, text
from reelhook.providers.retry_after import retry_after
from reelhook.wire.exchange import Reply


def _reason(task: dict[str, Any]) -> Reason:
    return Reason(text(task.get("failCode")), first_text(task.get("error"), task.get("failMsg")))


_DIALECT = Dialect(
    well=200,
    codes=CODES,
    reason=_reason,
    finished=lambda task: Succeeded(links(task)),
    charged=lambda _: None,  # no page says what a task was charged
    retry_after=lambda headers: retry_after(headers.get("retry-after"), datetime.now(UTC)),
)


def submit_answer(reply: Reply, safe_statuses: frozenset[int]) -> SubmitAnswer:
    """The class of an answer to generateTask."""
    return _DIALECT.submit_answer(reply, safe_statuses)


def task_answer(reply: Reply, task_id: str) -> TaskAnswer:
    """What statusTask says of this task."""
    return _DIALECT.task_answer(reply, task_id)


def read_callback(headers: Mapping[str, str], body: bytes) -> Hint:  # noqa: ARG001 - APIXO documents none
    """What a callback claims, wherever in it the task id and the state stand; what cannot be read claims nothing."""
    raw, _ = read(body)
    data = raw.get("data")
    inner = data if isinstance(data, dict) else {}
    candidates = (
        *(place.get(key) for place in (raw, inner) for key in ("taskId", "task_id")),
        inner.get("id"),
        raw.get("id"),
    )
    task_id = next((candidate for candidate in candidates if is_task_id(candidate)), None)
    return Hint(task_id, claims_success=state_in(inner, raw) in SUCCESS)

"""What APIXO's answers mean. Everything is read strictly, from bytes; what cannot be read is never taken for a yes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from reelhook.domain.answers import (
    Accepted,
    Hint,
    NotAnswered,
    Refused,
    Running,
    SubmitAnswer,
    Succeeded,
    TaskAnswer,
    TaskFailed,
    TryLater,
    Unclear,
    UnknownTask,
)
from reelhook.domain.failure import Billed, Category
from reelhook.providers import apixo_errors as errors
from reelhook.providers import apixo_failures as failures
from reelhook.providers.apixo_envelope import Envelope, is_task_id, read, task_in, text, words
from reelhook.providers.apixo_results import links
from reelhook.providers.retry_after import retry_after
from reelhook.wire.exchange import Reply

OK = frozenset({200, 201, 202})
REFUSED = frozenset({400, 401, 402, 403, 404, 422})
UNKNOWN_TASK = frozenset({400, 404, 422})
ACCOUNT = frozenset({401, 402, 403})
# seedance-2-0-fast page: pending, processing, success, failed; the other words are siblings'. All others: running.
SUCCESS = frozenset({"success", "succeeded", "completed"})
FAILURE = frozenset({"failed", "fail", "error", "cancelled", "canceled", "timeout", "expired"})
_NO_FUNDS = re.compile(r"\s*insufficient\s+(credit|balance|quota|fund)", re.IGNORECASE)


class _Task(BaseModel):
    """A status answer's data. Only what decides is strict; an odd message must not hide a failure."""

    model_config = ConfigDict(strict=True)
    task_id: str | None = Field(None, validation_alias=AliasChoices("taskId", "task_id"))
    state: str = Field(min_length=1, validation_alias=AliasChoices("state", "status"))
    fail_code: Any = Field(None, validation_alias="failCode")
    fail_message: Any = Field(None, validation_alias="failMsg")


def submit_answer(reply: Reply, safe_statuses: frozenset[int]) -> SubmitAnswer:
    """The class of an answer to a submit: HTTP status and envelope's code have to agree, else it is unclear."""
    raw, envelope = read(reply.body)
    code = envelope.code if envelope else None
    told = f"HTTP {reply.status}, " + ("unreadable" if envelope is None else f"code {code}")
    task = task_in(raw)
    task_id = task.get("taskId") or task.get("task_id")
    if reply.status in OK and code == 200:
        return Accepted(task_id) if is_task_id(task_id) else Unclear(f"{told}, no usable task id")
    if task_id:
        return Unclear(f"{told}, yet a task id")
    said = {code} if reply.status in OK else {reply.status, code} - {None}
    if not said <= safe_statuses | REFUSED:
        return Unclear(told)
    if said & safe_statuses:
        return TryLater(retry_after(reply.headers.get("retry-after"), datetime.now(UTC)))
    return _refused(said, envelope or Envelope())


def _refused(said: set[int | None], envelope: Envelope) -> Refused:
    data = envelope.data if isinstance(envelope.data, dict) else {}
    fail_code, told = text(data.get("failCode")), words(envelope)
    error = failures.classify(fail_code or told) or errors.REQUEST
    # A message may repeat the client's prompt: only what it begins with is taken for the account's state.
    out_of_funds = bool(_NO_FUNDS.match(told)) or (bool(fail_code) and error is errors.ACCOUNT)
    moderated = error.category in (Category.INPUT_MODERATION, Category.OUTPUT_MODERATION)
    account = out_of_funds or bool(said & {401, 402}) or (403 in said and not moderated)
    if account:
        error = errors.ACCOUNT
    elif 404 in said:
        error = errors.MODEL
    elif error is errors.ACCOUNT:
        error = errors.REQUEST
    return Refused(replace(error, billed=Billed.NO), account, failures.detail(fail_code, told))


def task_answer(reply: Reply, task_id: str) -> TaskAnswer:
    """What a look-up says of this task; authoritative only as a readable envelope about this very task."""
    raw, envelope = read(reply.body)
    code = envelope.code if envelope else None
    told = f"HTTP {reply.status}, " + ("unreadable" if envelope is None else f"code {code}")
    said = {code} if reply.status in OK else {reply.status, code}
    if said & ACCOUNT or (envelope and said <= UNKNOWN_TASK and _NO_FUNDS.match(words(envelope))):
        return NotAnswered(told, account=True)
    if envelope is not None and said <= UNKNOWN_TASK:
        return UnknownTask()
    if said != {200}:
        return NotAnswered(told)
    data = task_in(raw)
    try:
        task = _Task.model_validate(data)
    except ValidationError:
        return NotAnswered(f"{told}, no readable task")
    if task.task_id not in (None, "", task_id):
        return NotAnswered("an answer about another task")
    return _of_state(task, data)


def _of_state(task: _Task, data: dict[str, Any]) -> TaskAnswer:
    state = task.state.strip().lower()
    if state in SUCCESS:
        return Succeeded(links(data))
    if state in FAILURE:
        code, message = text(task.fail_code), text(task.fail_message)
        return TaskFailed(failures.failure(code, message), failures.detail(code, message))
    return Running(failures.detail(state)[:64])


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
    states = (place.get(key) for place in (inner, raw) for key in ("state", "status"))
    state = next((state for state in states if isinstance(state, str)), "")
    task_id = next((candidate for candidate in candidates if is_task_id(candidate)), None)
    return Hint(task_id, claims_success=state.strip().lower() in SUCCESS)

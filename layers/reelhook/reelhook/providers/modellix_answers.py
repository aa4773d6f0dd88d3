"""Where Modellix puts what in its answers and callbacks ("Query task result" page; its official clients for the rest)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from reelhook.domain.answers import Hint, SubmitAnswer, Succeeded, TaskAnswer
from reelhook.domain.time import Instant
from reelhook.providers.dialect import SUCCESS, Dialect, Reason, state_in
from reelhook.providers.envelope import first_text, is_task_id, read, text
from reelhook.providers.modellix_failures import CODES
from reelhook.providers.modellix_results import last_frame, videos
from reelhook.providers.retry_after import retry_after
from reelhook.wire.exchange import Reply

SUCCEEDED_EVENT = "prediction.task.succeeded"
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?", re.ASCII)
# Milliseconds from 2001 to 5138: a figure outside of it is in another unit, or none.
_FIRST_INSTANT, _LAST_INSTANT = 10**12, 10**14


def _reason(task: dict[str, Any]) -> Reason:
    """No page says where the reason of a failed task stands: every place where it may, the likeliest first."""
    error, result = task.get("error"), task.get("result")
    named = error if isinstance(error, dict) else {}
    inner = result.get("error") if isinstance(result, dict) else None
    within = inner if isinstance(inner, dict) else {}
    code = next((found for found in map(_code, (named.get("code"), task.get("error_code"))) if found), "")
    message = first_text(
        error,
        named.get("message"),
        task.get("error_message"),
        task.get("message"),
        task.get("fail_reason"),
        task.get("reason"),
        inner,
        within.get("message"),
    )
    return Reason(code or _code(within.get("code")), message)


def _code(value: object) -> str:
    return str(value) if type(value) is int else text(value)


def _charged(task: dict[str, Any]) -> Decimal | None:
    """`billing.amount`, a decimal text in USD; on failures, too, where it is given."""
    billing = task.get("billing")
    amount = billing.get("amount") if isinstance(billing, dict) else None
    # a number in place of the text is read by its shortest digits, which are those that were sent
    told = repr(amount) if type(amount) in (int, float) else text(amount)
    return Decimal(told) if _AMOUNT.fullmatch(told) else None


def _expires_at(task: dict[str, Any]) -> Instant | None:
    """`result_expires_at`, Unix milliseconds."""
    told = task.get("result_expires_at")
    return told if type(told) is int and _FIRST_INSTANT <= told < _LAST_INSTANT else None


def _finished(task: dict[str, Any]) -> Succeeded:
    return Succeeded(videos(task), _expires_at(task), last_frame(task), _charged(task))


def _retry_after(headers: Mapping[str, str]) -> int | None:
    """`Retry-After`; without one, the end of a minute's allowance that is used up (`X-RateLimit-...`, Unix seconds)."""
    now = datetime.now(UTC)
    told, reset = headers.get("retry-after"), headers.get("x-ratelimit-reset", "").strip()
    spent = headers.get("x-ratelimit-remaining", "").strip() == "0"
    if told is None and spent and re.fullmatch(r"[0-9]{1,12}", reset, re.ASCII):
        told = str(max(0, int(reset) - int(now.timestamp())))
    return retry_after(told, now)


_DIALECT = Dialect(
    well=0, codes=CODES, reason=_reason, finished=_finished, charged=_charged, retry_after=_retry_after
)


def submit_answer(reply: Reply, safe_statuses: frozenset[int]) -> SubmitAnswer:
    """The class of an answer to a submit."""
    return _DIALECT.submit_answer(reply, safe_statuses)


def task_answer(reply: Reply, task_id: str) -> TaskAnswer:
    """What `GET /tasks/{task_id}` says of this task."""
    return _DIALECT.task_answer(reply, task_id)


def read_callback(headers: Mapping[str, str], body: bytes) -> Hint:
    """What a delivery claims: its body is the look-up's, its headers name task and event; the body counts first."""
    raw, _ = read(body)
    data = raw.get("data")
    inner = data if isinstance(data, dict) else {}
    named = {name.lower(): value for name, value in headers.items()}
    candidates = (inner.get("task_id"), raw.get("task_id"), text(named.get("x-modellix-task-id")))
    task_id = next((candidate for candidate in candidates if is_task_id(candidate)), None)
    state = state_in(inner, raw)
    event = text(named.get("x-modellix-event")).lower()
    return Hint(task_id, claims_success=state in SUCCESS or (not state and event == SUCCEEDED_EVENT))

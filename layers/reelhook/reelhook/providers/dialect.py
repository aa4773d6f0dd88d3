"""What an answer means, for every provider: HTTP status and envelope's code have to agree, else it is unclear.

Everything is read strictly, from bytes; what cannot be read is never taken for a yes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from reelhook.domain.answers import (
    Accepted,
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
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.providers import errors, failures
from reelhook.providers.envelope import Envelope, is_task_id, message_in, read, task_id_in, task_in, text
from reelhook.wire.exchange import Reply

OK = frozenset({200, 201, 202})
REFUSED = frozenset({400, 401, 402, 403, 404, 422})
UNKNOWN_TASK = frozenset({400, 404, 422})
ACCOUNT = frozenset({401, 402, 403})
# APIXO, seedance-2-0-fast page: pending, processing, success, failed. Modellix, "Query task result": the same four, and
# its callbacks know canceled. The other words are those of clients and siblings. All others: running.
SUCCESS = frozenset({"success", "succeeded", "completed"})
FAILURE = frozenset({"failed", "fail", "error", "cancelled", "canceled", "timeout", "expired"})
_NO_FUNDS = re.compile(r"\s*insufficient\s+(credit|balance|quota|fund)", re.IGNORECASE)


class _Task(BaseModel):
    """A status answer's data. Only what decides is strict; an odd message must not hide a failure."""

    model_config = ConfigDict(strict=True)
    task_id: str | None = Field(None, validation_alias=AliasChoices("taskId", "task_id"))
    state: str = Field(min_length=1, validation_alias=AliasChoices("state", "status"))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something failed, as the provider put it; empty where it said nothing."""

    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one provider says the same things: its envelope's code for "all is well", its fail codes, where it puts what."""

    well: int
    codes: failures.Codes
    reason: Callable[[dict[str, Any]], Reason]
    finished: Callable[[dict[str, Any]], Succeeded]
    charged: Callable[[dict[str, Any]], Decimal | None]
    retry_after: Callable[[Mapping[str, str]], int | None]

    def submit_answer(self, reply: Reply, safe_statuses: frozenset[int]) -> SubmitAnswer:
        """The class of an answer to a submit."""
        raw, envelope = read(reply.body)
        code, told = _told(reply, envelope)
        task_id = task_id_in(task_in(raw))
        if reply.status in OK and code == self.well:
            return Accepted(task_id) if is_task_id(task_id) else Unclear(f"{told}, no usable task id")
        if task_id:
            return Unclear(f"{told}, yet a task id")
        said = {code} if reply.status in OK else {reply.status, code} - {None}
        if not said <= safe_statuses | REFUSED:
            return Unclear(told)
        if said & safe_statuses:
            return TryLater(self.retry_after(reply.headers))
        return self._refused(said, raw)

    def _refused(self, said: set[int | None], raw: dict[str, Any]) -> Refused:
        reason = self._reason(raw)
        named = failures.named(reason.code)
        error = failures.classify(named or reason.message, self.codes) or errors.REQUEST
        # A message may repeat the client's prompt: only what it begins with is taken for the account's state.
        out_of_funds = bool(_NO_FUNDS.match(reason.message)) or (bool(named) and error is errors.ACCOUNT)
        moderated = error.category in (Category.INPUT_MODERATION, Category.OUTPUT_MODERATION)
        account = out_of_funds or bool(said & {401, 402}) or (403 in said and not moderated)
        if account:
            error = errors.ACCOUNT
        elif 404 in said:
            error = errors.MODEL
        elif error is errors.ACCOUNT:
            error = errors.REQUEST
        return Refused(
            replace(error, billed=Billed.NO), account, failures.detail(reason.code, reason.message)
        )

    def task_answer(self, reply: Reply, task_id: str) -> TaskAnswer:
        """What a look-up says of this task; authoritative only as a readable envelope about this very task."""
        raw, envelope = read(reply.body)
        code, told = _told(reply, envelope)
        said = {code} if reply.status in OK else {reply.status, code}
        no_funds = envelope is not None and _NO_FUNDS.match(self._reason(raw).message)
        if said & ACCOUNT or (said <= UNKNOWN_TASK and no_funds):
            return NotAnswered(told, account=True)
        if envelope is not None and said <= UNKNOWN_TASK:
            return UnknownTask()
        if said != {self.well}:
            return NotAnswered(told)
        try:
            task = _Task.model_validate(task_in(raw))
        except ValidationError:
            return NotAnswered(f"{told}, no readable task")
        if task.task_id not in (None, "", task_id):
            return NotAnswered("an answer about another task")
        return self._of_state(task.state.strip().lower(), task_in(raw), raw)

    def _of_state(self, state: str, task: dict[str, Any], raw: dict[str, Any]) -> TaskAnswer:
        if state in SUCCESS:
            return self.finished(task)
        if state in FAILURE:
            reason = self._reason(raw)
            charged = self.charged(task)
            error = failures.failure(reason.code, reason.message or state, self.codes)
            told = failures.detail(reason.code, reason.message)
            return TaskFailed(_billed(error, charged), told, charged, error is errors.UNREACHABLE)
        return Running(failures.detail(state)[:64])

    def _reason(self, raw: dict[str, Any]) -> Reason:
        """What stands with the task counts before what the envelope says."""
        reason = self.reason(task_in(raw))
        return reason if reason.message else Reason(reason.code, message_in(raw))


def _billed(error: VideoError, charged: Decimal | None) -> VideoError:
    if charged is None:
        return error
    return replace(error, billed=Billed.YES if charged else Billed.NO)


def _told(reply: Reply, envelope: Envelope | None) -> tuple[int | None, str]:
    """The envelope's code, and what is noted of an answer that decides nothing."""
    code = envelope.code if envelope else None
    return code, f"HTTP {reply.status}, " + ("unreadable" if envelope is None else f"code {code}")


def state_in(*places: dict[str, Any]) -> str:
    """The first state that is a text, under either name, in lower case; empty if there is none."""
    states = (place.get(key) for place in places for key in ("state", "status"))
    return text(next((state for state in states if isinstance(state, str)), "")).lower()

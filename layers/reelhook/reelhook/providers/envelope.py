"""The envelope of answers and callbacks, read strictly from bytes; its contents, wherever they were seen."""

import unicodedata
from typing import Any, TypeIs

from pydantic import BaseModel, ConfigDict, ValidationError

from reelhook.wire import strict_json

_NO_REASON = frozenset({"success", "ok"})  # what both providers' envelopes say around a failed task, too


class Envelope(BaseModel):
    """`{code, message, data}`; errors come without data, or with a scalar in its place."""

    model_config = ConfigDict(strict=True)
    code: int | None = None


def is_task_id(value: object) -> TypeIs[str]:
    """Any 1 to 256 characters without control characters: what an id looks like is the provider's business."""
    return (
        isinstance(value, str)
        and 1 <= len(value) <= 256
        and not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
    )


def read(body: bytes | None) -> tuple[dict[str, Any], Envelope | None]:
    """The object in this body and its envelope; empty and none if there is not one."""
    if body is None:
        return {}, None
    try:
        raw = strict_json.read(body)
    except strict_json.UnreadableError:
        return {}, None
    if not isinstance(raw, dict):
        return {}, None
    try:
        return raw, Envelope.model_validate(raw)
    except ValidationError:
        return raw, None


def task_in(raw: dict[str, Any]) -> dict[str, Any]:
    """What stands in `data`, or flat where there is no data and the task names itself; empty if there is none."""
    data = raw.get("data")
    if isinstance(data, dict):
        return data
    return raw if data is None and task_id_in(raw) else {}


def task_id_in(task: dict[str, Any]) -> Any:
    """What stands where the task's id belongs, under either spelling."""
    return task.get("taskId") or task.get("task_id")


def message_in(raw: dict[str, Any]) -> str:
    """What the envelope itself says in words, unless it is only that all is well."""
    told = map(text, (raw.get("message"), raw.get("msg"), raw.get("error")))
    return next((found for found in told if found and found.lower() not in _NO_REASON), "")


def text(value: object) -> str:
    """A text without its margins; anything else is no text."""
    return value.strip() if isinstance(value, str) else ""


def first_text(*values: object) -> str:
    """The first of these that is a text and not blank."""
    return next((found for found in map(text, values) if found), "")

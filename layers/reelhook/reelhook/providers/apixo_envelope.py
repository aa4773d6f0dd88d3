"""The envelope of APIXO's answers and callbacks, read strictly from bytes; its contents, wherever they were seen."""

import unicodedata
from typing import Any, TypeIs

from pydantic import BaseModel, ConfigDict, ValidationError

from reelhook.wire import strict_json


class Envelope(BaseModel):
    """`{code, message, data}`; errors come without data, or with a scalar in its place."""

    model_config = ConfigDict(strict=True)
    code: int | None = None
    message: Any = None
    msg: Any = None
    error: Any = None
    data: Any = None


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
    named = raw.get("taskId") or raw.get("task_id")
    return raw if data is None and named else {}


def words(envelope: Envelope) -> str:
    """What it says in words, wherever it says it."""
    data = envelope.data if isinstance(envelope.data, dict) else {}
    told = (data.get("error"), data.get("failMsg"), envelope.message, envelope.msg, envelope.error)
    return next((found for found in map(text, told) if found), "")


def text(value: object) -> str:
    """A text without its margins; anything else is no text."""
    return value.strip() if isinstance(value, str) else ""

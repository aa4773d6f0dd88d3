"""JSON without its loopholes: no duplicate keys, NaN, infinities, half characters or bottomless nesting."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from reelhook.domain.errors.requests import InvalidRequestError, Problem

MAX_DEPTH = 8  # a request for a video nests four levels
MAX_PROBLEMS = 50  # an answer stays small, whatever the body holds
_EXPECTED = 'expected a JSON object such as {"prompt": "A lighthouse at dawn"}'


# A whole string that begins so. Base64 has no backslash but the one before a slash, which some encoders write.
_DATA_URLS = re.compile(rb'(?<!\\)"data:(?:[^"\\]|\\/)*+"')
_SHORT = 64  # below it a string costs more than its bytes


class _NotJsonError(ValueError):
    """Python would take it; JSON does not know it."""


def read_object(body: bytes) -> dict[str, Any]:
    """The one JSON object a body holds; raises `InvalidRequestError` for anything else."""
    try:
        value, faults = _loaded(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _invalid("it is not UTF-8") from None
    except _NotJsonError as error:
        raise _invalid(str(error)) from None
    if not isinstance(value, dict):
        raise _invalid(f"it is {kind_of(value)}")
    faults += _faults(value)
    if faults:
        raise InvalidRequestError(*capped(faults))
    return value


def read_field(name: str, text: str) -> Any:
    """The JSON that one field of a form holds; raises `InvalidRequestError`, which names the field."""
    try:
        value, faults = _loaded(text)
    except _NotJsonError as error:
        raise InvalidRequestError(Problem(name, f"{name}: expected JSON, but {error}")) from None
    faults += _faults({name: value})
    if faults:
        raise InvalidRequestError(*capped(faults))
    return value


def besides_data_urls(body: bytes) -> int:
    """How many bytes a body has without the long strings that are data URLs: what its structure can cost to read."""
    return len(body) - sum(max(0, len(found[0]) - _SHORT) for found in _DATA_URLS.finditer(body))


def _loaded(text: str) -> tuple[Any, list[Problem]]:
    """The value, and the names that were given twice; raises `_NotJsonError`, which says what it is instead."""
    twice: list[str] = []

    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        once: dict[str, Any] = {}
        for name, value in pairs:
            if name in once:
                twice.append(shown(name))
            once[name] = value
        return once

    try:
        value = json.loads(text, object_pairs_hook=without_duplicates, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        found = f"line {error.lineno}, column {error.colno} is not JSON" if text.strip() else "it is empty"
        raise _NotJsonError(found) from None
    except _NotJsonError:
        raise
    except ValueError:
        raise _NotJsonError("it holds a number with too many digits") from None
    except RecursionError:
        raise _NotJsonError(f"it is nested more than {MAX_DEPTH} levels deep") from None
    return value, [Problem(name, f"{name}: given twice") for name in dict.fromkeys(twice)]


def kind_of(value: object) -> str:
    """What a JSON value is, in plain words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"


def shown(name: str) -> str:
    """A client's own name for something, short enough and safe to repeat."""
    return repr(name[:60])[1:-1] + ("..." if len(name) > 60 else "")


def capped(problems: list[Problem]) -> list[Problem]:
    """The first problems, and how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    rest = len(problems) - MAX_PROBLEMS
    return [*problems[:MAX_PROBLEMS], Problem(None, f"and {rest} more problems")]


def _faults(value: dict[str, Any]) -> Iterator[Problem]:
    """What a parser lets through and nobody else takes; walked without recursion."""
    waiting: list[tuple[Any, str, int]] = [(value, "", 1)]
    while waiting:
        part, path, depth = waiting.pop()
        match part:
            case dict() | list() if depth > MAX_DEPTH:
                yield Problem(path, f"{path}: nested more than {MAX_DEPTH} levels deep")
            case dict():
                for name, inner in part.items():
                    inner_path = f"{path}.{shown(name)}" if path else shown(name)
                    if not _is_text(name):
                        yield Problem(inner_path, f"{inner_path}: the name holds half of a surrogate pair")
                    waiting.append((inner, inner_path, depth + 1))
            case list():
                waiting += [(inner, f"{path}[{index}]", depth + 1) for index, inner in enumerate(part)]
            case str() if not _is_text(part):
                yield Problem(path, f"{path}: holds half of a surrogate pair, which is no character")
            case float() if not math.isfinite(part):
                yield Problem(path, f"{path}: the number is too large")


def _is_text(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _refuse_constant(name: str) -> float:
    raise _NotJsonError(f"{name} is not JSON")


def _invalid(found: str) -> InvalidRequestError:
    return InvalidRequestError(Problem(None, f"The body cannot be read: {_EXPECTED}, but {found}."))

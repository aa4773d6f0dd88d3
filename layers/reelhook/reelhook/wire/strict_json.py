"""JSON from strangers, read strictly: what two parsers could read in two ways is refused, with one kind of error.

Python's own parser keeps the last of two equal keys, takes `NaN` and lone surrogates (which break a later log line or
UTF-8 encoding), and answers depth and huge numbers with errors of other kinds. The caller caps the size beforehand.
"""

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 32
MAX_DIGITS = 18  # within 64 bits


class UnreadableError(Exception):
    """This is not JSON that can be read in one way only."""


def read(raw: bytes) -> Any:
    """The one value in these bytes; raises `UnreadableError` and nothing else."""
    try:
        value = json.loads(
            raw.decode("utf-8", "strict"),
            object_pairs_hook=_object,
            parse_int=_int,
            parse_float=_float,
            parse_constant=_constant,
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableError(type(error).__name__) from None
    _check(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise UnreadableError("a key stands twice")
    return read


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise UnreadableError("a number is too large")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnreadableError("a number is too large")
    return number


def _constant(name: str) -> NoReturn:
    raise UnreadableError(f"{name} is no JSON")


def _check(value: Any) -> None:
    """No recursion: whatever the parser could build, this can walk."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        deeper: list[Any] = []
        for item in level:
            match item:
                case str():
                    _check_text(item)
                case list():
                    deeper += item
                case dict():
                    deeper += item.keys()
                    deeper += item.values()
        if not deeper:
            return
        level = deeper
    raise UnreadableError("nested too deeply")


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnreadableError("half a character") from None

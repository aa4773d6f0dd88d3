"""What the values of a behaviour may be."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.provider.media import possible

type Check = Callable[[Any], bool]

ANSWER_WORDS = ("reset", "no_task_id", "unreadable", "web_page", "insufficient_credits")
ANSWER_KEYS = {"status", "code", "message", "data", "retry_after"}


def seconds(value: Any) -> bool:
    """A number that is not negative."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def count(value: Any) -> bool:
    """An integer that is not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def often(value: Any) -> bool:
    """HOW OFTEN."""
    return isinstance(value, bool) or count(value)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def text(value: Any) -> bool:
    """A string."""
    return isinstance(value, str)


def texts(value: Any) -> bool:
    """A list of strings."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def words(value: Any) -> bool:
    """Strings by strings."""
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def amount(value: Any) -> bool:
    """A decimal in a string."""
    return isinstance(value, str) and bool(re.fullmatch(r"\d+(\.\d+)?", value))


def status(value: Any) -> bool:
    """An HTTP status that ends an exchange."""
    return count(value) and 200 <= value <= 599


def answer(value: Any) -> bool:
    """ANSWER."""
    if isinstance(value, dict):
        return set(value) <= ANSWER_KEYS and status(value.get("status"))
    return value in ANSWER_WORDS if isinstance(value, str) else status(value)


def origin(value: Any) -> bool:
    """`scheme://host[:port]`."""
    return isinstance(value, str) and bool(urlsplit(value).netloc) and urlsplit(value).path == ""


def lengths(value: Any) -> bool:
    """Seconds by strings."""
    return isinstance(value, dict) and all(seconds(length) for length in value.values())


def size(value: Any) -> bool:
    """A size that a result file can have."""
    return count(value) and possible(value)


def one_of(*choices: str) -> Check:
    """One of these strings."""
    return lambda value: value in choices

"""The keys of a behaviour: their defaults, what they may be, and how nested JSON becomes `section.key`."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.provider.media import possible

type Check = Callable[[Any], bool]

SUBMIT_WORDS = ("reset", "no_task_id", "unreadable", "insufficient_credits")
ANSWER_KEYS = {"status", "code", "message", "data", "retry_after"}


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _often(value: Any) -> bool:
    return isinstance(value, bool) or _count(value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _status(value: Any) -> bool:
    return _count(value) and 200 <= value <= 599


def _answer(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) <= ANSWER_KEYS and _status(value.get("status"))
    return value in SUBMIT_WORDS if isinstance(value, str) else _status(value)


def _origin(value: Any) -> bool:
    return isinstance(value, str) and bool(urlsplit(value).netloc) and urlsplit(value).path == ""


def _lengths(value: Any) -> bool:
    return isinstance(value, dict) and all(_seconds(length) for length in value.values())


def _size(value: Any) -> bool:
    return _count(value) and possible(value)


def _one_of(*words: str) -> Check:
    return lambda value: value in words


KEYS: dict[str, tuple[Any, Check]] = {
    "generate_seconds": (2.0, _seconds),
    "time_scale": (0.01, _seconds),
    "reference_seconds": ({"default": 5}, _lengths),
    "unreachable_media": ([], _texts),
    "limits.concurrent": (None, _count),
    "limits.per_minute": (None, _count),
    "limits.minute_seconds": (60, _seconds),
    "limits.retry_after": (None, _seconds),
    "submit.refuse": (None, _answer),
    "submit.after_accepting": (None, _answer),
    "submit.times": (True, _often),
    "submit.hang_before_seconds": (0, _seconds),
    "submit.hang_after_seconds": (0, _seconds),
    "outcome.fail_code": (None, _text),
    "outcome.fail_msg": (None, _text),
    "status.down": (None, _answer),
    "status.down_times": (True, _often),
    "status.down_seconds": (None, _seconds),
    "status.unknown": (False, _often),
    "status.lag_seconds": (0, _seconds),
    "status.no_links": (False, _often),
    "status.hang_seconds": (0, _seconds),
    "callback.when": ("done", _one_of("done", "early", "never")),
    "callback.late_seconds": (0, _seconds),
    "callback.copies": (1, _count),
    "callback.parallel": (False, _flag),
    "callback.states": (None, _texts),
    "callback.task_id": (None, _text),
    "callback.result_urls": (None, _texts),
    "callback.token": ("right", _one_of("right", "wrong")),
    "callback.body": ("whole", _one_of("whole", "wrong_type", "cut", "oversized", "empty", "flat")),
    "callback.body_bytes": (100_000, _count),
    "callback.retry": (True, _flag),
    "callback.timeout_seconds": (30, _seconds),
    "result.bytes": (None, _size),
    "result.count": (1, _count),
    "result.shape": ("string", _one_of("string", "object", "bare_url")),
    "result.key": ("resultUrls", _text),
    "result.items": ("urls", _one_of("urls", "objects", "single")),
    "result.origin": (None, _origin),
    "result.refuse": (None, _status),
    "result.refuse_times": (True, _often),
    "result.html": (False, _often),
    "result.redirect": (False, _often),
    "result.cut_after": (None, _count),
    "result.cut_times": (True, _often),
    "result.pause_after": (None, _count),
    "result.pause_seconds": (0, _seconds),
    "result.pause_times": (True, _often),
    "result.bytes_per_second": (None, _count),
    "result.range": (True, _flag),
    "result.length": (True, _flag),
    "result.gzip": (False, _flag),
    "result.etag": ("stable", _one_of("stable", "none", "changing")),
    "result.content_type": ("video/mp4", _text),
}
DEFAULTS = {key: default for key, (default, _) in KEYS.items()}
SECTIONS = {key.split(".")[0] for key in KEYS if "." in key}


def flatten(nested: Any) -> dict[str, Any]:
    """Turn `{"result": {"bytes": 1}}` into `{"result.bytes": 1}`, or raise ValueError naming the key that is wrong."""
    if not isinstance(nested, dict):
        raise ValueError("a behaviour is a JSON object")
    flat: dict[str, Any] = {}
    for key, value in nested.items():
        if key in SECTIONS and isinstance(value, dict):
            flat |= {f"{key}.{name}": item for name, item in value.items()}
        elif key in SECTIONS and value is None:
            flat |= {name: None for name in KEYS if name.startswith(f"{key}.")}
        else:
            flat[key] = value
    for key, value in flat.items():
        if key not in KEYS:
            raise ValueError(f"unknown key {key}")
        if value is not None and not KEYS[key][1](value):
            raise ValueError(f"impossible value of {key}: {value!r}")
    return flat

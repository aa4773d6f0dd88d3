"""What is set now: for all tasks, for one provider's, and for the next submits. `behaviour_keys` is the reference."""

import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour_keys import DEFAULTS, KEYS, SECTIONS
from sandbox.provider.contract import PROVIDERS

type View = Mapping[str, Any]
type Overlay = dict[str, Any]

EVERYBODY = ""


class Behaviour:
    """What is set, what waits for the next submits, and how often each misbehaviour was done."""

    def __init__(self, start: dict[str, Any]) -> None:
        self._lock = threading.RLock()
        self._start = {**DEFAULTS, **flatten(start)}
        self._set: dict[str, Overlay] = {}
        self._next: dict[str, deque[Overlay]] = {}
        self._done: dict[tuple[str, str], int] = {}
        self.reset()

    def change(self, change: dict[str, Any]) -> None:
        """Merge a change; nothing is changed when a part of it is impossible."""
        rest = {key: part for key, part in change.items() if key not in PROVIDERS}
        parts = {EVERYBODY: rest} | {key: part for key, part in change.items() if key in PROVIDERS}
        read = {scope: _read(part) for scope, part in parts.items() if part is not None}
        with self._lock:
            for scope in parts:
                if scope not in read:
                    self._set[scope] = {}
                    self._next[scope].clear()
                    continue
                flat, overlays = read[scope]
                self._next[scope].extend(overlays)
                merged = {**self._set[scope], **flat}
                self._set[scope] = {key: value for key, value in merged.items() if value is not None}
                self.recount(flat, scope)

    def recount(self, named: Mapping[str, Any], scope: str = EVERYBODY) -> None:
        """Start the counts of the named misbehaviours afresh, for one task, for one provider or for all."""
        with self._lock:
            for done_scope, key in list(self._done):
                stem = key.removesuffix("times").removesuffix("_")
                if done_scope.startswith(scope) and any(name.startswith(stem) for name in named):
                    del self._done[done_scope, key]

    def take(self, provider: str) -> Overlay:
        """What the next submit to a provider was given to itself."""
        with self._lock:
            for scope in (provider, EVERYBODY):
                if self._next[scope]:
                    return self._next[scope].popleft()
        return {}

    def view(self, provider: str = EVERYBODY, overlay: Mapping[str, Any] | None = None) -> View:
        """Every key's value now, for a provider, for a task with this overlay."""
        with self._lock:
            own = {
                key: self._start[key] if value is None else value for key, value in (overlay or {}).items()
            }
            return {**self._start, **self._set[EVERYBODY], **self._set[provider], **own}

    def applies(self, scope: str, key: str, how_often: bool | int) -> bool:
        """Whether a misbehaviour is due once more; counts it if so."""
        with self._lock:
            if isinstance(how_often, bool):
                return how_often
            done = self._done.get((scope, key), 0)
            self._done[scope, key] = done + 1
            return done < how_often

    def reset(self) -> None:
        """Back to the defaults."""
        with self._lock:
            self._set = {scope: {} for scope in (EVERYBODY, *PROVIDERS)}
            self._next = {scope: deque() for scope in (EVERYBODY, *PROVIDERS)}
            self._done = {}


def _read(part: Any) -> tuple[Overlay, list[Overlay]]:
    """What a part of a change sets, and what it keeps for the next submits."""
    if not isinstance(part, dict):
        raise ValueError("a behaviour is a JSON object")
    coming = part.get("next", [])
    overlays: list[Overlay] = []
    for each in coming if isinstance(coming, list) else [coming]:
        own = {key: value for key, value in each.items() if key != "count"}
        overlays += [flatten(own)] * each.get("count", 1)
    if any(key.startswith("limits.") for overlay in overlays for key in overlay):
        raise ValueError("limits hold for all tasks, not for the next ones")
    return flatten({key: value for key, value in part.items() if key != "next"}), overlays


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

"""Ports that count who calls them, whatever stands behind."""

from collections import Counter
from typing import Any


class Counted:
    """Passes every call on to `target`, and counts it as `name.method`."""

    def __init__(self, name: str, target: object, calls: Counter[str]) -> None:
        self._name, self._target, self._calls = name, target, calls

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._target, method)

        def counted(*arguments: Any, **named: Any) -> Any:
            self._calls[f"{self._name}.{method}"] += 1
            return found(*arguments, **named)

        return counted if callable(found) else found

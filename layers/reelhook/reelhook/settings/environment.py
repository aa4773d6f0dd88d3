"""How a variable is read: where it is needed, and what is missing or wrong is named."""

from collections.abc import Mapping

from reelhook.domain.errors.running import NotConfiguredError


class Environment:
    """A function's environment variables; all raise `NotConfiguredError`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def _text(self, name: str) -> str:
        value = self._environment.get(name, "").strip()
        if not value:
            raise NotConfiguredError(
                name, "is not set in this function's environment: deploy the stack again."
            )
        return value

    def _maybe(self, name: str) -> str:
        """A setting that may be empty, yet must be there."""
        if name not in self._environment:
            return self._text(name)
        return self._environment[name].strip()

    def _listed(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._text(name).split(",") if part.strip())

    def _number(self, name: str) -> int:
        return self._whole(name, self._text(name))

    @staticmethod
    def _whole(name: str, text: str) -> int:
        if not text.strip().isascii() or not text.strip().isdigit():
            raise NotConfiguredError(name, f"must hold whole numbers, got {text!r:.40}.")
        return int(text)

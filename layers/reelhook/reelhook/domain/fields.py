"""What a model's field may hold: the one declaration that validation, JSON schema and documents are read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Values(Protocol):
    """The values a field may hold."""

    @property
    def schema(self) -> dict[str, object]:
        """The same as JSON schema."""

    def fault(self, value: object) -> tuple[str, str] | None:
        """What was expected and what came instead; `None` for a sound value."""

    def spelt(self, value: object) -> object:
        """A sound value in the provider's own spelling."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of `least` to `most` characters, and not blank."""

    least: int
    most: int

    @property
    def schema(self) -> dict[str, object]:
        """JSON schema counts characters as we do."""
        return {"type": "string", "minLength": self.least, "maxLength": self.most}

    def fault(self, value: object) -> tuple[str, str] | None:
        """Length and type."""
        if type(value) is not str:
            return "a text", _shown(value)
        if not value.strip():
            return "a text that is not blank", _shown(value)
        if len(value) < self.least:
            return f"at least {self.least} characters", str(len(value))
        return None if len(value) <= self.most else (f"at most {self.most} characters", str(len(value)))

    def spelt(self, value: object) -> object:
        """As it is."""
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, both bounds included."""

    least: int
    most: int

    @property
    def schema(self) -> dict[str, object]:
        """With its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def fault(self, value: object) -> tuple[str, str] | None:
        """Bounds and type; a boolean is no number."""
        if type(value) is not int:
            return f"a whole number, {self.least} to {self.most}", _shown(value)
        return None if self.least <= value <= self.most else (f"{self.least} to {self.most}", _shown(value))

    def spelt(self, value: object) -> object:
        """As it is."""
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the provider's own words; `also` holds other words that we take for them."""

    words: tuple[str, ...]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, object]:
        """Every word that is taken."""
        return {"type": "string", "enum": [*self.words, *self.also]}

    def fault(self, value: object) -> tuple[str, str] | None:
        """Whether it is one of them."""
        sound = type(value) is str and (value in self.words or value in self.also)
        return None if sound else (", ".join(self.words), str(value)[:60])

    def spelt(self, value: object) -> object:
        """The provider's word for it."""
        return self.also.get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Switch:
    """True or false."""

    @property
    def schema(self) -> dict[str, object]:
        """A boolean."""
        return {"type": "boolean"}

    def fault(self, value: object) -> tuple[str, str] | None:
        """The type, exactly: 1 and "true" are neither."""
        return None if type(value) is bool else ("true or false", _shown(value))

    def spelt(self, value: object) -> object:
        """As it is."""
        return value


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model.

    `sent_as` is the provider's name for it. `default` is what we send when the client leaves it open; without one
    nothing is sent, and the provider takes `provider_default`, where its pages name it.
    """

    values: Values
    sent_as: str
    required: bool = False
    default: object = None
    provider_default: object = None

    @property
    def schema(self) -> dict[str, object]:
        """JSON schema, with the value that an open field comes to, where that is known."""
        usual = self.provider_default if self.default is None else self.default
        return self.values.schema if usual is None else {**self.values.schema, "default": usual}


def _shown(value: object) -> str:
    return f"{value!r:.60}"

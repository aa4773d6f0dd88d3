"""The conditions of a write, as data: DynamoDB and the tests' store both read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Equals:
    """The attribute is there and has this value."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class OneOf:
    """The attribute is there and has one of these values."""

    name: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Less:
    """The attribute is there and is below this number."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The attribute is not there."""

    name: str


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute is there, whatever its value."""

    name: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    terms: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these holds."""

    terms: tuple["Condition", ...]


type Condition = Equals | OneOf | Less | Absent | Present | Every | Either


def every(*terms: Condition) -> Every:
    """All of these hold."""
    return Every(terms)


def either(*terms: Condition) -> Either:
    """At least one of these holds."""
    return Either(terms)


def as_seen(name: str, value: Any) -> Condition:
    """The attribute is as it was read: the same value, or absent where nothing (or no count yet) was there."""
    return Equals(name, value) if value else Absent(name)


def holds(condition: Condition, item: Mapping[str, Any]) -> bool:
    """Whether an item (absent attributes are missing keys) meets the condition."""
    match condition:
        case Equals(name, value):
            return name in item and bool(item[name] == value)
        case OneOf(name, values):
            return name in item and item[name] in values
        case Less(name, value):
            return name in item and bool(item[name] < value)
        case Absent(name):
            return name not in item
        case Present(name):
            return name in item
        case Every(terms):
            return all(holds(term, item) for term in terms)
        case Either(terms):
            return any(holds(term, item) for term in terms)

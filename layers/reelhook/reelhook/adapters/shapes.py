"""Dataclasses to plain data and back, led by the types that the domain declares.

One rule serves every item: a field that holds its own default is left out, and comes back as that default. Reading is
strict: what has another type than declared is refused, and what is not declared (a newer deploy's) is left alone.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints


class ShapeError(ValueError):
    """The data has not the declared shape; the message names the field, never its content."""


def to_plain(value: Any) -> Any:
    """Strings, numbers, booleans, lists, sets and maps only."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_plain(held) for field, held in pairs if held != default_of(field)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): to_plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(held) for held in value]
    if isinstance(value, frozenset):
        return set(value)
    return value


def default_of(field: Field[Any]) -> Any:
    """A field's default; `MISSING`, which equals no value, if it must be given."""
    return field.default if field.default_factory is MISSING else field.default_factory()


def from_plain[T](shape: type[T], plain: Mapping[str, Any]) -> T:
    """The dataclass; raises `ShapeError`."""
    given: dict[str, Any] = {}
    declared: Any = shape
    for name, (read, required) in _fields(declared).items():
        if name in plain:
            try:
                given[name] = read(plain[name])
            except ShapeError as error:
                raise ShapeError(f"{name}: {error}") from error
        elif required:
            raise ShapeError(f"{name} is missing")
    return shape(**given)


type _Reader = Callable[[Any], Any]


@cache
def _fields(shape: Any) -> Mapping[str, tuple[_Reader, bool]]:
    hints = get_type_hints(shape)
    return {field.name: (_reader(hints[field.name]), default_of(field) is MISSING) for field in fields(shape)}


def _reader(hint: Any) -> _Reader:
    """How a value of this declared type is read."""
    while isinstance(hint, TypeAliasType):
        hint = hint.__value__
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):  # only `T | None`, and an absent value never gets here
        return _reader(next(choice for choice in inner if choice is not types.NoneType))
    if origin is tuple:
        return _items(list, tuple, _reader(inner[0]))
    if origin is frozenset:
        return _items(set, frozenset, _reader(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _map(_reader(inner[1]))
    if is_dataclass(hint):
        return partial(_nested, hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: _member(hint, _typed(str, value))
    if hint is Decimal:
        return _decimal
    return _anything if hint is object else lambda value: _typed(hint, value)


def _nested(shape: Any, value: Any) -> Any:
    return from_plain(shape, _typed(dict, value))


def _items(plain: type, shape: Callable[[Any], Any], read: _Reader) -> _Reader:
    return lambda value: shape(read(held) for held in _typed(plain, value))


def _map(read: _Reader) -> _Reader:
    return lambda value: {name: read(held) for name, held in _typed(dict, value).items()}


def _decimal(value: Any) -> Decimal:
    return (
        Decimal(value) if type(value) is int else _typed(Decimal, value)
    )  # a whole amount reads as a number


def _anything(value: Any) -> Any:
    return value


def _typed(kind: type, value: Any) -> Any:
    if type(value) is not kind:  # exactly: a bool is no number here
        raise ShapeError(f"{kind.__name__} expected, {type(value).__name__} found")
    return value


def _member(kind: type[Enum], value: str) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise ShapeError(f"no {kind.__name__}") from error

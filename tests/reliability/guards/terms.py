"""The terms of a write's condition: how each is named, and how a test takes one away."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest.mock import patch

from reelhook.domain.conditions import Absent, Condition, Either, Equals, Every, Less, OneOf, Present
from reelhook.domain.video import OPEN_STATES
from reelhook.domain.writes import Write
from tests.fakes.stores import Table
from tests.reliability.guards.removals import Removal

type Leaf = Equals | OneOf | Less | Absent | Present

TWO_FORMS = ("T8", "T9", "T11")  # each of these either goes on or ends the video for good


def row_of(write: Write) -> str:
    """The row of the specification, and of two forms which one."""
    ends = write.name in TWO_FORMS and write.change.get("state", "open") not in {*OPEN_STATES, "open"}
    return f"{write.name} for good" if ends else write.name


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """The single terms of a condition."""
    match condition:
        case Every(terms) | Either(terms):
            for term in terms:
                yield from leaves(term)
        case None:
            return
        case leaf:
            yield leaf


def words_of(leaf: Leaf) -> str:
    """A term in words; of values only states are told."""
    match leaf:
        case Equals("state", value):
            return f"state = {value}"
        case Equals(name):
            return f"{name} ="
        case OneOf(name):
            return f"{name} in"
        case Less(name):
            return f"{name} <"
        case Absent(name):
            return f"no {name}"
        case Present(name):
            return f"some {name}"


def named(leaf: Leaf, asked: tuple[str, ...]) -> bool:
    """Whether a term is asked for, by its attribute or by its whole words."""
    return leaf.name in asked or words_of(leaf) in asked


def weaker(condition: Condition | None, gone: tuple[str, ...]) -> Condition | None:
    """The condition with these terms taken for true."""
    match condition:
        case Every(terms):
            left = [weak for term in terms if (weak := weaker(term, gone)) is not None]
            return Every(tuple(left)) if left else None
        case Either(terms):
            weak_terms = [weak for term in terms if (weak := weaker(term, gone)) is not None]
            return Either(tuple(weak_terms)) if len(weak_terms) == len(terms) else None
        case None:
            return None
        case leaf:
            return None if named(leaf, gone) else leaf


def without(row: str, *gone: str) -> Removal:
    """Writes of this row are judged without these terms, in every table of the tests."""
    return lambda: patch.object(Table, "allows", _unguarded(Table.allows, row, gone))


def _unguarded(real: Callable[..., bool], row: str, gone: tuple[str, ...]) -> Callable[..., bool]:
    def allows(table: object, made: Write) -> bool:
        if row_of(made) == row:
            made = replace(made, condition=weaker(made.condition, gone))
        return real(table, made)

    return allows

"""A guard, and what its row says of it."""

from dataclasses import dataclass

from tests.reliability.guards.removals import Removal
from tests.reliability.guards.terms import without


@dataclass(frozen=True, slots=True)
class Guard:
    """One row: what keeps a promise, and the situation in which its absence shows.

    `parts` are taken away together; there are several only where each alone is made up for by the others (`why`).
    `words` are what the violation then says. `terms` are the conditions of the lifecycle that the row stands for.
    """

    name: str
    removed: str
    parts: tuple[Removal, ...]
    red: str
    words: str
    terms: tuple[tuple[str, str], ...] = ()
    why: str = ""


def condition(row: str, term: str, red: str, words: str) -> Guard:
    """A term of a write's condition, which matters by itself."""
    return Guard(f"{row}: {term}", "the condition", (without(row, term),), red, words, ((row, term),))


def overlapping(row: str, *terms: str, red: str, words: str, why: str) -> Guard:
    """Terms of one write, each of which is enough."""
    named = tuple((row, term) for term in terms)
    parts = tuple(without(row, term) for term in terms)
    return Guard(f"{row}: {' and '.join(terms)}", "both conditions", parts, red, words, named, why)


def code(name: str, removed: str, red: str, words: str, *parts: Removal) -> Guard:
    """A guard of the use cases."""
    return Guard(name, removed, parts, red, words)

"""Every guard is there for a reason: without it the situation named in its row turns red."""

from collections.abc import Callable

import pytest

from tests.reliability.guards.directed import DIRECTED
from tests.reliability.guards.table import GUARDS, Guard
from tests.reliability.interleaving.pairs import PAIRS
from tests.reliability.interleaving.scenario import exhaust


def wrong_in(situation: str) -> str:
    """What is wrong in a situation: a directed one, or the first bad schedule of a pair."""
    if situation in DIRECTED:
        return "\n".join(DIRECTED[situation]())
    accounts = exhaust(PAIRS[situation], first=True).accounts
    return accounts[0] if accounts else ""


@pytest.mark.parametrize("guard", GUARDS, ids=[guard.name for guard in GUARDS])
def test_without_a_guard_its_situation_turns_red(guard: Guard) -> None:
    with guard.remove():
        wrong = wrong_in(guard.red)

    assert wrong, f"nobody misses {guard.name}"
    assert guard.words in wrong


@pytest.mark.parametrize("situation", DIRECTED.values(), ids=DIRECTED)
def test_with_every_guard_nothing_is_wrong(situation: Callable[[], list[str]]) -> None:
    assert situation() == []

"""Every guard is there for a reason: without it the situation named in its row turns red."""

import pytest

from tests.reliability.guards.guard import Guard
from tests.reliability.guards.histories import HISTORIES
from tests.reliability.guards.meetings import MEETINGS
from tests.reliability.guards.situations import wrong_in, wrong_without
from tests.reliability.guards.table import GUARDS

guards = pytest.mark.parametrize("guard", GUARDS, ids=[guard.name for guard in GUARDS])
overlaps = [guard for guard in GUARDS if len(guard.parts) > 1]


@guards
def test_without_a_guard_its_situation_turns_red(guard: Guard) -> None:
    wrong = wrong_without(guard.parts, guard.red)

    assert wrong, f"nobody misses {guard.name}"
    assert any(guard.words in what for what in wrong), wrong


@pytest.mark.parametrize("guard", overlaps, ids=[guard.name for guard in overlaps])
def test_where_guards_overlap_each_alone_is_enough(guard: Guard) -> None:
    assert guard.why
    for part in guard.parts:
        assert wrong_without([part], guard.red) == []


@pytest.mark.parametrize("situation", [*HISTORIES, *MEETINGS])
def test_with_every_guard_nothing_is_wrong(situation: str) -> None:
    assert wrong_in(situation) == []

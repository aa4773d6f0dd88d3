"""The situations that guards' rows name: histories, pairs of actors in every schedule, scenarios of the harness."""

from collections.abc import Iterable
from contextlib import ExitStack

from tests.reliability.explore import clean
from tests.reliability.guards.histories import HISTORIES
from tests.reliability.guards.meetings import MEETINGS
from tests.reliability.guards.removals import Removal
from tests.reliability.interleaving.pairs import PAIRS
from tests.reliability.interleaving.scenario import exhaust

ACTORS = PAIRS | MEETINGS


def wrong_in(situation: str) -> list[str]:
    """What is wrong in a situation; of a pair, in the first bad schedule."""
    if situation in HISTORIES:
        return HISTORIES[situation]()
    if situation in ACTORS:
        accounts = exhaust(ACTORS[situation], first=True).accounts
        return (
            [line.strip() for line in accounts[0].partition("steps:")[0].splitlines()[1:]] if accounts else []
        )
    return clean(situation).violations


def wrong_without(removals: Iterable[Removal], situation: str) -> list[str]:
    """What is wrong in a situation when guards are taken away."""
    with ExitStack() as stack:
        for removal in removals:
            stack.enter_context(removal())
        return wrong_in(situation)

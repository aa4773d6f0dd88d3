"""No condition of the lifecycle without its reason: each has a row in the table, or is known to be no guard."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from reelhook.domain import lifecycle
from tests.reliability.explore import clean, single_faults, under
from tests.reliability.guards.histories import HISTORIES
from tests.reliability.guards.situations import ACTORS, wrong_in
from tests.reliability.guards.table import GUARDS, NO_GUARDS
from tests.reliability.guards.terms import without
from tests.reliability.guards.transitions import FORMS, MODULES, makers, terms
from tests.reliability.scenarios import SCENARIOS

LONG = pytest.mark.long("every situation")
FAULTS = 8  # of each scenario, evenly spread

ROWS = {term for guard in GUARDS for term in guard.terms}
no_guards = pytest.mark.parametrize("term", NO_GUARDS, ids=[f"{row}: {term}" for row, term in NO_GUARDS])


def test_every_function_that_makes_a_write_is_enumerated() -> None:
    assert makers() == set(FORMS)


def test_every_module_of_the_lifecycle_is_enumerated() -> None:
    found = {
        import_module(f"{lifecycle.__name__}.{module.name}") for module in iter_modules(lifecycle.__path__)
    }
    assert {module for module in found if module.__name__.rpartition(".")[2] != "writing"} <= set(MODULES)


def test_every_condition_has_a_row_or_is_known_to_be_no_guard() -> None:
    accounted = ROWS | set(NO_GUARDS)
    missing = [
        f"{row}: {words}"
        for row, attribute, words in sorted(terms())
        if not {(row, attribute), (row, words)} & accounted
    ]
    assert missing == []


def test_every_row_speaks_of_a_condition_that_there_is() -> None:
    known = {(row, attribute) for row, attribute, _ in terms()} | {(row, words) for row, _, words in terms()}
    assert ROWS | set(NO_GUARDS) <= known
    assert not ROWS & set(NO_GUARDS)


def _reds() -> set[str]:
    """The histories and pairs of actors in which something is wrong."""
    return {name for name in (*HISTORIES, *ACTORS) if wrong_in(name)}


@no_guards
def test_what_is_no_guard_is_missed_by_no_history(term: tuple[str, str]) -> None:
    with without(*term)():
        assert {name: wrong for name in HISTORIES if (wrong := wrong_in(name))} == {}


@LONG
@no_guards
def test_what_is_no_guard_is_missed_by_no_schedule_and_no_fault(term: tuple[str, str]) -> None:
    with without(*term)():
        assert _reds() == set()
        for name in SCENARIOS:
            faults = list(single_faults(clean(name).calls))
            runs = [clean(name), *(under(name, fault) for fault in faults[:: len(faults) // FAULTS])]
            assert [str(run) for run in runs if run.violations] == []


@LONG
@no_guards
def test_what_is_no_guard_backs_up_no_other_condition_of_its_write(term: tuple[str, str]) -> None:
    for other in {(row, attribute) for row, attribute, _ in terms() if row == term[0]} - {term}:
        with without(*other)():
            without_it = _reds()
            with without(*term)():
                assert _reds() <= without_it, other

"""A sample of the proof: every scenario without a fault, and some with one or more; `make prove` runs them all."""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from tests.reliability.explore import Run, clean, multiple, run, single_faults, under
from tests.reliability.faults import MODES, Mode, planned
from tests.reliability.scenarios import SCENARIOS

SEED = 2


@pytest.fixture(scope="module")
def ended() -> Callable[[str], Run]:
    """How a scenario ends without a fault, worked out once."""
    return cache(clean)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_ends_as_it_says_and_keeps_the_promises_whatever_its_calls_do(
    name: str, ended: Callable[[str], Run]
) -> None:
    assert ended(name).violations == []
    calls = ended(name).calls
    for ran in (
        under(name, Random(f"{name}/{SEED}").choice(list(single_faults(calls)))),
        multiple(name, SEED, len(calls)),
    ):
        assert not ran.violations, str(ran)


@pytest.mark.parametrize("name", ["normal", "429 then dispatch"])
def test_a_short_scenario_holds_under_every_single_fault(name: str) -> None:
    for fault in single_faults(clean(name).calls):
        ran = under(name, fault)
        assert not ran.violations, str(ran)


def test_a_printed_run_can_be_run_again() -> None:
    first = multiple("normal", 7, len(clean("normal").calls))
    again = run("normal", planned(*first.faults))
    assert (again.calls, again.states) == (first.calls, first.states)


def test_every_port_that_is_called_has_its_modes_and_every_mode_its_port(
    ended: Callable[[str], Run],
) -> None:
    called = {call for name in SCENARIOS for call in ended(name).calls}
    assert called == set(MODES)
    assert {mode for modes in MODES.values() for mode in modes} == set(Mode)

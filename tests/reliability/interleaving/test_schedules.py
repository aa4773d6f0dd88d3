"""Two actors, every schedule; three actors, many of them: nothing paid twice, nothing lost, in none."""

import os
import warnings
from collections.abc import Callable

import pytest

from tests.reliability.guards.terms import without
from tests.reliability.interleaving.pairs import PAIRS
from tests.reliability.interleaving.scenario import Result, Scenario, exhaust, outcomes, sample
from tests.reliability.interleaving.trios import TRIOS, replay

type Record = Callable[[str, object], None]
PROVE = pytest.mark.prove("every order")
SEED = int(os.environ.get("SEED", "20261121"))
DRAWN = 1_000 if "LONG" in os.environ else 10
FEW = 5  # of each two make test plays so many first ones, and so many drawn ones
LONG = pytest.mark.long("three actors in every order")
# Of the orders that should make no difference so many first ones, and so many drawn ones where there are more.
UNPRUNED, DRAWN_BESIDE = (None, 0) if "LONG" in os.environ else (200, 100)
MOST = 20_000  # schedules of three actors; whoever has more is cut off, and a warning says so

pairs = pytest.mark.parametrize("scenario", PAIRS.values(), ids=PAIRS)
trios = pytest.mark.parametrize("scenario", TRIOS.values(), ids=TRIOS)


@PROVE
@pairs
def test_of_two_actors_every_schedule_keeps_the_promises(scenario: Scenario, record_property: Record) -> None:
    result = exhaust(scenario)

    record_property("schedules", result.schedules)
    assert result.accounts is None, result.accounts[0]


@pairs
def test_the_first_schedules_of_two_actors_and_some_at_random_keep_the_promises(scenario: Scenario) -> None:
    for result in (exhaust(scenario, most=FEW), sample(scenario, FEW, SEED)):
        assert result.accounts is None, result.accounts[0]


@PROVE
@pairs
def test_even_orders_that_should_make_no_difference_keep_the_promises(
    scenario: Scenario, record_property: Record
) -> None:
    result = exhaust(scenario, prune=False, most=UNPRUNED)
    drawn = Result() if result.complete else sample(scenario, DRAWN_BESIDE, SEED)

    record_property("schedules", result.schedules + drawn.schedules)
    record_property("cut off", int(not result.complete))
    assert result.accounts is drawn.accounts is None, f"SEED={SEED}\n{result.accounts or drawn.accounts}"


@trios
def test_of_three_actors_schedules_at_random_keep_the_promises(
    scenario: Scenario, record_property: Record
) -> None:
    result = sample(scenario, DRAWN, SEED)

    record_property("schedules", result.schedules)
    assert result.accounts is None, f"SEED={SEED}\n{result.accounts[0]}"


@LONG
@trios
def test_of_three_actors_every_schedule_or_the_first_ones_keep_the_promises(
    scenario: Scenario, record_property: Record
) -> None:
    result = exhaust(scenario, most=MOST)

    record_property("schedules", result.schedules)
    record_property("cut off", int(not result.complete))
    if not result.complete:
        warnings.warn(f"{scenario.name}: cut off after {result.schedules:,} schedules", stacklevel=1)
    assert result.accounts is None, result.accounts[0]


@pytest.mark.parametrize(
    "name",
    [
        "submit + submit, 429",
        pytest.param("callback + callback", marks=PROVE),
        pytest.param("callback + reconciler", marks=PROVE),
        pytest.param("TransferVideo + reconciler", marks=PROVE),
    ],
)
def test_the_schedules_left_out_end_like_the_ones_played(name: str) -> None:
    assert set(outcomes(PAIRS[name], prune=True)) == set(outcomes(PAIRS[name], prune=False))


def test_a_violation_prints_a_schedule_that_shows_it_again() -> None:
    with without("T0", "pk")():
        result = exhaust(PAIRS["submit + submit"], first=True)

        assert result.accounts is not None
        [account] = result.accounts
        assert "PAID 2 TIMES" in account
        name, schedule = eval(account.rpartition("again: replay")[2])  # noqa: S307 - what was just printed
        assert replay(name, schedule) == account

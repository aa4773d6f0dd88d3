"""What many runs come to: a median, and the median of the ratios within each round."""

from collections.abc import Iterable
from statistics import median

from benchmarks.rounds import Run, Runs


def middle(values: Iterable[float | None]) -> float | None:
    """The median of what there is; none of nothing."""
    there = [value for value in values if value is not None]
    return median(there) if there else None


def typical(runs: Iterable[Run], key: str) -> float | None:
    """The median of a figure over a case's runs."""
    return middle(run.value(key) for run in runs)


def ratio(runs: Runs, key: str, case: str, reference: str) -> float | None:
    """How many times the reference's figure a case's figure is: the median over the rounds in which both have one."""
    rounds = zip(runs.get(case, []), runs.get(reference, []), strict=False)
    return middle(_quotient(one.value(key), other.value(key)) for one, other in rounds)


def _quotient(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other

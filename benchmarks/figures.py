"""What many runs come to: a median, and the median of the ratios within each round."""

from collections.abc import Callable, Iterable, Sequence
from statistics import mean, median

from benchmarks.rounds import Run, Runs

type Pick = Callable[[Sequence[float]], float]


def high(values: Sequence[float]) -> float:
    """The 95th percentile: of twenty values the largest but one."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def average(values: Sequence[float]) -> float:
    """The mean, for shares and rates."""
    return mean(values)


def middle(values: Iterable[float | None]) -> float | None:
    """The median of what there is; none of nothing."""
    there = [value for value in values if value is not None]
    return median(there) if there else None


def typical(runs: Iterable[Run], key: str, pick: Pick = median) -> float | None:
    """A figure over a case's runs: their median, or another pick."""
    there = [value for run in runs if (value := run.value(key)) is not None]
    return pick(there) if there else None


def ratio(runs: Runs, key: str, case: str, reference: str) -> float | None:
    """How many times the reference's figure a case's figure is: the median over the rounds in which both have one."""
    rounds = zip(runs.get(case, []), runs.get(reference, []), strict=False)
    return middle(_quotient(one.value(key), other.value(key)) for one, other in rounds)


def _quotient(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other

"""What a sweep comes to: a table for each way of looking at it, and sweep.json for estimates of cost."""

from collections.abc import Iterable
from typing import Any

from benchmarks.figures import typical
from benchmarks.machine import machine
from benchmarks.rounds import Run, Runs
from benchmarks.tables import Column, Table
from operations.costs.durations import SIZES

# MiB: what a long transfer may grow (20: `make bench-memory`), and some for Lambda's own runtime
MARGIN_MIB = 32
MS = 1000.0
KEPT = {  # name in sweep.json: figure and scale
    "first_ms": ("first_wall", MS),
    "first_busy_ms": ("first_busy", MS),
    "wall_ms": ("call_wall", MS),
    "busy_ms": ("call_busy", MS),
    "cpu_ms": ("call", MS),
    "peak_mib": ("peak_mib", 1.0),
}
HOW = (
    "Each function from its build, in a process of its own for each size, which from its first call on has no more of a "
    "processor than Lambda gives that size (1,769 MB are one; periods of 20 ms). "
)
WAITS = (
    "On the clock, and so with the answers of the emulated services, whose time is not AWS's: compare a line's sizes, and use "
    "no figure as it stands."
)
BUSY = (
    "Processor time, and the time for which the kernel held the process back because its share of a period was used up: what "
    "is left when nobody has to be waited for. Estimates of cost take this, and add what AWS is assumed to take."
)


def tables(runs: Runs, functions: Iterable[str], warm: int) -> list[Table]:
    """Of the runs of each function at each size, with so many calls after the first one."""
    names, calls = list(functions), f"The first call and {warm} further ones; "
    return [
        _table(
            runs, names, "warm", "A warm call, by memory", f"{HOW}{calls}their median. {WAITS}", "call_wall"
        ),
        _table(runs, names, "first", "The first call of a process, by memory", HOW + WAITS, "first_wall"),
        _table(
            runs,
            names,
            "busy",
            "A warm call's own work, by memory",
            f"{HOW}{calls}their mean. {BUSY}",
            "call_busy",
        ),
    ]


def name(function: str, size: int) -> str:
    """The case of a function at a size in MB."""
    return f"{function}, {size} MB"


def too_small(size: int, peak_mib: float) -> bool:
    """Whether a function that held so much should have more than this size."""
    return size < peak_mib + MARGIN_MIB


def _table(runs: Runs, functions: list[str], view: str, title: str, about: str, key: str) -> Table:
    columns = [Column(f"{key}_{size}", f"{size} MB, ms", 0, MS) for size in SIZES]
    columns += [Column("call", "CPU ms of a warm call", 1, MS), Column("peak_mib", "peak memory, MiB", 0)]
    return Table(
        name=f"sweep-{view}",
        part="sweep",
        title=title,
        about=about,
        columns=columns,
        runs={function: _by_round(runs, function, key) for function in functions},
        goals=[],
        drawn="256 MB, ms",
    )


def _by_round(runs: Runs, function: str, key: str) -> list[Run]:
    """A function's runs at all sizes as one for each round."""
    return [
        _together(of_round, key)
        for of_round in zip(*(runs[name(function, size)] for size in SIZES), strict=True)
    ]


def _together(of_round: Iterable[Run], key: str) -> Run:
    at = dict(zip(SIZES, of_round, strict=True))
    cpu, wall = sum(run.cpu for run in at.values()), sum(run.wall for run in at.values())
    if failures := [f"{size} MB: {run.failure}" for size, run in at.items() if run.failure]:
        return Run(cpu, wall, {}, "; ".join(failures))
    peak = max(run.figures["peak_mib"] for run in at.values())
    found = {f"{key}_{size}": run.figures[key] for size, run in at.items() if not too_small(size, peak)}
    return Run(cpu, wall, found | {"call": at[SIZES[-1]].figures["call"], "peak_mib": peak})


def kept(runs: Runs, functions: Iterable[str]) -> dict[str, Any]:
    """What a cost estimate needs, by function and size in MB: sweep.json."""
    return {
        "machine": machine(),
        "margin_mib": MARGIN_MIB,
        "functions": {
            function: {str(size): at for size in SIZES if (at := _at(runs[name(function, size)], size))}
            for function in functions
        },
    }


def _at(runs: Iterable[Run], size: int) -> dict[str, Any]:
    """Nothing where every run failed."""
    runs = list(runs)
    found: dict[str, Any] = {
        label: round(value * scale, 2)
        for label, (key, scale) in KEPT.items()
        if (value := typical(runs, key)) is not None
    }
    return found | {"too_small": too_small(size, found["peak_mib"])} if found else {}

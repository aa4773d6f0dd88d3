"""One measurement as it is kept: cases, columns, raw runs and goals. From it come a JSON file, a Markdown table and a figure."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from benchmarks.figures import Pick, ratio, typical
from benchmarks.goals import Goal
from benchmarks.machine import machine
from benchmarks.rounds import Run, Runs

NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of every case: its median (or other pick) times `scale`, or, if it is `relative`, its ratio to the reference's."""

    key: str
    heading: str
    digits: int = 2
    scale: float = 1.0
    relative: bool = False
    signed: bool = False
    pick: Pick = median


@dataclass(frozen=True, slots=True)
class Table:
    """A table of `part`; the first case is the reference of its ratios, and `drawn` heads the column that is drawn."""

    name: str
    part: str
    title: str
    about: str
    columns: Sequence[Column]
    runs: Runs
    goals: Sequence[Goal]
    drawn: str

    @property
    def reference(self) -> str:
        """The case that the others are compared with."""
        return next(iter(self.runs))

    @property
    def failed(self) -> int:
        """How many runs came to nothing."""
        return sum(run.failure is not None for runs in self.runs.values() for run in runs)

    def figure(self, case: str, column: Column) -> float | None:
        """One cell."""
        if column.relative:
            return ratio(self.runs, column.key, case, self.reference)
        value = typical(self.runs[case], column.key, column.pick)
        return None if value is None else value * column.scale

    def kept(self) -> dict[str, Any]:
        """All of it, for JSON."""
        rows = [
            {
                "case": case,
                "failed": sum(run.failure is not None for run in self.runs[case]),
                **{column.heading: self.figure(case, column) for column in self.columns},
            }
            for case in self.runs
        ]
        return {
            "name": self.name,
            "part": self.part,
            "title": self.title,
            "about": self.about,
            "command": f"make bench ONLY={self.part}",
            "machine": machine(),
            "rounds": max(len(runs) for runs in self.runs.values()),
            "reference": self.reference,
            "drawn": self.drawn,
            "digits": {column.heading: [column.digits, column.signed] for column in self.columns},
            "rows": rows,
            "goals": [asdict(goal) | {"met": goal.met} for goal in self.goals],
            "runs": {case: [_raw(run) for run in runs] for case, runs in self.runs.items()},
        }


def _raw(run: Run) -> dict[str, Any]:
    """A run's numbers to six digits, and its failure if it had one."""
    told = {"process_cpu": run.cpu, "process_wall": run.wall, **run.figures}
    numbers = {name: float(f"{value:.6g}") for name, value in told.items() if isinstance(value, int | float)}
    return numbers if run.failure is None else {"failure": run.failure}


def markdown(kept: dict[str, Any]) -> str:
    """The table and its goals, from what was kept."""
    digits: dict[str, tuple[int, bool]] = kept["digits"]
    head = ["case", *digits]
    lines = [_line(head), "|---|" + "---:|" * len(digits)]
    for row in kept["rows"]:
        cells = [_cell(row[heading], *digits[heading]) for heading in digits]
        failed = f" ({row['failed']} of {kept['rounds']} runs failed)" if row["failed"] else ""
        lines.append(_line([row["case"] + failed, *cells]))
    if kept["goals"]:
        lines += ["", "| goal | limit | measured | |", "|---|---:|---:|---|"]
        lines += [_line(_of_goal(goal)) for goal in kept["goals"]]
    return "\n".join(lines)


def _of_goal(goal: dict[str, Any]) -> list[str]:
    unit = goal["unit"]
    measured = NOTHING if goal["measured"] is None else f"{goal['measured']:.2f}{unit}"
    limit = f"{goal['side']} {goal['limit']:g}{unit}"
    return [goal["text"], limit, measured, "met" if goal["met"] else "**MISSED**"]


def _cell(value: float | None, digits: int, signed: bool) -> str:
    if value is None:
        return NOTHING
    return f"{value:+,.{digits}f}" if signed else f"{value:,.{digits}f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


type Say = Callable[[str], None]

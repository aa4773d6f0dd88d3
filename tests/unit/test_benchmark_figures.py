"""What the benchmarks make of their runs: ratios within rounds, goals that can be missed, and tables that say so."""

import json
import sys

import pytest

from benchmarks.figures import average, high, ratio, typical
from benchmarks.goals import Goal, at_least, at_most
from benchmarks.rounds import Case, Run, Runs, interleaved
from benchmarks.tables import Column, Table, markdown

SCRIPT = "import json; print('noise'); print(json.dumps({}))"


def runs_of(*values: float | None) -> list[Run]:
    """A run for each figure; none is one that failed."""
    return [
        Run(0, 0, {}, "it failed") if value is None else Run(0, 0, {"cpu": value}, None) for value in values
    ]


def table(runs: Runs, *goals: Goal) -> Table:
    columns = (Column("cpu", "CPU ms", 1, 1000), Column("cpu", "ratio", relative=True))
    return Table("name", "cold", "Title", "About.", columns, runs, goals, "CPU ms")


def test_a_ratio_is_taken_within_each_round_before_the_median() -> None:
    runs = {"peer": runs_of(1.0, 10.0, 100.0), "ours": runs_of(0.5, 6.0, 10.0)}
    assert ratio(runs, "cpu", "ours", "peer") == 0.5
    assert typical(runs["ours"], "cpu") == 6.0


def test_a_round_in_which_either_failed_gives_no_ratio() -> None:
    runs = {"peer": runs_of(1.0, None, 2.0), "ours": runs_of(None, 1.0, 1.0)}
    assert ratio(runs, "cpu", "ours", "peer") == 0.5
    assert ratio({"peer": runs_of(None), "ours": runs_of(1.0)}, "cpu", "ours", "peer") is None
    assert typical(runs_of(None), "cpu") is None


def test_high_is_the_95th_percentile() -> None:
    assert high([float(number) for number in range(20, 0, -1)]) == 19.0
    assert high([3.0]) == 3.0
    assert average([0.0, 1.0]) == 0.5


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (at_most(0.75, 0.75, "as much as allowed"), True),
        (at_most(0.75, 0.751, "a little more"), False),
        (at_least(6, 6.0, "just fast enough"), True),
        (at_least(6, 5.99, "a little slower"), False),
        (at_most(0.75, None, "never measured"), False),
        (at_least(0, None, "never measured"), False),
    ],
)
def test_a_goal_is_missed_beyond_its_limit_and_without_a_figure(goal: Goal, met: bool) -> None:
    assert goal.met is met


def test_a_table_shows_medians_ratios_missed_goals_and_failed_runs() -> None:
    runs = {"peer": runs_of(0.002, 0.004, 0.004), "Reelhook": runs_of(0.001, None, 0.003)}
    made = table(runs, at_most(0.5, ratio(runs, "cpu", "Reelhook", "peer"), "half of it"))
    lines = markdown(made.kept()).splitlines()
    assert lines[0] == "| case | CPU ms | ratio |"
    assert lines[2] == "| peer | 4.0 | 1.00 |"
    assert lines[3] == "| Reelhook (1 of 3 runs failed) | 2.0 | 0.62 |"
    assert lines[-1] == "| half of it | at most 0.5x | 0.62x | **MISSED** |"
    assert made.failed == 1


def test_a_case_that_never_came_to_anything_is_shown_without_figures() -> None:
    assert "| peer (1 of 1 runs failed) | - | - |" in markdown(table({"peer": runs_of(None)}).kept())


def test_what_is_kept_survives_json() -> None:
    kept = table({"peer": runs_of(1.0)}).kept()
    assert json.loads(json.dumps(kept))["rows"] == kept["rows"]
    assert markdown(json.loads(json.dumps(kept))) == markdown(kept)


def test_every_case_runs_once_a_round_in_an_order_that_rotates() -> None:
    order: list[str] = []

    def case(name: str) -> Case:
        def command() -> list[str]:
            order.append(name)
            program = "raise SystemExit('broken')" if name == "b" else SCRIPT.format({"cpu": 2})
            return [sys.executable, "-S", "-c", program]

        return Case(name, command, dict)

    said: list[str] = []
    runs = interleaved([case("a"), case("b")], 2, said.append)
    assert order == ["a", "b", "b", "a"]
    assert [run.value("cpu") for run in runs["a"]] == [2.0, 2.0]
    assert all(run.cpu > 0 and run.wall > 0 for run in runs["a"])
    assert [run.failure and run.failure.splitlines()[-1] for run in runs["b"]] == ["exit code 1: broken"] * 2
    assert sum("broken" in line for line in said) == 2

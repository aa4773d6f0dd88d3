"""The sweep over sizes of memory: shares of a processor that hold, and figures that say where a function would not fit."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.quotas import NoQuotasError, limits, quotas
from benchmarks.rounds import Run
from benchmarks.sweep_tables import MARGIN_MIB, kept, name, tables
from operations.costs.durations import SIZES

FIGURES = {"first_wall": 0.4, "first_busy": 0.3, "call_wall": 0.2, "call_busy": 0.1, "call": 0.01}
BUSY = """
import sys, time
from benchmarks.lambdas.started import enter, held_back
enter(sys.argv[1])
cpu, wall = time.process_time(), time.monotonic()
while time.monotonic() < wall + 0.3: pass
print(time.process_time() - cpu, held_back(sys.argv[1]))
"""


def runs(peak_mib: float, failure: str | None = None) -> dict[str, list[Run]]:
    """One function at every size; at the smallest one it may have failed."""
    run = Run(0.5, 1.0, FIGURES | {"peak_mib": peak_mib})
    found = {name("Videos", size): [run] for size in SIZES}
    return found | ({name("Videos", SIZES[0]): [Run(0.5, 1.0, {}, failure)]} if failure else {})


@pytest.fixture
def group() -> Iterator[Path]:
    """One with the share of 128 MB."""
    try:
        with quotas([128]) as groups:
            yield groups[128]
    except NoQuotasError as error:
        pytest.skip(str(error))


def test_a_size_has_its_part_of_1769_mb_in_each_20_ms() -> None:
    assert limits(1769, first_version=False) == {"cpu.max": "20000 20000"}
    assert limits(128, first_version=False) == {"cpu.max": "1447 20000"}
    assert limits(512, first_version=True) == {"cpu.cfs_period_us": "20000", "cpu.cfs_quota_us": "5788"}


def test_a_process_in_a_group_gets_no_more_than_its_share(group: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUSY, str(group)], check=True, capture_output=True, text=True, timeout=60
    )
    used, held_back = map(float, done.stdout.split())
    assert used < 0.3 / 4  # a fourteenth, and what a kernel's tick lets slip
    assert held_back >= 0  # nothing, where others left it not even its share


def test_where_no_group_can_be_made_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(NoQuotasError, match=r"No such file.*subtree_control"), quotas([128], tmp_path):
        pass


def test_a_second_version_group_is_made_below_the_root_that_has_the_controller(tmp_path: Path) -> None:
    (tmp_path / "cgroup.subtree_control").write_text("memory cpu\n")
    with quotas([256, 1769], tmp_path) as groups:
        assert [(group / "cpu.max").read_text() for group in groups.values()] == ["2894 20000", "20000 20000"]
        for group in groups.values():  # a kernel's folder goes with its files
            (group / "cpu.max").unlink()
    assert [each.name for each in tmp_path.iterdir()] == ["cgroup.subtree_control"]


def test_a_size_without_room_beside_the_peak_is_too_small_and_has_no_figure() -> None:
    roomy, full = 128 - MARGIN_MIB, 128 - MARGIN_MIB + 1
    assert [at["too_small"] for at in kept(runs(roomy), ["Videos"])["functions"]["Videos"].values()] == [
        False
    ] * 5
    assert kept(runs(full), ["Videos"])["functions"]["Videos"]["128"]["too_small"] is True

    row = tables(runs(full), ["Videos"], warm=3)[0].kept()["rows"][0]
    assert (row["128 MB, ms"], row["256 MB, ms"]) == (None, 200.0)


def test_estimates_get_milliseconds_by_function_and_size() -> None:
    assert kept(runs(60.0), ["Videos"])["functions"]["Videos"]["512"] == {
        "first_ms": 400.0,
        "first_busy_ms": 300.0,
        "wall_ms": 200.0,
        "busy_ms": 100.0,
        "cpu_ms": 10.0,
        "peak_mib": 60.0,
        "too_small": False,
    }


def test_a_run_that_failed_is_counted_and_leaves_no_figure() -> None:
    found = runs(60.0, "exit code 1")
    assert list(kept(found, ["Videos"])["functions"]["Videos"]) == ["256", "512", "1024", "1769"]
    for table in tables(found, ["Videos"], warm=3):
        assert table.failed == 1
        assert table.kept()["rows"][0]["256 MB, ms"] is None

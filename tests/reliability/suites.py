"""The parts of the proof that are tests: orders of two and three actors, the state machine, guards removed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.reliability.table import Row

FOLDERS = ("tests/reliability/interleaving", "tests/reliability/guards", "tests/reliability/wire")
# which tests make up a row, by the beginning of their name
ROWS = {
    "two actors, every order": ("test_of_two_actors", "test_even_orders"),
    "three actors, drawn orders": ("test_of_three_actors",),
    "state machine, examples": ("runTest",),
    "guards removed, each must turn red": ("test_without_a_guard",),
}
REST = "their own tests"


def run(*, long: bool) -> tuple[list[Row], bool]:
    """Runs them on all cores, told as pytest tells it; the rows, and whether all passed."""
    with tempfile.TemporaryDirectory() as home:
        report = Path(home, "report.xml")
        environment = os.environ | {"PROVE": "1"} | ({"LONG": "1"} if long else {})
        command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count()), f"--junitxml={report}"]
        ended = subprocess.run([*command, *FOLDERS], env=environment, check=False)
        return list(_rows(report)) if report.exists() else [], ended.returncode == 0


def _rows(report: Path) -> Iterator[Row]:
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - written by our own pytest just now
    for what, names in ROWS.items():
        mine = [case for case in cases if case.attrib["name"].startswith(names)]
        yield _row(what, mine)
        cases = [case for case in cases if case not in mine]
    yield _row(REST, cases)


def _row(what: str, cases: list[ElementTree.Element]) -> Row:
    seconds = sum(float(case.attrib["time"]) for case in cases)
    bad = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    counted = [int(found.attrib["value"]) for case in cases for found in case.iter("property")]
    return Row(what, sum(counted) or len(cases), bad, seconds, f"{len(cases)} tests")

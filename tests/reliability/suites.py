"""The parts of the proof that are tests: orders of two and three actors, the state machine, guards removed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.reliability.table import Row

CHOSEN = "prove or not sandbox"  # make test runs the other tests on the sandbox
FOLDERS = (
    "tests/reliability/interleaving",
    "tests/reliability/guards",
    "tests/reliability/wire",
    "tests/integration",
    "tests/unit/test_transfer_memory.py",
    "tests/unit/test_template_lint.py",
)
# which tests make up a row, by the beginning of their name
ROWS = {
    "two actors, every order": ("test_of_two_actors",),
    "  and orders that cannot matter": ("test_even_orders",),
    "three actors, drawn orders": ("test_of_three_actors_schedules_at_random",),
    "three actors, every order": ("test_of_three_actors_every",),
    "state machine, examples": ("runTest",),
    "guards removed, each turns red": ("test_without_a_guard",),
    "what is no guard, missed by nobody": ("test_what_is_no_guard",),
    "functions killed in a copy": ("test_a_copy_killed",),
    "  and while a webhook is answered": ("test_a_sender_that_is_killed",),
    "requests by Schemathesis": ("test_schemathesis",),
    "drops at once, LONG=1 takes 200": ("test_a_burst_of_drops",),
    "memory of a copy": ("test_a_transfer_stays_small",),
    "exchanges on real HTTP clients": (
        "test_an_unclear_submit",
        "test_a_submit_lost",
        "test_what_was_certainly",
        "test_a_provider_without_room",
        "test_a_refusal",
        "test_a_look_up",
        "test_a_file",
        "test_whatever_else_fails",
    ),
}
REST = "their own tests"


def run(seed: int, *, long: bool) -> tuple[list[Row], bool]:
    """Runs them on all cores, told as pytest tells it; the rows, and whether all passed."""
    with tempfile.TemporaryDirectory() as home:
        report = Path(home, "report.xml")
        environment = os.environ | {"PROVE": "1", "SEED": str(seed)} | ({"LONG": "1"} if long else {})
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            CHOSEN,
            "-n",
            str((os.cpu_count() or 1) + 1),  # some of them wait: for leases, for ticks, for a stack
            f"--junitxml={report}",
        ]
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
    counted, cut_off = _properties(cases, "schedules"), _properties(cases, "cut off")
    skipped = sum(case.find("skipped") is not None for case in cases)
    notes = [f"{len(cases) - skipped} tests"]
    notes += [f"{skipped} only if LONG=1"] if skipped else []
    notes += [f"{sum(cut_off)} of them cut off"] if sum(cut_off) else []
    return Row(what, sum(counted) or len(cases) - skipped, bad, seconds, ", ".join(notes))


def _properties(cases: list[ElementTree.Element], name: str) -> list[int]:
    found = [each for case in cases for each in case.iter("property") if each.attrib["name"] == name]
    return [int(each.attrib["value"]) for each in found]

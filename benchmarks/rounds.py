"""Cases side by side: each in a process of its own, all of them once a round, in an order that rotates.

So whatever the machine does meanwhile hits all of them alike, and a ratio is taken within a round. The processor time is
user and system time of the process and of the children it waited for, as the kernel tells it (wait4).
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

ROOT = Path(__file__).parents[1]
SHOWN = 1_500


@dataclass(frozen=True, slots=True)
class Case:
    """One way of doing it. `command` and `environment` are made anew for each run, so that runs share no state."""

    name: str
    command: Callable[[], list[str]]
    environment: Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One process: what the kernel says of it, in seconds, and its own figures (the last line it wrote, as JSON).

    Its peak memory is its own to tell (VmHWM): the kernel's figure (ru_maxrss) begins with what its parent had.
    """

    cpu: float
    wall: float
    figures: dict[str, Any] = field(default_factory=dict)
    failure: str | None = None

    def value(self, key: str) -> float | None:
        """A figure by its name; the kernel's are `process_cpu` and `process_wall`."""
        if self.failure is not None:
            return None
        value = {"process_cpu": self.cpu, "process_wall": self.wall, **self.figures}.get(key)
        return None if value is None else float(value)


type Runs = dict[str, list[Run]]
type Judge = Callable[[Case, Run], Run]


def as_it_is(_case: Case, run: Run) -> Run:
    """A run that nobody looks at further."""
    return run


def interleaved(
    cases: Iterable[Case], rounds: int, say: Callable[[str], None], judge: Judge = as_it_is
) -> Runs:
    """The runs of each case, one a round; `judge` sees every run and may add to it or call it failed."""
    cases = list(cases)
    runs: Runs = {case.name: [] for case in cases}
    for number in range(rounds):
        first = number % len(cases)
        for case in cases[first:] + cases[:first]:
            run = judge(case, run_once(case))
            runs[case.name].append(run)
            if run.failure is not None:
                say(f"    {case.name} failed: {run.failure}")
        say(f"    round {number + 1} of {rounds}")
    return runs


def run_once(case: Case) -> Run:
    """Runs a case's process to its end. Its errors go where its output goes; the last line of all is its figures."""
    began = time.monotonic()
    child = subprocess.Popen(
        case.command(), env=case.environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    with cast(IO[bytes], child.stdout) as output:
        said = output.read().decode("utf-8", "replace")
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    figures = _figures(said)
    failed = child.returncode != 0 or figures is None
    failure = f"exit code {child.returncode}: {said.strip()[-SHOWN:]}" if failed else None
    return Run(used.ru_utime + used.ru_stime, wall, figures or {}, failure)


def _figures(said: str) -> dict[str, Any] | None:
    lines = said.strip().splitlines()
    with suppress(ValueError, IndexError):
        found = json.loads(lines[-1])
        if isinstance(found, dict):
            return found
    return None

"""Sweeps of the fault harness on all cores: every single fault of every scenario, and faults drawn in twos and threes."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from multiprocessing import get_context

from tests.reliability.explore import Run, Tally, clean, multiple, singles
from tests.reliability.scenarios import SCENARIOS
from tests.reliability.table import Row

PARTS = 8  # of a scenario, so that no core waits for another
PROGRESS_SECONDS = 15.0

type Say = Callable[[str], None]


def single_faults(most: int | None, say: Say) -> tuple[list[Row], list[str]]:
    """Each scenario under each single fault, at most `most` of a scenario; the rows, and the violated runs."""
    jobs = [(name, most, part, PARTS) for part in range(PARTS) for name in SCENARIOS]
    whole, began = Tally(), time.monotonic()
    for tally in _pooled(_single, jobs, 1, say):
        whole.runs += tally.runs
        whole.left_out += tally.left_out
        whole.violated += tally.violated
    alone = [run for run in whole.violated if not run.faults]
    seconds, left_out = time.monotonic() - began, f"left out until LONG=1: {whole.left_out:,}"
    rows = [
        Row("no fault", whole.runs["clean"], len(alone), 0, f"{len(SCENARIOS)} scenarios"),
        Row("every single fault", whole.runs["single"], len(whole.violated) - len(alone), seconds, left_out),
    ]
    return rows, [str(run) for run in whole.violated]


def several_faults(runs: int, seed: int, say: Say) -> tuple[list[Row], list[str]]:
    """So many runs with two or three drawn faults, all scenarios in turn; the row, and the violated runs."""
    names, began = list(SCENARIOS), time.monotonic()
    jobs = [(names[number % len(names)], seed + number) for number in range(runs)]
    violated = [f"seed {number}: {run}" for number, run in _pooled(_several, jobs, 50, say) if run.violations]
    seconds = time.monotonic() - began
    return [Row("two or three faults", runs, len(violated), seconds, f"seeds from {seed}")], violated


def _single(job: tuple[str, int | None, int, int]) -> Tally:
    return singles(*job)


def _several(job: tuple[str, int]) -> tuple[int, Run]:
    return job[1], multiple(*job, _calls(job[0]))


@cache
def _calls(name: str) -> int:
    return len(clean(name).calls)


def _pooled[Job, Done](work: Callable[[Job], Done], jobs: list[Job], chunk: int, say: Say) -> Iterator[Done]:
    with get_context("forkserver").Pool(os.cpu_count()) as pool:
        yield from _told(pool.imap_unordered(work, jobs, chunksize=chunk), len(jobs), say)


def _told[Done](finished: Iterable[Done], of: int, say: Say) -> Iterator[Done]:
    """Passes on what is finished, and says now and then how far it is."""
    last = time.monotonic()
    for number, done in enumerate(finished, start=1):
        yield done
        if time.monotonic() - last > PROGRESS_SECONDS:
            last = time.monotonic()
            say(f"  {number * 100 // of} %")

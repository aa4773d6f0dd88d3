"""The long form: every scenario with every single fault, and drawn faults in twos and threes, on all cores."""

import argparse
import os
import sys
import time
from collections import Counter
from multiprocessing import get_context

from tests.reliability.explore import Run, Tally, multiple, singles
from tests.reliability.scenarios import SCENARIOS

SHOWN = 20


PARTS = 8  # of a scenario, so that no core waits for another


def _single(job: tuple[str, int | None, int, int]) -> Tally:
    return singles(*job)


def _multiple(job: tuple[str, int]) -> tuple[int, Run]:
    return job[1], multiple(*job)


def main() -> int:
    """Prints what was run and every violation with its way back; 1 if there is any."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--multiple", type=int, default=2_000, help="runs with two or three faults")
    arguments.add_argument("--most", type=int, help="single faults of one scenario; the rest is counted")
    arguments.add_argument("--seed", type=int, default=1, help="of the first run with several faults")
    given = arguments.parse_args()
    names, runs, violated = list(SCENARIOS), Counter[str](), list[tuple[str, Run]]()
    left_out, seconds = 0, dict[str, float]()
    with get_context("forkserver").Pool(os.cpu_count()) as pool:
        began = time.monotonic()
        for tally in pool.imap_unordered(
            _single, [(name, given.most, part, PARTS) for part in range(PARTS) for name in names]
        ):
            runs += tally.runs
            left_out += tally.left_out
            violated += [("single fault", run) for run in tally.violated]
        seconds["single"] = time.monotonic() - began
        began = time.monotonic()
        jobs = [(names[number % len(names)], given.seed + number) for number in range(given.multiple)]
        for seed, run in pool.imap_unordered(_multiple, jobs, chunksize=50):
            runs["multiple"] += 1
            violated += [(f"seed {seed}", run)] if run.violations else []
        seconds["multiple"] = time.monotonic() - began
    for kind, run in violated[:SHOWN]:
        sys.stdout.write(f"VIOLATED ({kind}) {run}\n")
    count = Counter(kind.partition(" ")[0] for kind, _ in violated)
    sys.stdout.write(f"{'':28}{'runs':>9}{'violations':>12}{'seconds':>9}\n")
    rows = (("no fault", "clean", 0), ("every single fault", "single", count["single"]))
    for words, kind, bad in (*rows, ("two or three faults", "multiple", count["seed"])):
        sys.stdout.write(f"{words:28}{runs[kind]:>9,}{bad:>12,}{seconds.get(kind, 0):>9.0f}\n")
    sys.stdout.write(f"{len(names)} scenarios; single faults left out: {left_out:,}\n")
    return int(bool(violated))


if __name__ == "__main__":
    raise SystemExit(main())

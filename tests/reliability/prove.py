"""The proof: every fault, every order, every guard, and real processes under attack; then a table of it all."""

import argparse
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.reliability import suites
from tests.reliability.processes import under_attack
from tests.reliability.sweeps import several_faults, single_faults
from tests.reliability.table import Row, printed

SHOWN = 20
MOST = 300  # of a scenario, an even part of all; the rest is counted, and LONG=1 runs it too
SEED = 20261121  # the short form is the same each time


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """Prints what was run and every violation with its way back; 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--several", type=int, help="runs with two or three faults (1,000; 20,000 if long)")
    parser.add_argument(
        "--most", type=int, help="single faults of one scenario, the rest is counted (300; all if long)"
    )
    parser.add_argument("--seed", type=int, help="of all that is drawn (if long: drawn itself)")
    parser.add_argument(
        "--videos", type=int, default=100, help="made by real processes under attack; 0: none"
    )
    parser.add_argument("--long", action="store_true", help="more of all that is drawn")
    asked = parser.parse_args()
    drawn = random.SystemRandom().randrange(10**6) if asked.long else SEED
    seed = drawn if asked.seed is None else asked.seed
    began, rows, violated = time.monotonic(), list[Row](), list[str]()
    say("Single faults: each scenario, each call, each way to fail ...")
    for found, runs in (
        single_faults(asked.most or (None if asked.long else MOST), say),
        several_faults(asked.several or (20_000 if asked.long else 1_000), seed, say),
    ):
        rows += found
        violated += runs
    for run in violated[:SHOWN]:
        say(f"VIOLATED {run}")
    attacked = f", beside {asked.videos} videos of real processes under attack" if asked.videos else ""
    say(f"Orders of actors, the state machine, guards removed{attacked} ...")
    with ThreadPoolExecutor(1) as pool:  # the attack mostly waits: for leases, for ticks
        attack = pool.submit(under_attack, asked.videos, seed) if asked.videos else None
        found, passed = suites.run(seed, long=asked.long)
        rows += found
        rows += [attack.result()] if attack else []
    say(printed(rows))
    sound = passed and not any(row.violations for row in rows)
    verdict = "Nothing lost, nothing paid twice." if sound else "VIOLATED: see above how to run each again."
    say(f"{verdict} Seed {seed}, {time.monotonic() - began:.0f} s.")
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(main())

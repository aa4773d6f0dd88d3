"""`make bench`: everything, or some parts: `python -m benchmarks [--only transfer,cold] [--rounds 5] [--long]`.

Prints what it does, writes docs/performance.md and what lies beside it, and exits with 1 if a goal was missed or a run failed.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterable

from benchmarks import document
from benchmarks.cold import cold
from benchmarks.network_tables import network
from benchmarks.pipeline import pipeline
from benchmarks.sweep import sweep
from benchmarks.tables import Say, Table, markdown
from benchmarks.transfer_tables import transfer

ROUNDS, LONG_ROUNDS = 5, 11
SHORT = "Left out: 2 GB, 100 and 200 callbacks at once, and 11 rounds instead of 5 (LONG=1)."

type Part = Callable[[int, Say, bool], Iterable[Table]]

PARTS: dict[str, Part] = {
    "transfer": lambda rounds, say, long: transfer(rounds, say, long=long),
    "network": lambda rounds, say, long: network(rounds, say, long=long),
    "cold": lambda rounds, say, _long: cold(rounds, say),
    "sweep": lambda _rounds, say, long: sweep(say, long=long),
    "pipeline": lambda _rounds, say, long: pipeline(say, long=long),
}


def say(text: str) -> None:
    """One line, at once, with the minutes so far."""
    print(f"{(time.monotonic() - BEGAN) / 60:5.1f} min {text}", flush=True)


def main(arguments: list[str]) -> int:
    """Measures, writes, judges."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help=f"parts, with commas between: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args(arguments)
    chosen = [part.strip() for part in asked.only.split(",") if part.strip()] or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    rounds = asked.rounds or (LONG_ROUNDS if asked.long else ROUNDS)
    wrong = 0
    for part in chosen:
        say(f"{part}: {document.PARTS[part]}")
        try:
            for table in PARTS[part](rounds, say, asked.long):
                kept = document.keep(table)
                print(f"\n{table.title}\n\n{markdown(kept)}\n", flush=True)
                wrong += sum(not goal.met for goal in table.goals) + table.failed
        except Exception:  # noqa: BLE001 - whatever it is, the other parts can still be measured
            traceback.print_exc()
            say(f"{part} could not be measured.")
            wrong += 1
    document.write()
    say(f"{document.relative(document.DOCUMENT)} is written. Next: make costs, which follows from it")
    if left_out := [part for part in PARTS if part not in chosen]:
        print(f"Left out: {', '.join(left_out)} (ONLY={asked.only}).")
    if not asked.long:
        print(SHORT)
    print(f"{wrong} goals missed or runs failed." if wrong else "Every goal is met.")
    return min(wrong, 1)


BEGAN = time.monotonic()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Runs one scenario again, as a violation was printed: `python -m tests.reliability.replay "normal" 8:late`."""

import sys

from tests.reliability.explore import run
from tests.reliability.faults import Mode, parsed, planned


def main(name: str, *faults: str) -> int:
    """Prints each call with its fault, and what came of it; 1 if something was violated."""
    plan = [parsed(text) for text in faults]
    exact = len(plan) <= 1 and all(fault.mode is Mode.TWICE for fault in plan)
    ran = run(name, planned(*plan), exact=exact)
    modes = {fault.index: fault.mode for fault in ran.faults}
    for index, call in enumerate(ran.calls):
        sys.stdout.write(f"{index:4} {call} {modes.get(index, '')}\n")
    for fault, where in zip(ran.faults, ran.where, strict=True):
        sys.stdout.write(f"{fault} hit {where}\n")
    sys.stdout.write(f"{ran.states}\n" + "".join(f"VIOLATED {what}\n" for what in ran.violations))
    return int(bool(ran.violations))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

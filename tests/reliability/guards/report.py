"""What turns red without each guard, as a table: `python -m tests.reliability.guards.report`."""

import re
import sys
from collections.abc import Iterator

from tests.reliability.guards.guard import Guard
from tests.reliability.guards.situations import wrong_without
from tests.reliability.guards.table import GUARDS, NO_GUARDS

_ID = re.compile(r"(: | in | of )?(videos/)?video_[a-z2-7]{26}(/0.mp4)?")
TEST = "tests/reliability/guards/test_guards.py::test_without_a_guard_its_situation_turns_red"


def row(guard: Guard) -> tuple[bool, str]:
    """Whether it is missed, and its row: the guard, what was removed, what turned red, what that said."""
    wrong = [what for what in wrong_without(guard.parts, guard.red) if guard.words in what]
    removed = f"{guard.removed} ({guard.why})" if guard.why else guard.removed
    said = _ID.sub("", wrong[0]) if wrong else "NOT DETECTED"
    return bool(wrong), f"| {guard.name} | {removed} | {guard.red} | {said} |"


def lines() -> Iterator[str]:
    """The table, and the conditions that are no guards."""
    rows = [row(guard) for guard in GUARDS]
    yield f"Each row is a test: {TEST}[<guard>]\n"
    yield "| guard | removed | turns red | what it says |"
    yield "| --- | --- | --- | --- |"
    yield from (told for _, told in rows)
    yield f"\n{sum(missed for missed, _ in rows)} of {len(rows)} guards are missed when they are taken away.\n"
    yield "| condition | why it is no safety guard |"
    yield "| --- | --- |"
    yield from (f"| {where}: {term} | {why} |" for (where, term), why in NO_GUARDS.items())


def main() -> int:
    """1 if there is a guard that nobody misses."""
    told = list(lines())
    sys.stdout.write("\n".join(told) + "\n")
    return int(any("NOT DETECTED" in line for line in told))


if __name__ == "__main__":
    raise SystemExit(main())

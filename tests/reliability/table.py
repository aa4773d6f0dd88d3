"""The table that a proof ends with."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the proof: what was run, how often, what was violated, in how many seconds."""

    what: str
    runs: int
    violations: int
    seconds: float
    note: str = ""


def printed(rows: Iterable[Row]) -> str:
    """The rows as text, under their heading."""
    lines = [f"{'':36}{'runs':>9}{'violations':>12}{'seconds':>9}"]
    lines += [
        f"{row.what:36}{row.runs:>9,}{row.violations:>12,}{row.seconds:>9.0f}  {row.note}".rstrip()
        for row in rows
    ]
    return "\n".join(lines)

"""Goals: a figure, a limit, and whether it was kept. A figure that nobody could take has missed its goal."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """On which side of its limit a figure has to be."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise about a table, and what was measured."""

    text: str
    side: Side
    limit: float
    measured: float | None
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether it was kept."""
        if self.measured is None:
            return False
        return self.measured <= self.limit if self.side is Side.AT_MOST else self.measured >= self.limit


def at_most(limit: float, measured: float | None, text: str, unit: str = "x") -> Goal:
    """A figure that must not be above its limit."""
    return Goal(text, Side.AT_MOST, limit, measured, unit)


def at_least(limit: float, measured: float | None, text: str, unit: str = "x") -> Goal:
    """A figure that must not be below its limit."""
    return Goal(text, Side.AT_LEAST, limit, measured, unit)

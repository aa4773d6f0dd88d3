"""What `make bench` found out about each function: docs/performance/functions.json, and sweep.json where it could be made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.sam import ROOT

FOLDER = ROOT / "docs" / "performance"


@dataclass(frozen=True, slots=True)
class At:
    """With the share of a processor of one size of memory: own work (ms) of the first call and of a warm one."""

    first_busy_ms: float
    busy_ms: float
    too_small: bool  # beside what the function held at most


@dataclass(frozen=True, slots=True)
class Measured:
    """Processor time (ms) of a start and of a typical warm call on the measuring machine, and the most memory (MiB).

    `at` is by size in MB, and empty where no process could be limited.
    """

    memory_mb: int
    init_cpu_ms: float
    cpu_ms: float
    peak_mib: float
    at: Mapping[int, At] = field(default_factory=dict)

    def too_small(self, memory_mb: int) -> bool:
        """Whether it needs more."""
        at = self.at.get(memory_mb)
        return self.peak_mib >= memory_mb or (at is not None and at.too_small)


def measured() -> dict[str, Measured]:
    """By function."""
    found = _functions("functions.json")
    swept = _functions("sweep.json") if (FOLDER / "sweep.json").exists() else {}
    return {
        name: Measured(
            about["memory_mb"],
            about["init_cpu_ms"],
            about["cpu_ms"],
            about["peak_mib"],
            {int(size): _at(told) for size, told in swept.get(name, {}).items()},
        )
        for name, about in found.items()
    }


def _functions(file: str) -> dict[str, Any]:
    functions: dict[str, Any] = json.loads((FOLDER / file).read_text())["functions"]
    return functions


def _at(told: Mapping[str, Any]) -> At:
    return At(told["first_busy_ms"], told["busy_ms"], told["too_small"])

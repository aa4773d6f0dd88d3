"""What `make bench` found out about each function: docs/performance/functions.json."""

import json
from dataclasses import dataclass

from operations.sam import ROOT

FILE = ROOT / "docs" / "performance" / "functions.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Processor time (ms) of a start and of a typical warm call on the measuring machine, and the most memory (MiB)."""

    memory_mb: int
    init_cpu_ms: float
    cpu_ms: float
    peak_mib: float


def measured() -> dict[str, Measured]:
    """By function."""
    found = json.loads(FILE.read_text())["functions"]
    return {
        name: Measured(about["memory_mb"], about["init_cpu_ms"], about["cpu_ms"], about["peak_mib"])
        for name, about in found.items()
    }

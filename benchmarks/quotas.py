"""The share of a processor that Lambda gives a size of memory, as a control group of the kernel's (CFS bandwidth).

Whoever enters the group's folder may use so much processor time in each period and then waits for the next one. Version 1 of
the kernel's groups and version 2 both have it, under other names. Making a group takes root, or a folder that was handed over.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from operations.costs.durations import FULL_MB

PERIOD_US = 20_000
ROOT = Path("/sys/fs/cgroup")
ENDED = 5.0  # s, within which the kernel has forgotten a process that was waited for


class NoQuotasError(Exception):
    """No group can be made here; says why."""


def limits(memory_mb: int, *, first_version: bool) -> dict[str, str]:
    """What a group's files have to say for a size in MB."""
    quota = PERIOD_US * memory_mb // FULL_MB
    if first_version:
        return {"cpu.cfs_period_us": str(PERIOD_US), "cpu.cfs_quota_us": str(quota)}
    return {"cpu.max": f"{quota} {PERIOD_US}"}


@contextmanager
def quotas(sizes: Iterable[int], root: Path = ROOT) -> Iterator[dict[int, Path]]:
    """A group for each size, empty, while this lasts. Raises `NoQuotasError` where none can be made."""
    made: dict[int, Path] = {}
    try:
        try:
            home = _home(root)
            for size in sizes:
                made[size] = home / f"reelhook-sweep-{os.getpid()}-{size}"
                made[size].mkdir()
                for name, text in limits(size, first_version=home != root).items():
                    (made[size] / name).write_text(text)
        except OSError as error:
            raise NoQuotasError(f"{error.strerror}: {error.filename or root}") from error
        yield made
    finally:
        for group in made.values():
            _gone(group)


def _home(root: Path) -> Path:
    """Where groups that limit processor time are made. Raises `OSError`."""
    if (root / "cpu" / "cgroup.procs").exists():
        return root / "cpu"
    if "cpu" not in (root / "cgroup.subtree_control").read_text().split():
        (root / "cgroup.subtree_control").write_text("+cpu")
    return root


def _gone(group: Path) -> None:
    """A group goes when its last process has."""
    until = time.monotonic() + ENDED
    while group.is_dir():
        try:
            group.rmdir()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)

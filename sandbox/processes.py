"""The processes of functions, found in /proc, so that a test can kill one in mid-invocation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
NAME_LENGTH = 15  # of a process, as the kernel keeps it (TASK_COMM_LEN)


@dataclass(frozen=True)
class Process:
    """One process as the kernel tells it."""

    parent: int
    name: str  # at most 15 characters


def find_function_processes(handler: str, emulator: int) -> list[int]:
    """Process ids that run a handler, e.g. `receive_callback.handler`, oldest first, idle ones included."""
    processes = dict(_all_processes())

    def below_emulator(pid: int) -> bool:
        while (process := processes.get(pid)) is not None:
            if process.parent == emulator:
                return True
            pid = process.parent
        return False

    name = f"{handler.partition('.')[0]}.handler"[:NAME_LENGTH]
    return sorted(pid for pid, process in processes.items() if process.name == name and below_emulator(pid))


def peak_memory(pid: int) -> int:
    """The most resident memory a process has had, in bytes (VmHWM)."""
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def _all_processes() -> Iterator[tuple[int, Process]]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
                continue
            # The name stands in brackets and may hold anything; the parent is the second word after it.
            before, _, after = status.rpartition(")")
            yield int(folder.name), Process(int(after.split()[1]), before.partition("(")[2])

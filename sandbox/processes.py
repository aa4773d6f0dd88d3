"""The processes of functions, found in /proc, so that a test can kill one in mid-invocation."""

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process as the kernel tells it."""

    pid: int
    parent: int
    command: tuple[str, ...]


def find_function_processes(handler: str, emulator: int) -> list[int]:
    """Process ids that run a handler, e.g. `receive_callback.handler`, oldest first, idle ones included."""
    return sorted(
        process.pid
        for process in _all_processes()
        if process.parent == emulator
        and "awslambdaric" in process.command
        and any(word == handler or word.startswith(f"{handler}.") for word in process.command)
    )


def peak_memory(pid: int) -> int:
    """The most resident memory a process has had, in bytes (VmHWM)."""
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def _all_processes() -> list[Process]:
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "stat").read_text()
                command = (folder / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
                continue
            # The name stands in brackets and may hold anything; the parent is the second word after it.
            parent = int(status.rpartition(")")[2].split()[1])
            found.append(
                Process(int(folder.name), parent, tuple(command.decode("utf-8", "replace").split("\0")))
            )
    return found

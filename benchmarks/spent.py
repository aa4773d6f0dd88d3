"""Who used the processor: the processes of one stack, by what they are, from /proc."""

import os
from pathlib import Path

from sandbox.processes import find_function_processes
from sandbox.stack import Stack

TICKS = os.sysconf("SC_CLK_TCK")
USER = 13  # place of utime in /proc/*/stat (proc(5)), counted from 0; stime, cutime and cstime follow


def spent(stack: Stack, handler: str) -> dict[str, float]:
    """Seconds so far of a handler's processes, of the emulator, of the sandbox's own process, and of this one.

    A function's process that has ended is counted with the emulator, whose child it was.
    """
    functions = find_function_processes(handler, stack.ministack)
    return {
        "function": sum(_of(pid, children=False) for pid in functions),
        "emulator": _of(stack.ministack, children=True),
        "sandbox": _of(stack.pid, children=False),
        "client": _of(os.getpid(), children=False),
    }


def _of(pid: int, *, children: bool) -> float:
    try:
        stat = (Path("/proc") / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    fields = stat.rpartition(")")[2].split()  # the name stands in brackets and may hold anything
    first = USER - 2
    return sum(map(int, fields[first : first + (4 if children else 2)])) / TICKS

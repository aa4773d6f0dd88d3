"""Who used the processor: the processes of one stack, by what they are, from /proc."""

import os
from pathlib import Path

from sandbox.processes import find_function_processes
from sandbox.stack import Stack

TICKS = os.sysconf("SC_CLK_TCK")
USER = 13  # place of utime in /proc/*/stat (proc(5)), counted from 0; stime follows

type Spent = dict[tuple[str, int], float]


def spent(stack: Stack, handler: str) -> Spent:
    """Seconds so far of each process: a handler's, the emulator's, the sandbox's own, and this one."""
    processes = [("function", pid) for pid in find_function_processes(handler, stack.ministack)]
    processes += [("emulator", stack.ministack), ("sandbox", stack.pid), ("client", os.getpid())]
    return {process: _seconds(process[1]) for process in processes}


def between(before: Spent, after: Spent) -> dict[str, float]:
    """Seconds by what the processes are; what one used that has ended meanwhile is not known."""
    used = dict.fromkeys(("function", "emulator", "sandbox", "client"), 0.0)
    for process, seconds in after.items():
        used[process[0]] += seconds - before.get(process, 0.0)
    return used


def _seconds(pid: int) -> float:
    try:
        stat = (Path("/proc") / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    fields = stat.rpartition(")")[2].split()  # the name stands in brackets and may hold anything
    return sum(map(int, fields[USER - 2 : USER])) / TICKS

"""What a piece of work costs this process and the children it waits for."""

import http.client
import os
import resource
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.lambdas.started import enter
from benchmarks.source import HANG_UP

KIB = 1024
RESET_PEAK = "5"  # proc(5), clear_refs: VmHWM begins anew at what is held now


def memory(name: str) -> int:
    """A figure of this process in KiB: `VmRSS`, what it holds now, or `VmHWM`, the most it ever held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def processor_seconds() -> float:
    """User and system time so far, of all threads and of the children that have ended."""
    spent = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


@contextmanager
def metered() -> Iterator[dict[str, float]]:
    """The figures, once the block is over: seconds of processor and clock, when it began, peak memory and its growth.

    `BENCHMARK_CGROUP` names a control group that the process enters before.
    """
    if group := os.environ.get("BENCHMARK_CGROUP"):
        enter(group)
    Path(f"/proc/{os.getpid()}/clear_refs").write_text(RESET_PEAK)
    held, cpu, began = memory("VmRSS"), processor_seconds(), time.monotonic()
    figures = {"began": began}
    yield figures
    figures |= {"wall": time.monotonic() - began, "cpu": processor_seconds() - cpu}
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = max(memory("VmHWM"), child)
    figures |= {"peak_mib": peak / KIB, "over_mib": (peak - held) / KIB}


def end_connections(link: str) -> None:
    """Lets the servers hang up: between two videos nobody's connection would have lived on."""
    context = ssl.create_default_context()
    with closing(http.client.HTTPSConnection(urlsplit(link).netloc, context=context)) as connection:
        connection.request("GET", HANG_UP)
        connection.getresponse().read()

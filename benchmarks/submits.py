"""In the sandbox: how many videos a second can be asked for, and what stands in the way of more."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import httpx

from benchmarks.figures import average, high
from benchmarks.rounds import Run, Runs
from benchmarks.spent import between, spent
from benchmarks.tables import Column, Say, Table
from tests.integration.driving import Driver

CLIENTS = (1, 2, 4, 8, 16)
SECONDS = 5.0
COLUMNS = (
    Column("per_second", "submits per second", 1, pick=average),
    Column("latency", "answer, median ms", 0, 1000),
    Column("latency", "answer, 95th percentile, ms", 0, 1000, pick=high),
    Column("function", "CPU ms each: SubmitVideo", 1, 1000, pick=average),
    Column("emulator", "CPU ms each: emulated AWS", 1, 1000, pick=average),
    Column("sandbox", "CPU ms each: gateway and provider", 1, 1000, pick=average),
    Column("client", "CPU ms each: client", 1, 1000, pick=average),
    Column("busy", "cores busy with these, share", 2, pick=average),
)


def submits(driver: Driver, say: Say) -> Table:
    """Clients that each ask again as soon as they are answered, more and more of them."""
    runs: Runs = {}
    asking(driver, 1, 1.0)  # the first process
    for clients in CLIENTS:
        say(f"  {clients} clients")
        asking(driver, clients, 1.0)  # as many processes as it takes
        runs[f"{clients} client{'s' if clients > 1 else ''}"] = asking(driver, clients, SECONDS)
    return Table(
        name="pipeline-submits",
        part="pipeline",
        title="Submits",
        about=(
            f"So many clients ask for {SECONDS:.0f} s, each again as soon as it is answered. The knee is where more clients "
            "bring longer answers instead of more of them; the processor time beside it says who has the cores by then."
        ),
        columns=COLUMNS,
        runs=runs,
        goals=[],
        drawn="submits per second",
    )


def asking(driver: Driver, clients: int, seconds: float) -> list[Run]:
    """Each submit is a run: its latency. The first one also carries what all took of the processor, divided by their number."""
    until, numbers = time.monotonic() + seconds, count()

    def ask(_client: int) -> list[Run]:
        runs = []
        with httpx.Client(
            base_url=driver.stack.api_url, headers=driver.api.headers, trust_env=False, timeout=40
        ) as api:
            while (began := time.monotonic()) < until:
                answer = api.post(
                    "/v1/videos", json={"prompt": f"submit {next(numbers)} of {clients} clients"}
                )
                took = time.monotonic() - began
                failure = None if answer.status_code == 202 else f"{answer.status_code} {answer.text[:200]}"
                runs.append(Run(0, took, {"latency": took}, failure))
        return runs

    before, began = spent(driver.stack, "submit_video"), time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        runs = [run for each in pool.map(ask, range(clients)) for run in each]
    took, used = time.monotonic() - began, between(before, spent(driver.stack, "submit_video"))
    common = {name: seconds / len(runs) for name, seconds in used.items()}
    common |= {"per_second": len(runs) / took, "busy": sum(used.values()) / took / (os.cpu_count() or 1)}
    return [replace(runs[0], figures=runs[0].figures | common), *runs[1:]]

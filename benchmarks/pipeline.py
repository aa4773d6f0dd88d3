"""In the sandbox: how long a video takes from its provider's callback until it is stored, when many come at once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.account import VIDEO_BYTES
from benchmarks.bursts import burst
from benchmarks.figures import average, high
from benchmarks.rounds import Runs
from benchmarks.submits import submits
from benchmarks.tables import Column, Say, Table
from sandbox.stack import Sandbox
from tests.integration.driving import Driver

AT_ONCE, LONG_AT_ONCE = (1, 5, 20, 50), (1, 5, 20, 50, 100, 200)
COLUMNS = (
    Column("recorded", "recorded, ms", 0, 1000),
    Column("confirmed", "confirmed, ms", 0, 1000),
    Column("fetched", "fetch begun, ms", 0, 1000),
    Column("stored", "stored, ms", 0, 1000),
    Column("stored", "stored, 95th percentile, ms", 0, 1000, pick=high),
    Column("answered", "provider answered, ms", 0, 1000),
    Column("answered", "answered, 95th percentile, ms", 0, 1000, pick=high),
    Column("by_queue", "stored by TransferVideo, share", 2, pick=average),
)


def pipeline(say: Say, *, long: bool = False) -> Iterator[Table]:
    """Callbacks in growing bursts, then submits from a growing number of clients, on a stack as it comes."""
    with tempfile.TemporaryDirectory() as home, Sandbox(Path(home), parameters={}) as stack:
        driver = Driver(stack)
        try:
            driver.provider.behave(
                generate_seconds=0, callback={"when": "never"}, result={"bytes": VIDEO_BYTES}
            )
            runs: Runs = {}
            for count in LONG_AT_ONCE if long else AT_ONCE:
                for which in ("first", "again"):  # the second time the functions' processes are there already
                    say(f"  {count} callbacks at once, {which}")
                    runs[f"{count} at once, {which}"] = burst(driver, count)
            yield _table(runs)
            yield submits(driver, say)
        finally:
            driver.close()


def _table(runs: Runs) -> Table:
    return Table(
        name="pipeline-callbacks",
        part="pipeline",
        title="Callbacks at once",
        about=(
            "Videos of 5 MB whose callbacks the simulated provider sends at one moment; time since each was sent. The first "
            "time most of them start a process, *again* follows at once and finds these. Provider, emulated AWS and all "
            "functions share this machine's cores: what grows with the number is the wait for those, which on AWS nobody "
            "has. A callback that is not answered in 30 s is given up by the gateway, and what it was about is settled by "
            "the queue or by the reconciler."
        ),
        columns=COLUMNS,
        runs=runs,
        goals=[],
        drawn="stored, ms",
    )

"""The tables of transfers: every size as fast as this machine is, and two sizes through slow connections."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import ratio, typical
from benchmarks.goals import Goal, at_least, at_most
from benchmarks.limits import UNLIMITED, Limits
from benchmarks.processes import Servers, running_servers
from benchmarks.rounds import Runs, interleaved
from benchmarks.shipped import Shipped
from benchmarks.tables import Column, Say, Table
from benchmarks.transfer import OURS, Transfers
from benchmarks.ways import WAYS

NAIVE, LEAN_NAIVE, HTTPX, URLLIB3, SMART_OPEN, OBSTORE, AWS_CLI, RELAY = WAYS
MB = 1_000_000
SIZES = (5 * MB, 20 * MB, 100 * MB, 500 * MB)
LONG_SIZES = (*SIZES, 2_000 * MB)
SLOW = Limits(bytes_per_second=10 * MB, first_byte_seconds=0.03, answer_seconds=0.05)
SLOW_CASES = {  # size: ways, and how many times faster than the naive way TransferVideo has to be
    20 * MB: ((NAIVE, URLLIB3, SMART_OPEN, OBSTORE), 2.7),
    100 * MB: ((NAIVE, HTTPX, URLLIB3), 6.0),
}
SLOW_ROUNDS = 3  # at most: what takes its time by the clock is hardly noisy
SMALLEST_PART, WIDEST = 5 * 2**20, 8  # S3's smallest part, and how many parts go at once at most
COLUMNS = (
    Column("cpu_per_gb", "CPU s/GB"),
    Column("cpu", "CPU, ratio", relative=True),
    Column("wall", "seconds"),
    Column("wall", "seconds, ratio", relative=True),
    Column("over_mib", "memory over base, MiB", 1, signed=True),
    Column("peak_mib", "peak memory, MiB", 0),
    Column("first_byte", "first byte at S3, ms", 0, 1000),
    Column("gets", "requests to the source", 0),
    Column("s3_requests", "requests to S3", 0),
    Column("process_cpu", "whole process, CPU s"),
)


def transfer(rounds: int, say: Say, *, long: bool = False) -> Iterator[Table]:
    """One table a size, at full speed."""
    for size in LONG_SIZES if long else SIZES:
        say(f"  {size // MB:,} MB")
        runs = _runs(UNLIMITED, size, list(WAYS), rounds, say)
        yield Table(
            name=f"transfer-{size // MB:04d}mb",
            part="transfer",
            title=f"{size // MB:,} MB",
            about="No limit but the machine's.",
            columns=COLUMNS,
            runs=runs,
            goals=_goals(runs, size),
            drawn="CPU, ratio",
        )


def network(rounds: int, say: Say, *, long: bool = False) -> Iterator[Table]:
    """The same with 10 MB/s on each connection to the source, 30 ms to its first byte, and 50 ms to each answer of S3."""
    for size, (ways, faster) in SLOW_CASES.items():
        say(f"  {size // MB:,} MB at {SLOW.bytes_per_second // MB} MB/s a connection")
        runs = _runs(SLOW, size, ways, rounds if long else min(rounds, SLOW_ROUNDS), say)
        slower = ratio(runs, "wall", NAIVE, OURS)
        yield Table(
            name=f"network-{size // MB:04d}mb",
            part="network",
            title=f"{size // MB:,} MB at {SLOW.bytes_per_second // MB} MB/s a connection",
            about=(
                f"The source sends {SLOW.bytes_per_second // MB} MB/s on each connection, after "
                f"{SLOW.first_byte_seconds * 1000:.0f} ms; S3 answers after {SLOW.answer_seconds * 1000:.0f} ms."
            ),
            columns=COLUMNS,
            runs=runs,
            goals=[
                at_least(
                    faster, slower, f"{size // MB} MB through slow connections, times faster than {NAIVE}"
                ),
                *_everywhere(runs, size, f"{size // MB} MB through slow connections", SLOW),
            ],
            drawn="seconds",
        )


def _runs(limits: Limits, size: int, ways: Sequence[str], rounds: int, say: Say) -> Runs:
    with _transfers(limits, size) as transfers:
        return interleaved(transfers.cases(ways), rounds, say, transfers.judged)


@contextmanager
def _transfers(limits: Limits, size: int) -> Iterator[Transfers]:
    with running_servers(limits) as servers, tempfile.TemporaryDirectory() as folder:
        yield Transfers(servers, _shipped(servers, Path(folder)), size)


def _shipped(servers: Servers, folder: Path) -> Shipped:
    return Shipped(folder, servers.at["authority"].encode())


def _goals(runs: Runs, size: int) -> list[Goal]:
    """What was decided of each size: little of the naive way's processor time, and not more than the lean ways'."""
    what = f"{size // MB:,} MB, CPU"

    def of(reference: str) -> float | None:
        return ratio(runs, "cpu", OURS, reference)

    goals = {5 * MB: [at_most(0.75, of(NAIVE), f"{what}, of {NAIVE}")]}
    goals[20 * MB] = [at_most(0.55, of(NAIVE), f"{what}, of {NAIVE}")]
    goals[500 * MB] = goals[2_000 * MB] = [
        at_most(0.75, of(NAIVE), f"{what}, of {NAIVE}"),
        at_most(1.0, of(URLLIB3), f"{what}, of {URLLIB3}"),
        at_most(1.25, of(OBSTORE), f"{what}, of {OBSTORE}"),
        at_most(1.8, of(RELAY), f"{what}, of {RELAY}"),
    ]
    return [*goals.get(size, []), *_everywhere(runs, size, f"{size // MB:,} MB")]


def _everywhere(runs: Runs, size: int, what: str, limits: Limits = UNLIMITED) -> list[Goal]:
    """What holds at any size: memory by connections alone, and S3's first byte right after the source's.

    Before that, S3 has one answer to give: to who begins an upload of parts.
    """
    connections = max(1, min(WIDEST, -(-size // SMALLEST_PART)))
    after = typical(runs[OURS], "after_source")
    return [
        at_most(
            4.0 + 2.0 * connections,
            typical(runs[OURS], "over_mib"),
            f"{what}, memory over base: 4 MiB and 2 for each of {connections} connections",
            " MiB",
        ),
        at_most(
            50 + limits.answer_seconds * 1000,
            None if after is None else after * 1000,
            f"{what}, S3's first byte after the source's",
            " ms",
        ),
    ]

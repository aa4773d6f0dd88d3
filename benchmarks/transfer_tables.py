"""The tables of transfers as fast as this machine is: every size, and one with a small share of a processor."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import ratio, typical
from benchmarks.goals import Goal, at_least, at_most
from benchmarks.limits import UNLIMITED, Limits
from benchmarks.processes import running_servers
from benchmarks.quotas import NoQuotasError, quotas
from benchmarks.rounds import Runs, interleaved
from benchmarks.shipped import Shipped
from benchmarks.tables import Column, Say, Table
from benchmarks.transfer import OURS, Transfers
from benchmarks.ways import WAYS

NAIVE, LEAN_NAIVE, HTTPX, URLLIB3, ONE_PUT, SMART_OPEN, OBSTORE, AWS_CLI, RELAY = WAYS
MB = 1_000_000
SIZES = (5 * MB, 20 * MB, 100 * MB, 500 * MB)
LONG_SIZES = (*SIZES, 2_000 * MB)
SHARE_MB = 512  # of memory, and the share of a processor that Lambda gives with it
AT_A_SHARE = {8 * MB: 1.8, 100 * MB: 1.25}  # one PUT, and parts: how much faster than with a file in between
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
        runs = measured(UNLIMITED, size, list(WAYS), rounds, say)
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
    for size, limit in AT_A_SHARE.items():
        yield from _share(size, limit, rounds, say)


def _share(size: int, limit: float, rounds: int, say: Say) -> Iterator[Table]:
    what = f"{size // MB:,} MB at the share of {SHARE_MB} MB"
    say(f"  {what}")
    try:
        with quotas([SHARE_MB]) as groups:
            group = {
                "BENCHMARK_CGROUP": str(groups[SHARE_MB]),
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(SHARE_MB),
            }
            runs = measured(UNLIMITED, size, (NAIVE, URLLIB3, ONE_PUT, OBSTORE), rounds, say, group=group)
    except NoQuotasError as error:
        say(f"  left out: no process can be limited to a share of a processor here ({error})")
        return
    yield Table(
        name=f"transfer-share-{size // MB:04d}mb",
        part="transfer",
        title=f"{size // MB:,} MB with the share of a processor of a function of {SHARE_MB} MB",
        about="The measured process alone is limited, as Lambda limits a function; the servers are not.",
        columns=COLUMNS,
        runs=runs,
        goals=[at_least(limit, ratio(runs, "wall", NAIVE, OURS), f"{what}, times faster than {NAIVE}")],
        drawn="seconds",
    )


def measured(
    limits: Limits,
    size: int,
    ways: Sequence[str],
    rounds: int,
    say: Say,
    *,
    query: str = "",
    group: Mapping[str, str] | None = None,
) -> Runs:
    """These ways and TransferVideo, between servers of their own."""
    with running_servers(limits) as servers, tempfile.TemporaryDirectory() as folder:
        shipped = Shipped(Path(folder), servers.at["authority"].encode())
        transfers = Transfers(servers, shipped, size, query, group)
        return interleaved(transfers.cases(ways), rounds, say, transfers.judged)


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
    return [*goals.get(size, []), *everywhere(runs, size, f"{size // MB:,} MB")]


def everywhere(runs: Runs, size: int, what: str, limits: Limits = UNLIMITED) -> list[Goal]:
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

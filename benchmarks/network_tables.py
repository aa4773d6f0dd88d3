"""The tables of transfers through slow connections, where waiting decides and not the processor."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figures import ratio
from benchmarks.goals import at_least
from benchmarks.limits import Limits
from benchmarks.source import WHOLE
from benchmarks.tables import Say, Table
from benchmarks.transfer import OURS
from benchmarks.transfer_tables import (
    COLUMNS,
    HTTPX,
    MB,
    NAIVE,
    OBSTORE,
    SMART_OPEN,
    URLLIB3,
    everywhere,
    measured,
)

ROUNDS = 3  # at most: what takes its time by the clock is hardly noisy
SLOW = Limits(bytes_per_second=10 * MB, first_byte_seconds=0.03, answer_seconds=0.05)
BRISK = Limits(
    bytes_per_second=25 * MB, first_byte_seconds=0.06, answer_seconds=0.08, taken_per_second=40 * MB
)


@dataclass(frozen=True, slots=True)
class Network:
    """A file and its connections, and how many times faster than the naive way TransferVideo has to be."""

    size: int
    limits: Limits
    ways: tuple[str, ...]
    faster: float
    query: str = ""

    @property
    def title(self) -> str:
        """The file and the speed."""
        whole = ", from a host without ranges" if self.query else ""
        return f"{self.size // MB:,} MB at {self.limits.bytes_per_second // MB} MB/s a connection{whole}"

    @property
    def name(self) -> str:
        """Of its table."""
        whole = "-whole" if self.query else ""
        return f"network-{self.limits.bytes_per_second // MB}-{self.size // MB:04d}mb{whole}"

    @property
    def about(self) -> str:
        """What is slow, in words."""
        told = self.limits
        taken = f"takes {told.taken_per_second // MB} MB/s on each and " if told.taken_per_second else ""
        return (
            f"The source sends {told.bytes_per_second // MB} MB/s on each connection, after "
            f"{told.first_byte_seconds * 1000:.0f} ms; S3 {taken}answers after {told.answer_seconds * 1000:.0f} ms."
        )


NETWORKS = (
    Network(20 * MB, SLOW, (NAIVE, URLLIB3, SMART_OPEN, OBSTORE), 2.7),
    Network(100 * MB, SLOW, (NAIVE, HTTPX, URLLIB3), 6.0),
    Network(20 * MB, SLOW, (NAIVE, URLLIB3), 1.0, query=WHOLE),
    Network(8 * MB, BRISK, (NAIVE, URLLIB3), 1.18),
    Network(100 * MB, BRISK, (NAIVE, URLLIB3, OBSTORE), 3.8),
)


def network(rounds: int, say: Say, *, long: bool = False) -> Iterator[Table]:
    """One table a network."""
    for one in NETWORKS:
        say(f"  {one.title}")
        counted = rounds if long else min(rounds, ROUNDS)
        runs = measured(one.limits, one.size, one.ways, counted, say, query=one.query)
        faster = ratio(runs, "wall", NAIVE, OURS)
        yield Table(
            name=one.name,
            part="network",
            title=one.title,
            about=one.about,
            columns=COLUMNS,
            runs=runs,
            goals=[
                at_least(one.faster, faster, f"{one.title}, times faster than {NAIVE}"),
                *everywhere(runs, one.size, one.title, one.limits),
            ],
            drawn="seconds",
        )

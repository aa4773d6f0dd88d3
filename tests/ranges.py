"""A result opened at a host that gives ranges."""

from reelhook.adapters.result_stream import HttpResultStream
from reelhook.adapters.results import HttpResults
from reelhook.domain.ports.media import Readable
from reelhook.domain.time import MINUTE
from reelhook.wire.tls import TLS
from tests.builders import NOW
from tests.fakes import ManualClock
from tests.hosts import Host

LATER = NOW + MINUTE
START, STOP = 200_000, 500_000  # of a part in the middle


def opened(host: Host, until: int = LATER, *, in_ranges: bool = True) -> HttpResultStream:
    results = HttpResults([host.origin], 2**31, ManualClock(NOW), context=TLS)
    return results.open(host.link(), until, in_ranges=in_ranges)


def part_of(stream: HttpResultStream, start: int = START, stop: int = STOP) -> Readable:
    assert stream.ranges is not None
    return stream.ranges.part(start, stop)


def read_out(part: Readable, amount: int = 100_000) -> bytes:
    return b"".join(iter(lambda: part.read(amount), b""))

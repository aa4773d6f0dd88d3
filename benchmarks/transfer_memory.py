"""How much memory a transfer takes beyond what its process takes anyway: `python -m benchmarks.transfer_memory [MiB ...]`.

A video of each size goes through TransferVideo's real path, TLS on both sides, in a process of its own. Exit code 1 if one
grew by more than the limit, or if the bucket did not get the very bytes of the source, fetched once.
"""

import argparse
import itertools
import sys
from dataclasses import dataclass

from benchmarks.exactness import exact
from benchmarks.processes import Servers, TransferFailed, running_servers
from benchmarks.source import UNANNOUNCED, path_of
from sandbox.provider.media import ResultFile

MIB = 2**20
LIMIT_MIB = 20.0  # 4, and 2 for each of 8 connections
SIZES = (50, 150, 1024)
HEADINGS = "MiB      length   s      MB/s   held   base   after  growth  bytes at the bucket  SHA-256  GETs  S3 requests"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Run:
    """One transfer, as its process, the source and the bucket saw it. Memory in MiB.

    `held` is VmRSS before it, `base` and `after` are VmHWM, the most the process had ever held, before and after.
    """

    file: ResultFile
    announced: bool
    seconds: float
    held: float
    base: float
    after: float
    stored_bytes: int
    exact: bool
    gets: int
    requests: dict[str, int]
    open_uploads: int

    @property
    def growth(self) -> float:
        """What the transfer took beyond what was held before it, which is never more than `base`."""
        return self.after - self.held

    @property
    def fetched_once(self) -> bool:
        """Whether the source was asked once for each part; a source that tells no length, once for all."""
        return self.gets == (self.requests.get("UploadPart", 1) if self.announced else 1)

    @property
    def passed(self) -> bool:
        """Whether the limit was kept, and the bytes are the source's, fetched once."""
        return self.growth <= LIMIT_MIB and self.exact and self.fetched_once and not self.open_uploads

    def __str__(self) -> str:
        size, speed = self.file.size // MIB, self.file.size / 1e6 / self.seconds
        requests = ", ".join(f"{count} {name}" for name, count in self.requests.items())
        return (
            f"{size:<8} {'told' if self.announced else 'untold':8} {self.seconds:<6.2f} {speed:<6.0f} "
            f"{self.held:<6.1f} {self.base:<6.1f} {self.after:<6.1f} {self.growth:<+7.1f} {self.stored_bytes:<20} "
            f"{'same' if self.exact else 'OTHER':8} {self.gets:<5} {requests}"
        )


def run(servers: Servers, size: int, *, announced: bool = True) -> Run:
    """Transfers a file of this size in a fresh process; raises `TransferFailed`."""
    number = next(_NUMBERS)
    small, file = ResultFile(f"small-{number}", MIB), ResultFile(f"measured-{number}", size)
    figures = servers.transferred(number, small, file, announced=announced)
    seen = servers.seen()
    stored = seen["objects"][figures["key"]]
    told = (stored["size"], stored["checksum"]) == (figures["size"], figures["checksum"])
    return Run(
        file=file,
        announced=announced,
        seconds=figures["seconds"],
        held=figures["held"] / 1024,
        base=figures["base"] / 1024,
        after=figures["after"] / 1024,
        stored_bytes=stored["size"],
        exact=told and exact(file, stored),
        gets=seen["gets"][path_of(file) + ("" if announced else UNANNOUNCED)],
        requests=seen["requests"][figures["key"]],
        open_uploads=seen["open_uploads"],
    )


def _mib(text: str) -> int:
    """A size of 1 or more, for argparse."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of 1 or more")
    return int(text)


def main(arguments: list[str]) -> int:
    """Measures and prints one line a case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", metavar="MiB", type=_mib, nargs="*", help=f"by default {SIZES}")
    sizes = [mib * MIB for mib in parser.parse_args(arguments).sizes or SIZES]
    # and the largest once more from a source that does not tell its length
    cases = [*((size, True) for size in sizes), (max(sizes), False)]
    print(HEADINGS)
    failed = 0
    with running_servers() as servers:
        for size, announced in cases:
            try:
                measured = run(servers, size, announced=announced)
            except TransferFailed as error:
                print(error)
                return 1
            print(measured, flush=True)
            failed += not measured.passed
    print(
        f"Memory in MiB: held is VmRSS, base and after are VmHWM, growth is after - held, at most {LIMIT_MIB:.0f}."
    )
    print(f"{failed} of {len(cases)} failed." if failed else "All passed.")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

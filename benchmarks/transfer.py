"""TransferVideo beside other ways from a URL into S3: same source, same bucket, TLS on both sides, byte by byte."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from benchmarks.exactness import exact
from benchmarks.processes import Servers
from benchmarks.rounds import ROOT, Case, Run
from benchmarks.shipped import Shipped
from benchmarks.source import path_of
from sandbox.provider.media import ResultFile

OURS = "Reelhook TransferVideo"
MIB = 2**20
SMALL = ResultFile("small", MIB)


class Transfers:
    """The cases that move files of one size between the servers, and the judge of their runs."""

    def __init__(
        self,
        servers: Servers,
        shipped: Shipped,
        size: int,
        query: str = "",
        group: Mapping[str, str] | None = None,
    ) -> None:
        """`query` ends each link; `group` names the control group of each process, if it has one."""
        self._servers, self._file, self._query = servers, ResultFile(f"of-{size}", size), query
        group = group or {}
        self._numbers = count(1)
        authority = servers.authorities.with_name("authority.pem")
        authority.write_text(servers.at["authority"])
        self._theirs = servers.environment() | {
            "BENCHMARK_AUTHORITY": str(authority),
            "CURL_CA_BUNDLE": str(servers.authorities),
            **group,
        }
        # the function has certificates of its own
        own = {name: value for name, value in servers.environment().items() if name != "AWS_CA_BUNDLE"}
        module = shipped.handler("TransferVideo").partition(".")[0]
        self._ours = own | shipped.environment("TransferVideo", ROOT) | {"BENCHMARK_HANDLER": module, **group}

    def cases(self, ways: Sequence[str]) -> list[Case]:
        """These ways, and TransferVideo."""
        return [*map(self._way, ways), Case(OURS, self._measured, lambda: self._ours)]

    def judged(self, _case: Case, run: Run) -> Run:
        """The run with what the servers saw of it; it failed if the bucket did not get the very bytes."""
        if run.failure is not None:
            return run
        told, seen = run.figures, self._servers.seen()
        key, link = told["key"], told["link"].removeprefix(self._servers.at["source"])
        stored = seen["objects"].get(key)
        if stored is None or not exact(self._file, stored):
            return replace(run, failure=f"the bucket did not get the file, but {stored and stored['size']}")
        figures = {
            "cpu_per_gb": told["cpu"] / self._file.size * 1e9,
            "first_byte": seen["begun"][key] - told["began"],
            "after_source": seen["begun"][key] - seen["answered"][link],
            "gets": seen["gets"][link],
            "s3_requests": sum(seen["requests"][key].values()),
        }
        return replace(run, figures=told | figures)

    def _way(self, name: str) -> Case:
        def command() -> list[str]:
            number = next(self._numbers)
            key = f"peers/{number}.mp4"
            return [
                sys.executable,
                "-m",
                "benchmarks.moving",
                name,
                self._link(SMALL, number),
                self._link(self._file, number),
                key,
            ]

        return Case(name, command, lambda: self._theirs)

    def _measured(self) -> list[str]:
        number = next(self._numbers)
        links = (self._link(SMALL, number), self._link(self._file, number))
        return [sys.executable, "-S", "-m", "benchmarks.measured", str(number), *links]

    def _link(self, file: ResultFile, number: int) -> str:
        """A link of its own for each run, so that the source can tell them apart."""
        return f"{self._servers.at['source']}{path_of(file)}?run={number}{self._query}"

"""Runs the two processes of the measurement: the servers, and for each case a fresh one that is measured."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from benchmarks.limits import UNLIMITED, Limits
from benchmarks.sink import NAME
from benchmarks.source import UNANNOUNCED, path_of
from sandbox.provider.media import ResultFile
from tests.template import properties, source

ROOT = Path(__file__).parents[1]
UNUSED = {  # wired, but a transfer that succeeds asks none of them: whoever did would fail
    "VIDEOS_TABLE": "in-memory",
    "TRANSFER_QUEUE_URL": "https://127.0.0.1:9/queue",
    "APIXO_BASE_URL": "https://127.0.0.1:9/api",
    "MODELLIX_BASE_URL": "https://127.0.0.1:9/api",
    "PARAMETER_PATH": "/reelhook/benchmark",
}
SETTINGS = {  # what follows from more than a parameter
    "STAGE": "benchmark",
    "POWERTOOLS_SERVICE_NAME": "reelhook",
    "POWERTOOLS_METRICS_NAMESPACE": "Reelhook",
    "CA_BUNDLE": "amazon",
}


def as_deployed(function: str) -> dict[str, str]:
    """A function's variables whose values are parameters of the template, as these come."""
    parameters = source()["Parameters"]
    variables = properties(function)["Environment"]["Variables"]
    return {
        name: str(parameters[value["Ref"]]["Default"])
        for name, value in variables.items()
        if isinstance(value, dict) and value.get("Ref") in parameters
    }


class TransferFailed(Exception):  # noqa: N818  # a finding, not an error
    """What the measured process said before it gave up."""


@contextmanager
def running_servers(limits: Limits = UNLIMITED) -> Iterator["Servers"]:
    """The servers, while this lasts."""
    with tempfile.TemporaryDirectory() as folder:
        authorities = Path(folder) / "authorities.pem"
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.servers", str(authorities), json.dumps(asdict(limits))],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:  # leaving it ends its input, and so it
            yield Servers(cast(IO[str], child.stdin), cast(IO[str], child.stdout), authorities)


class Servers:
    """The child process with the source and the bucket."""

    def __init__(self, to_child: IO[str], from_child: IO[str], authorities: Path) -> None:
        self._to_child, self._from_child, self.authorities = to_child, from_child, authorities
        self.at: dict[str, str] = self._line()

    def seen(self) -> dict[str, Any]:
        """What both servers have been asked for, and what they have."""
        self._to_child.write("\n")
        self._to_child.flush()
        return self._line()

    def transferred(
        self, number: int, small: ResultFile, file: ResultFile, *, announced: bool
    ) -> dict[str, Any]:
        """The figures of a fresh process that transfers both files; runs of different numbers share no video."""
        links = [self.at["source"] + path_of(each) for each in (small, file)]
        links[1] += "" if announced else UNANNOUNCED
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.measured", str(number), *links],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        if done.returncode:
            raise TransferFailed(done.stdout)
        figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return figures

    def environment(self) -> dict[str, str]:
        """A Lambda's, with nothing of this user's AWS account or proxies."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return (
            kept
            | as_deployed("TransferVideo")
            | SETTINGS
            | UNUSED
            | {
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
                "AWS_REGION": "eu-west-1",
                "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "benchmark",
                "AWS_SECRET_ACCESS_KEY": "benchmark",
                "AWS_CONFIG_FILE": os.devnull,
                "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
                "AWS_ENDPOINT_URL_S3": self.at["s3"],
                "AWS_CA_BUNDLE": str(self.authorities),
                "SSL_CERT_FILE": str(self.authorities),
                "MEDIA_BUCKET": NAME,
                "RESULT_ORIGINS": self.at["source"],
            }
        )

    def _line(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self._from_child.readline())
        return line

"""MiniStack as a child of the sandbox, on a free loopback port, with IAM enforced."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.options import ACCOUNT, REGION, ROOT

FOLDERS = ("s3", "state", "tmp")
INHERITED = ("PATH", "LANG", "HOME", "SANDBOX_RECORD_IAM")  # the last asks for the home's iam.jsonl
OUR_LAYERS = (ROOT / "layers/reelhook",)  # third-party packages come from this environment
# A burst leaves a process per concurrent invocation; one per function stays, the others this long.
IDLE_SECONDS = 20
START_SECONDS = 30
STOP_SECONDS = 5


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Emulator:
    """The emulated AWS account of one run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, for_functions: Mapping[str, str]) -> None:
        """Start it; `for_functions` reaches every function process by inheritance."""
        for folder in FOLDERS:
            shutil.rmtree(self.home / folder, ignore_errors=True)
            (self.home / folder).mkdir(parents=True)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__).with_name("ministack_process.py"))],
                cwd=self.home,
                env=self._environment() | dict(for_functions),
                stdin=subprocess.PIPE,  # its end is how the child learns that we are gone
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches only the sandbox, which stops in order
            )

    @property
    def log(self) -> Path:
        """What the emulator says."""
        return self.home / "ministack.log"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running child."""
        if self._process is None:
            raise SandboxError("The emulator has not been started.")
        return self._process

    def wait_until_ready(self) -> None:
        """Return once it answers."""
        until = time.monotonic() + START_SECONDS
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise SandboxError(f"The emulator ended at its start:\n{self.log.read_text()[-2000:]}")
            try:
                opener.open(f"{self.url}/_ministack/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise SandboxError(f"The emulator did not answer within {START_SECONDS} s; see {self.log}.")

    def stop(self) -> None:
        """End it and every function process; nothing in it is worth keeping."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._wait_until_all_ended(self._process.pid)
        for folder in FOLDERS:
            shutil.rmtree(self.home / folder, ignore_errors=True)

    @staticmethod
    def _wait_until_all_ended(group: int) -> None:
        """The functions' processes are not our children: they are gone once somebody else has collected them."""
        until = time.monotonic() + STOP_SECONDS
        with contextlib.suppress(ProcessLookupError):
            while time.monotonic() < until:
                os.killpg(group, 0)
                time.sleep(0.005)

    def _environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return inherited | {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_REGION": REGION,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "AUTH": "true",
            "S3_PERSIST": "1",  # objects on disk: the emulator's memory falls back after large ones
            "S3_DATA_DIR": str(self.home / "s3"),
            "STATE_DIR": str(self.home / "state"),
            "TMPDIR": str(self.home / "tmp"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": "unix:///nonexistent",
            "LAMBDA_WARM_TTL_SECONDS": str(IDLE_SECONDS),
            # Inherited by every function process:
            "AWS_ENDPOINT_URL": self.url,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "SANDBOX_LAYERS": os.pathsep.join(map(str, OUR_LAYERS)),
        }

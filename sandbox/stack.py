"""A running sandbox for whoever uses it: what stack.json says, and a way to start one of one's own."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.clients import Clients
from sandbox.errors import SandboxError
from sandbox.lock import holder
from sandbox.options import PARAMETER_PATH, REGION, ROOT, STACK_NAME

START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class Stack:
    """Addresses and names of a running sandbox: the content of stack.json."""

    api_url: str
    callback_url: str
    api_key: str
    aws_endpoint_url: str
    s3_tls_url: str  # the same S3 over TLS, as the functions that transfer see it
    ca_bundle: str
    media_bucket: str
    inbox_bucket: str
    table: str
    accounts_table: str
    transfer_queue_url: str
    transfer_dead_letters_url: str
    failed_events_url: str
    provider_url: str
    simulated: bool  # whether the provider is ours, with control endpoints below /_simulator/
    parameters: dict[str, str]  # of the template, defaults included
    functions: dict[str, str]  # logical id -> name
    log_groups: dict[str, str]  # logical id -> name
    ministack: int  # process id; the functions' processes are its children
    home: str
    webhook_queue_url: str = ""
    receiver_url: str = ""  # takes webhooks, and shows what it was sent: sandbox/receiver.py
    region: str = REGION
    stack_name: str = STACK_NAME
    parameter_path: str = PARAMETER_PATH
    pid: int = field(default_factory=os.getpid)

    def write(self, file: Path) -> None:
        """Put it where tools look for it, at once or not at all, for this user only."""
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self), indent=2) + "\n")
        draft.chmod(0o600)
        draft.replace(file)

    @classmethod
    def read(cls, file: Path) -> Self:
        """What a running sandbox wrote."""
        content = json.loads(file.read_text())
        return cls(**{known.name: content[known.name] for known in fields(cls)})

    def clients(self) -> Clients:
        """Clients that act as the administrator of the emulated account."""
        return Clients(self.aws_endpoint_url, self.region)


def running_stack(home: Path) -> Stack | None:
    """The sandbox that is ready in this home folder, if there is one."""
    if holder(home) is None:
        return None
    try:
        return Stack.read(home / "stack.json")
    except FileNotFoundError:
        return None


class Sandbox:
    """Starts a sandbox in a child process, and ends it with the block, or with this process at the latest."""

    def __init__(
        self,
        home: Path,
        *,
        port: int = 0,
        parameters: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._home = home
        self._environment = {**os.environ, "SANDBOX_HOME": str(home), "SANDBOX_PORT": str(port)}
        if parameters is not None:  # else what the environment says
            words = [f"{name}={value}" for name, value in parameters.items()]
            self._environment["SANDBOX_PARAMETERS"] = shlex.join(words)
        self._environment |= environment or {}
        self._log = home / "up.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Stack:
        """Bring it up and wait until it is ready."""
        self._home.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sandbox.up", "--end-with-stdin"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,  # closed by our end, however that comes
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is ours to pass on
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise SandboxError(self._log.read_text().strip() or "The sandbox ended at its start.")
            stack = running_stack(self._home)
            if stack is not None and stack.pid == self._process.pid:
                return stack
            time.sleep(0.02)
        self.stop()
        raise SandboxError(f"The sandbox was not ready within {START_SECONDS} s; see {self._log}.")

    def stop(self) -> None:
        """End it and wait until nothing of it is left."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the emulator follows by itself
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def __enter__(self) -> Stack:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

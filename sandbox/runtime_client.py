"""How the emulator gets processes of functions from runtime.py, in the shape of `subprocess.Popen`."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.function_output import FunctionOutput

ENDED = 1  # how it ended is not told
REPLY_BYTES = 32


class FunctionProcess:
    """One environment of a function; what the emulator uses of `subprocess.Popen`."""

    def __init__(self, pid: int, handle: int, output: int) -> None:
        self.pid, self.stdout = pid, FunctionOutput(output)
        self.stdin = self.stderr = None
        self.returncode: int | None = None
        self._handle, self._lock = handle, threading.Lock()

    def poll(self) -> int | None:
        """None as long as it runs."""
        self._look(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises `subprocess.TimeoutExpired`."""
        self._look(None if timeout is None else int(timeout * 1000))
        if self.returncode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _send(self, one: signal.Signals) -> None:
        with self._lock, contextlib.suppress(ProcessLookupError):
            if self.returncode is None:
                signal.pidfd_send_signal(self._handle, one)

    def _look(self, milliseconds: int | None) -> None:
        with self._lock:
            if self.returncode is not None:
                return
            end = select.poll()
            end.register(self._handle, select.POLLIN)
            if end.poll(milliseconds):
                self.returncode = ENDED
                os.close(self._handle)


class Runtime:
    """The running runtime.py of this emulator. It ends with this process."""

    def __init__(self) -> None:
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        with other:
            subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__).with_name("runtime.py"))],
                stdin=other.fileno(),
                env={**os.environ, "PYTHONPATH": ""},
            )

    def start(self, folder: str, environment: Mapping[str, str]) -> FunctionProcess:
        """A new process of a function; raises `OSError` if there is none to be had."""
        output, inside = os.pipe()
        request = json.dumps({"folder": folder, "environment": dict(environment)}).encode()
        try:
            with self._lock:
                socket.send_fds(self._socket, [request], [inside])
                reply, handles, _, _ = socket.recv_fds(self._socket, REPLY_BYTES, 1)
        finally:
            os.close(inside)
        if not handles:
            os.close(output)
            raise OSError("the function's process ended at once" if reply else "the runtime is gone")
        return FunctionProcess(int(reply), handles[0], output)


class SubprocessOfFunctions:
    """Stands in for the module `subprocess` where the emulator starts a function's bootstrap; all else is as it was."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def Popen(self, command: list[str], **about: Any) -> Any:  # noqa: N802 - the name that it stands in for
        """A process from the runtime if it is a bootstrap that is asked for."""
        if Path(command[0]).name == "bootstrap":
            return self._runtime.start(about["cwd"], about["env"])
        start: Any = subprocess.Popen
        return start(command, **about)

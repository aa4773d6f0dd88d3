"""One sandbox per home folder: a lock that ends with its process, however that ends."""

import fcntl
import os
import time
from pathlib import Path
from typing import TextIO

from sandbox.errors import SandboxError


def take(home: Path) -> TextIO:
    """Hold the home folder until this process ends; keep the returned file open."""
    home.mkdir(parents=True, exist_ok=True)
    file = (home / "lock").open("a+")
    for attempt in range(5):  # somebody who only looks holds it for an instant
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if attempt == 4:
                raise SandboxError(
                    f"A sandbox is already running here (process {_written(file)}); `make stop` ends it."
                ) from None
            time.sleep(0.02)
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def holder(home: Path) -> int | None:
    """The process that runs a sandbox in this home folder, if any."""
    try:
        file = (home / "lock").open("r+")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _written(file)
    return None


def _written(file: TextIO) -> int:
    for _ in range(50):  # taken an instant ago, not yet written
        file.seek(0)
        if text := file.read().strip():
            return int(text)
        time.sleep(0.01)
    return 0

"""The Makefile's commands, run as an operator runs them: in a process of their own."""

import os
import subprocess
from pathlib import Path

from tests.integration.driving import Driver

ROOT = Path(__file__).parents[2]


def make(stack: Driver, *words: str) -> str:
    """What a command of the Makefile says."""
    environment = {**os.environ, "TARGET": "sandbox", "SANDBOX_HOME": stack.stack.home}
    done = subprocess.run(
        ["make", "-s", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr

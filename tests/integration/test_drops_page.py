"""The page on drops: its commands, run as they stand there by the AWS CLI."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from operations.sam import ROOT
from tests.images import a_png
from tests.integration.driving import Driver

pytestmark = pytest.mark.prove("fetches the AWS CLI")

AWS_CLI = "awscli==1.46.3"
PAGE = (ROOT / "docs" / "drops.md").read_text()


def commands() -> str:
    """The first block, without its prompts."""
    [block, *_] = re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return re.sub(r"^\$ ", "", block, flags=re.MULTILINE)


def test_the_pages_commands_make_a_video_of_a_dropped_image(stack: Driver, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    (tmp_path / ".sandbox").mkdir()
    tools.mkdir()
    (tmp_path / ".sandbox" / "stack.json").symlink_to(Path(stack.stack.home, "stack.json"))
    (tmp_path / "still.png").write_bytes(a_png())
    uvx = ROOT / ".tools" / "bin" / "uvx"
    for name, run in (("aws", f"{uvx} --quiet --from {AWS_CLI} aws"), ("make", f"/usr/bin/make -C {ROOT}")):
        (tools / name).write_text(f'#!/bin/sh\nexec {run} "$@"\n')
        (tools / name).chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "TARGET": "sandbox",
        "SANDBOX_HOME": stack.stack.home,
        "NO_PROXY": "127.0.0.1",
    }
    stack.open_gate()

    done = subprocess.run(
        ["bash", "-eu", "-c", commands()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    stack.secrets[(tmp_path / "key.txt").read_text().strip()] = "an API key"
    assert done.returncode == 0, done.stdout + done.stderr
    (outcome,) = [json.loads(file.read_text()) for file in tmp_path.glob("video_*.json")]
    assert outcome["artifacts"][0]["key"] == f"videos/{outcome['id']}/0.mp4"
    assert alike(outcome) == alike(shown())


def shown() -> dict[str, Any]:
    """The outcome on the page."""
    blocks = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (outcome,) = [json.loads(block) for block in blocks if "drop.outcome" in block]
    return dict(outcome)


def alike(outcome: dict[str, Any]) -> str:
    """What is the same each time: ids, names of buckets and times are not."""
    text = json.dumps(outcome, indent=1)
    return re.sub(r"video_[a-z2-7]{26}|reelhook-[a-z]+-[0-9a-f]+|\b1\d{9}\b", "...", text)

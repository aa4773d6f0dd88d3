"""The examples of docs/mobile.md do what they say: each block is run as it stands there."""

import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.images import a_png
from tests.integration.driving import Driver
from tests.template import ROOT

BLOCKS = dict(re.findall(r"```(\w+)\n(.+?)```", (ROOT / "docs" / "mobile.md").read_text(), re.DOTALL))
RUN = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable], "js": ["node"]}
NEEDS = {"sh": ("curl", "jq"), "python": (), "js": ("node",)}
FIVE_MB = 5_000_000


def test_there_is_an_example_for_each_of_them() -> None:
    assert set(BLOCKS) == set(RUN)


@pytest.mark.prove("runs node, curl and python")
@pytest.mark.parametrize(("language", "padding"), [("sh", FIVE_MB), ("python", 1_000), ("js", 1_000)])
def test_an_example_uploads_creates_waits_and_downloads(
    stack: Driver, tmp_path: Path, language: str, padding: int
) -> None:
    if missing := [tool for tool in NEEDS[language] if shutil.which(tool) is None]:
        pytest.skip(f"{missing} is not on this machine")
    photo, out = tmp_path / "photo.png", tmp_path / "video.mp4"
    photo.write_bytes(a_png(padding))
    script = tmp_path / f"example.{'mjs' if language == 'js' else language}"
    script.write_text(BLOCKS[language])
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()} | {
        "URL": stack.stack.api_url,
        "TOKEN": stack.stack.api_key,
        "PHOTO": str(photo),
        "WISH": secrets.token_urlsafe(12),
        "OUT": str(out),
        "PAUSE": "0.3",
    }

    done = subprocess.run(
        [*RUN[language], str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert out.read_bytes()[4:8] == b"ftyp"
    (task,) = stack.provider.tasks()
    (link,) = task["body"]["input"]["image_urls"]
    stack.secrets[link] = "a presigned link"
    assert re.search(r"/references/sandbox/uploads/file_[a-z2-7]{26}\?.*versionId=", link)

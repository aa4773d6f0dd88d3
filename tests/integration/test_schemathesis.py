"""Schemathesis against the whole API: whatever it thinks of, the answer is as the document says (schemathesis.toml)."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reelhook.api.routes import ROUTES
from tests.integration.driving import Driver
from tests.template import ROOT

PROVE = pytest.mark.prove("a minute of requests")
EXAMPLES = 400 if "LONG" in os.environ else 20
SEED = os.environ.get("SEED", "20261121")
CONFIG = Path(__file__).with_name("schemathesis.toml")
PHASES = ("examples", "coverage", "fuzzing", "stateful")


@PROVE
def test_schemathesis_finds_nothing(
    stack: Driver, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    # Every video is completed by the time it is answered: so there is content to ask for, and something to delete.
    stack.provider.behave(generate_seconds=0, callback={"when": "early"})
    said = schemathesis(stack, tmp_path)

    told = json.loads((tmp_path / "told.json").read_text())
    record_property("schedules", told["test_cases"]["generated"])
    assert told["failures"] == told["errors"] == [], said
    assert {name: told["phases"][name]["status"] for name in PHASES} == dict.fromkeys(PHASES, "success")
    operations = sum(map(len, ROUTES.values()))
    assert (told["operations"]["tested"], told["operations"]["skipped"]) == (operations, 0)
    assert told["complete"]
    after = list(asked_after_deletion(tmp_path / "asked.har"))
    assert after, "no request for a deleted video: use_after_free checked nothing"
    assert {status for status, query in after if not query} == {404}
    assert {status for status, _ in after} <= {400, 404}, "a query may be wrong, which is told first"


def schemathesis(stack: Driver, home: Path) -> str:
    """One run with a valid key; what it printed."""
    command = [
        *(
            ROOT / ".venv" / "bin" / "schemathesis",
            "--config-file",
            CONFIG,
            "run",
            ROOT / "docs" / "openapi.json",
        ),
        *("--url", stack.stack.api_url, "--header", f"Authorization: Bearer {stack.stack.api_key}"),
        *("--max-examples", EXAMPLES, "--seed", SEED, "--report", "json,har"),
        *("--report-json-path", home / "told.json", "--report-har-path", home / "asked.har"),
    ]
    ended = subprocess.run(
        [str(each) for each in command],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (home / "told.json").exists(), ended.stdout + ended.stderr
    return ended.stdout


def asked_after_deletion(har: Path) -> Iterator[tuple[int, str]]:
    """The status and query of each request with a key for a video that was deleted before."""
    gone = set[str]()
    for entry in json.loads(har.read_text())["log"]["entries"]:
        request, status = entry["request"], entry["response"]["status"]
        parts = urlsplit(request["url"]).path.split("/")
        video_id = parts[3] if len(parts) > 3 else ""
        if video_id in gone and status not in (401, 405):
            yield status, urlsplit(request["url"]).query
        if request["method"] == "DELETE" and status == 200:
            gone.add(video_id)

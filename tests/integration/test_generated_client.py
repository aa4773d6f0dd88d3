"""A client that a generator made of docs/openapi.json, and nobody wrote: it asks, waits, and gets its file."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.images import a_png
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until
from tests.openapi import DOCUMENT
from tests.template import ROOT

NAME = "reelhook_client"


pytestmark = pytest.mark.prove("generates a client")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The generated package, importable; a warning of its generator, as of a route it leaves out, fails."""
    home = tmp_path_factory.mktemp("generated")
    (home / "config.yaml").write_text("post_hooks: []\n")  # no formatter is run over it
    command = [
        *(
            ROOT / ".venv" / "bin" / "openapi-python-client",
            "generate",
            "--fail-on-warning",
            "--meta",
            "none",
        ),
        *("--path", ROOT / "docs" / "openapi.json", "--config", home / "config.yaml"),
        *("--output-path", home / NAME),
    ]
    made = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "WARNING" not in made.stdout
    sys.path.insert(0, str(home))
    yield home / NAME
    sys.path.remove(str(home))
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]


def part(name: str) -> Any:
    """A module of the generated package."""
    return importlib.import_module(f"{NAME}.{name}")


def ask(client: Any, operation: str, *arguments: Any, **named: Any) -> Any:
    """The answer of an operation, of the type that the document gives it."""
    return part(f"api.default.{operation}").sync(*arguments, client=client, **named)


@pytest.fixture
def client(stack: Driver, generated: Path) -> Any:
    """The client as its users make it; an answer that is not documented raises."""
    assert generated.is_dir()
    stack.provider.behave(generate_seconds=0)
    return part("client").AuthenticatedClient(
        base_url=stack.stack.api_url, token=stack.stack.api_key, raise_on_unexpected_status=True
    )


def test_it_has_every_operation(generated: Path) -> None:
    documented = {one["operationId"] for path in DOCUMENT["paths"].values() for one in path.values()}
    made = {file.stem for file in generated.glob("api/*/*.py")} - {"__init__"}

    assert made == documented


def test_it_creates_waits_and_fetches_the_file(stack: Driver, client: Any) -> None:
    models = part("models")
    asked = models.VideoBody(
        prompt=PROMPT, seconds=5, metadata=models.VideoBodyMetadataType0.from_dict({"a": "b"})
    )
    video = ask(client, "create_video", body=asked, idempotency_key="generated-1")
    again = ask(client, "create_video", body=asked, idempotency_key="generated-1")
    assert again.id == video.id

    done = until(lambda: ask(client, "get_video", video.id), lambda video: video.status == "completed", 30)
    assert (done.progress, done.metadata.to_dict(), done.usage.currency) == (100, {"a": "b"}, "USD")
    link = ask(client, "get_content", video.id, redirect=False)
    stack.secrets[link.url] = "a presigned link"
    content = httpx.get(link.url, trust_env=False).content
    assert (len(content), content[4:8]) == (link.size, b"ftyp")

    assert video.id in [each.id for each in ask(client, "list_videos", limit=5).data]
    assert ask(client, "delete_video", video.id).deleted
    gone = ask(client, "get_video", video.id)
    assert (type(gone).__name__, gone.error.code) == ("GetVideoResponse404", "not_found")


def test_it_sends_a_file(client: Any) -> None:
    models, types = part("models"), part("types")
    image = types.File(payload=BytesIO(a_png()), file_name="still.png", mime_type="image/png")
    video = ask(
        client, "create_video", body=models.CreateVideoFilesBody(prompt=PROMPT, input_reference=image)
    )

    assert video.mode == "frames"

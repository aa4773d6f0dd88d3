"""docs/webhooks.md: its receivers take what is sent and nothing else, and what it names is there."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from typing import Any

import httpx
import pytest

from reelhook.adapters.webhook_target import HttpWebhookTarget
from reelhook.api.routes import ROUTES
from reelhook.api.webhook_objects import message, sample
from reelhook.domain.events import EventType
from reelhook.domain.webhooks.delivery import Answer
from reelhook.domain.webhooks.endpoint import Endpoint
from reelhook.domain.webhooks.signing import secret_of, signed_headers
from reelhook.use_cases.delivering import DELETED, DISABLED
from sandbox.parameters import WEBHOOK_SCHEDULE
from tests.openapi import faults
from tests.template import ROOT

PAGE = (ROOT / "docs" / "webhooks.md").read_text()
RECEIVERS = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
MASTER = b"m" * 32
HOOK = "we_" + "d" * 26
SAMPLE = sample(EventType.COMPLETED, "video_" + "d" * 26, time.time_ns() // 10**6)


@contextmanager
def running(code: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, Any]]]:
    """A receiver of the page, on a port of its own, and what it knows."""
    monkeypatch.setenv("WEBHOOK_SECRET", secret_of(MASTER, HOOK, 1))
    names: dict[str, Any] = {"__name__": "receiver"}
    exec(compile(code, "docs/webhooks.md", "exec"), names)  # noqa: S102 - our own page
    names["Receiver"].log_message = lambda *_: None
    with HTTPServer(("127.0.0.1", 0), names["Receiver"]) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", names
        server.shutdown()


@pytest.mark.parametrize("code", RECEIVERS, ids=["standardwebhooks", "openai"])
def test_a_receiver_takes_what_is_signed_once_and_refuses_the_rest(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now, body = time.time_ns() // 10**6, message(SAMPLE).encode()
    endpoint = Endpoint(HOOK, "mine", "", ("video.completed",), now, now)
    headers = signed_headers(MASTER, endpoint, SAMPLE.id, body, now)
    with running(code, monkeypatch) as (url, names):
        target = HttpWebhookTarget((url,))
        assert [target.post(f"{url}/in", headers, body) for _ in range(2)] == [Answer(204)] * 2
        assert target.post(f"{url}/in", headers, body + b" ") == Answer(400)
        stale = signed_headers(MASTER, endpoint, SAMPLE.id, body, now - 400_000)
        assert target.post(f"{url}/in", stale, body) == Answer(400)
        unsigned = {**headers, "webhook-signature": "v1,AAAA"}
        assert httpx.post(f"{url}/in", headers=unsigned, content=body, trust_env=False).status_code == 400

    assert names["handled"] == {SAMPLE.id}
    assert capsys.readouterr().out == f"video.completed {SAMPLE.video.video_id}\n"


def test_there_are_both_receivers() -> None:
    assert len(RECEIVERS) == 2


def test_the_page_names_every_route_of_webhooks() -> None:
    rows = "\n".join(re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE))
    for path, methods in ROUTES.items():
        if "webhook" not in path:
            continue
        last = path.partition("{webhook_endpoint_id}")[2]
        for method in methods:
            short = f"{method} ...{last}" if last else f"{method} {path.replace('webhook_endpoint_id', 'id')}"
            assert short in rows, short


def test_an_event_is_as_the_document_and_the_page_say() -> None:
    schema = {"$ref": "#/components/schemas/WebhookEvent"}
    for kind in EventType:
        told = json.loads(message(sample(kind, "video_" + "d" * 26, 1_796_117_655_000)))
        assert faults(schema, told) == []
    [shown] = re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)
    assert list(json.loads(shown)) == list(told)


def test_the_page_names_every_problem_of_the_log() -> None:
    target = (ROOT / "layers/reelhook/reelhook/adapters/webhook_target.py").read_text()
    found = {*re.findall(r'problem="([a-z_]+)"', target), *re.findall(r'RefusedError\("([a-z_]+)"', target)}

    assert len(found) == 6
    for problem in {*found, DELETED, DISABLED}:
        assert f"`{problem}`" in PAGE.partition("`last_problem`")[2].partition("##")[0], problem


def test_the_page_tells_the_sandboxs_schedule() -> None:
    *most, last = WEBHOOK_SCHEDULE.split(",")
    assert f"{', '.join(most)} and {last} s" in PAGE.replace("\n", " ")

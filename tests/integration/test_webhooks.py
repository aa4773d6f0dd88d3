"""Webhooks on the real template: the official SDK makes an endpoint, and what comes there is genuine, whole and once enough."""

import json
import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import BadRequestError, NotFoundError, OpenAI
from openai.types.webhooks import WebhookEndpointWithSecret
from standardwebhooks import Webhook

from tests.integration.auditing import assert_refused
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until
from tests.template import ROOT

type Came = dict[str, Any]


class Hooked:
    """An owner of its own with the official SDK, and the sandbox's receiver."""

    def __init__(self, stack: Driver) -> None:
        self.stack, self.name = stack, f"hook-{secrets.token_hex(4)}"
        self.api = stack.client_of(self.name)
        key = self.api.headers["authorization"].removeprefix("Bearer ")
        self.sdk = OpenAI(base_url=f"{stack.stack.api_url}/v1", api_key=key, max_retries=0)
        self.url = f"{stack.stack.receiver_url}/{self.name}"
        stack.secrets[query := secrets.token_hex(16)] = "the query of a webhook's URL"
        self.hook = f"{self.url}?key={query}"

    def create(self, *event_types: Any) -> WebhookEndpointWithSecret:
        """A new endpoint."""
        made = self.sdk.webhooks.create(
            name="mine", url=self.hook, event_types=list(event_types or ("video.completed",))
        )
        self.stack.secrets[made.signing_secret] = "a webhook's secret"
        return made

    def video(self) -> str:
        """Asks for a video; its id."""
        answer = self.api.post("/v1/videos", json={"prompt": PROMPT, "metadata": {"order": "7"}})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def answers(self, *statuses: int | list[int]) -> None:
        """How the receiver answers from here on, before it is content again: a status, perhaps after some seconds."""
        url = f"{self.stack.stack.receiver_url}/_answers/{self.name}"
        httpx.post(url, json=list(statuses), trust_env=False).raise_for_status()

    def came(self) -> list[Came]:
        """What the receiver was sent so far."""
        answer = httpx.get(f"{self.stack.stack.receiver_url}/_received/{self.name}", trust_env=False)
        found: list[Came] = answer.json()
        return found

    def until_came(self, number: int) -> list[Came]:
        """Waits until so many came, and no more."""
        found = until(self.came, lambda came: len(came) >= number, 40)
        assert len(found) == number
        return found

    def log(self, endpoint_id: str, state: str) -> Came:
        """The one delivery of an endpoint, once it has come so far."""
        path = f"/v1/webhook_endpoints/{endpoint_id}/deliveries"
        (found,) = until(
            lambda: self.api.get(path).json()["data"],
            lambda data: [each["status"] for each in data] == [state],
            20,
        )
        return dict(found)


@pytest.fixture
def hooked(stack: Driver) -> Iterator[Hooked]:
    made = Hooked(stack)
    yield made
    for endpoint in made.sdk.webhooks.list():
        made.sdk.webhooks.delete(endpoint.id)


def test_a_completed_video_is_told_once_and_both_libraries_verify_it(hooked: Hooked) -> None:
    made = hooked.create()
    video_id = hooked.video()
    (came,) = hooked.until_came(1)

    told = Webhook(made.signing_secret).verify(came["body"], came["headers"])
    event = hooked.sdk.webhooks.unwrap(came["body"], came["headers"], secret=made.signing_secret)
    assert (event.type, event.id) == ("video.completed", f"evt_{video_id}_completed")
    assert told["id"] == came["headers"]["webhook-id"] == event.id
    assert told["data"] == hooked.api.get(f"/v1/videos/{video_id}").json()
    assert came["headers"]["content-type"] == "application/json"
    logged = hooked.log(made.id, "delivered")
    assert (logged["id"], logged["attempts"], logged["last_status_code"]) == (event.id, 1, 200)


def test_a_receiver_that_fails_the_first_five_tries_gets_the_event(hooked: Hooked) -> None:
    made = hooked.create("video.completed", "video.failed")
    hooked.answers(500, 503, 302, 404, 429)
    hooked.video()
    with hooked.stack.ticking("ReconcileVideos"):
        came = hooked.until_came(6)

    assert len({each["headers"]["webhook-id"] for each in came}) == 1
    assert len({each["body"] for each in came}) == 1
    assert len({each["headers"]["webhook-timestamp"] for each in came}) > 3
    for each in came:
        assert Webhook(made.signing_secret).verify(each["body"], each["headers"])
    assert hooked.log(made.id, "delivered")["attempts"] == 6


@pytest.mark.prove("waits for a lease to lapse")
def test_a_sender_that_is_killed_while_it_waits_for_the_answer_loses_nothing(hooked: Hooked) -> None:
    made = hooked.create()
    hooked.answers([10, 200])
    hooked.video()
    hooked.until_came(1)
    assert hooked.stack.kill("deliver_webhooks") >= 1
    assert hooked.log(made.id, "pending")["attempts"] == 1

    with hooked.stack.ticking("ReconcileVideos"):
        first, second = until(hooked.came, lambda came: len(came) == 2, 100)
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]
    assert second["at"] - first["at"] > 30  # its lease stood in between
    assert hooked.log(made.id, "delivered")["attempts"] == 2


def test_the_sdk_makes_shows_changes_and_deletes_endpoints(hooked: Hooked) -> None:
    made, webhooks = hooked.create(), hooked.sdk.webhooks
    assert webhooks.event_types.list().data[0] == "video.queued"
    assert [each.id for each in webhooks.list(limit=1)] == [made.id]
    assert webhooks.retrieve(made.id).signing_secret_hint == f"whsec_...{made.signing_secret[-5:-1]}"
    assert webhooks.update(made.id, name="yours", event_types=["video.failed"]).name == "yours"
    assert webhooks.retrieve(made.id).event_types == ["video.failed"]
    tried = webhooks.test(made.id, event_type="video.failed")
    assert (tried.status_code, tried.success) == (200, True)
    (came,) = hooked.came()
    event = webhooks.unwrap(came["body"], came["headers"], secret=made.signing_secret)
    assert event.id.endswith("_failed")
    assert webhooks.delete(made.id).deleted
    with pytest.raises(NotFoundError):
        webhooks.retrieve(made.id)


def test_while_a_rotation_overlaps_both_secrets_verify(hooked: Hooked) -> None:
    made = hooked.create()
    rotated = hooked.sdk.webhooks.rotate_secret(made.id, keep_old_secret_active_for_24_hours=True)
    hooked.stack.secrets[rotated.signing_secret] = "a webhook's secret"
    hooked.sdk.webhooks.test(made.id, event_type="video.completed")
    (came,) = hooked.came()

    assert len(came["headers"]["webhook-signature"].split()) == 2
    for secret in (made.signing_secret, rotated.signing_secret):
        assert hooked.sdk.webhooks.unwrap(came["body"], came["headers"], secret=secret)
        assert Webhook(secret).verify(came["body"], came["headers"])


def test_410_disables_the_endpoint_and_once_enabled_the_event_can_be_sent_again(hooked: Hooked) -> None:
    made = hooked.create()
    hooked.answers(410)
    hooked.video()
    logged = hooked.log(made.id, "failed")
    path = f"/v1/webhook_endpoints/{made.id}"
    assert hooked.api.get(path).json()["status"] == "disabled"
    again = f"{path}/deliveries/{logged['id']}/redeliver"
    assert_refused(hooked.api.post(again), 409, "endpoint_disabled")
    assert hooked.api.post(path, json={"status": "enabled"}).json()["status"] == "enabled"

    assert hooked.api.post(again).status_code == 202
    first, second = hooked.until_came(2)
    assert json.loads(first["body"]) == json.loads(second["body"])
    assert hooked.log(made.id, "delivered")["attempts"] == 2


def test_the_pages_commands_do_as_they_say(hooked: Hooked, tmp_path: Path) -> None:
    page, stack = (ROOT / "docs" / "webhooks.md").read_text(), hooked.stack
    [block] = re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    commands = re.sub(r"^\$ ", "", block, flags=re.MULTILINE)
    commands = commands.replace("localhost:8787", stack.stack.api_url).replace("/mine", f"/{hooked.name}")
    (tmp_path / ".sandbox").mkdir()
    (tmp_path / ".sandbox" / "stack.json").symlink_to(Path(stack.stack.home, "stack.json"))
    environment = {**os.environ, "KEY": str(hooked.sdk.api_key), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        ["bash", "-eu", "-c", commands],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    made = json.JSONDecoder().raw_decode(done.stdout)[0]
    stack.secrets[made["signing_secret"]] = "a webhook's secret"
    with stack.ticking("ReconcileVideos"):
        came = hooked.until_came(2)
    assert [each["answered"] for each in came] == [500, 200]
    assert Webhook(made["signing_secret"]).verify(came[1]["body"], came[1]["headers"])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/in",
        "https://127.0.0.1/in",
        "https://localhost/in",
        "https://[64:ff9b::a9fe:a9fe]/",
    ],
)
def test_what_the_operator_did_not_list_is_refused(hooked: Hooked, url: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        hooked.sdk.webhooks.create(name="no", url=url, event_types=["video.failed"])
    assert refused.value.param == "url"


def test_a_change_of_url_is_held_to_the_same_rule(hooked: Hooked) -> None:
    made, emulator = hooked.create(), hooked.stack.stack.aws_endpoint_url
    answer = hooked.api.post(f"/v1/webhook_endpoints/{made.id}", json={"url": f"{emulator}/hidden"})

    assert_refused(answer, 400, "invalid_request")
    assert hooked.api.get(f"/v1/webhook_endpoints/{made.id}").json()["url"] == hooked.hook

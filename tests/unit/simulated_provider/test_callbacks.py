"""Callbacks: the documented delivery and retries, and every way they can be wrong."""

import itertools
import json
import time
from typing import Any

import pytest

from tests.unit.simulated_provider.client import Client
from tests.unit.simulated_provider.receiver import Receiver

PATH = "/callbacks/video_1/Tok3n"


def test_a_callback_is_the_status_envelope(client: Client, receiver: Receiver) -> None:
    task_id = client.finished(receiver.url)
    path, body = receiver.next()
    assert path == PATH
    assert body == client.look_up(task_id).json
    assert body["data"]["state"] == "success"


def test_only_200_counts_and_the_retries_follow_the_documented_schedule(
    client: Client, receiver: Receiver
) -> None:
    moved = (302, {"Location": receiver.url.replace("Tok3n", "elsewhere")})
    receiver.answers = [(500, {}), (201, {}), moved, (404, {})]
    client.finished(receiver.url)
    assert [receiver.next()[0] for _ in range(4)] == [PATH] * 4
    client.simulator.stop()
    deliveries = client.simulator.journal.deliveries()
    assert [delivery["attempt"] for delivery in deliveries] == [1, 2, 3, 4]
    waits = [later["started_at"] - earlier["ended_at"] for earlier, later in itertools.pairwise(deliveries)]
    for wait, documented in zip(waits, [30, 120, 600], strict=True):
        assert documented * 0.001 <= wait < documented


def test_a_delivered_callback_is_not_repeated(client: Client, receiver: Receiver) -> None:
    receiver.answers = [(503, {})]
    task_id = client.finished(receiver.url)
    receiver.next()
    receiver.next()
    client.control(f"tasks/{task_id}/deliver", {})
    attempts = [(entry["attempt"], entry["status"]) for entry in client.control("deliveries")]
    assert attempts == [(1, 503), (2, 200), (1, 200)]
    assert client.control("ledger")["tasks"][0]["delivered"]


def test_nobody_listening_is_recorded_without_the_url(client: Client, receiver: Receiver) -> None:
    receiver.close()
    client.control("behaviour", {"callback": {"when": "never"}})
    task_id = client.finished(receiver.url)
    (delivery,) = client.control(f"tasks/{task_id}/deliver", {})["deliveries"]
    assert (delivery["status"], delivery["error"]) == (None, "ConnectionRefusedError")
    told = [client.control(path) for path in ("ledger", "deliveries", "requests")]
    assert "Tok3n" not in str(told)


def test_an_early_callback_comes_before_the_submits_answer(client: Client, receiver: Receiver) -> None:
    client.control("behaviour", {"next": {"callback": {"when": "early"}}})
    answer = client.submit(callback_url=receiver.url)
    _, body = receiver.arrived.get_nowait()
    assert json.loads(body)["data"]["taskId"] == answer.json["data"]["taskId"]
    (submit,), (delivery,) = client.control("requests"), client.control("deliveries")
    assert submit["started_at"] <= delivery["started_at"] <= delivery["ended_at"] <= submit["ended_at"]


@pytest.mark.parametrize("parallel", [False, True])
def test_copies_and_claimed_states_are_sent_in_order(
    client: Client, receiver: Receiver, parallel: bool
) -> None:
    told = {"copies": 2, "states": ["success", "processing"], "parallel": parallel}
    client.control("behaviour", {"callback": told})
    client.finished(receiver.url)
    states = [receiver.next()[1]["data"]["state"] for _ in range(4)]
    assert (sorted(states) if parallel else states[:2]) == (
        ["processing"] * 2 + ["success"] * 2 if parallel else ["success", "processing"]
    )


def test_a_late_callback_waits(client: Client, receiver: Receiver) -> None:
    client.control("behaviour", {"callback": {"late_seconds": 0.2}})
    task_id = client.finished(receiver.url)
    ended = client.control("ledger")["tasks"][0]["finished_at"]
    receiver.next()
    assert time.time() - ended >= 0.2
    assert client.look_up(task_id).json["data"]["state"] == "success"


def test_a_forgotten_task_sends_nothing_more(client: Client, receiver: Receiver) -> None:
    client.control("behaviour", {"callback": {"late_seconds": 0.1}})
    client.finished(receiver.url)
    client.control("reset", {"tasks": True})
    second = client.finished(receiver.url)
    assert receiver.next()[1]["data"]["taskId"] == second
    assert [entry["task_id"] for entry in client.control("ledger")["tasks"]] == [second]


def test_a_forged_callback_has_another_token_task_state_and_links(client: Client, receiver: Receiver) -> None:
    client.control("behaviour", {"callback": {"when": "never"}})
    task_id = client.submit(callback_url=receiver.url).json["data"]["taskId"]
    links = ["https://evil.example.com/a.mp4"]
    told = {"token": "wrong", "task_id": "other", "states": ["success"], "result_urls": links}
    client.control(f"tasks/{task_id}/deliver", told)
    path, body = receiver.next()
    assert path == "/callbacks/video_1/Aok3n"
    assert (body["data"]["taskId"], json.loads(body["data"]["resultJson"])) == (
        "other",
        {"resultUrls": links},
    )
    assert client.look_up(task_id).json["data"]["state"] == "pending"


@pytest.mark.parametrize("kind", ["wrong_type", "cut", "oversized", "empty", "flat"])
def test_a_callbacks_body_can_be_broken(client: Client, receiver: Receiver, kind: str) -> None:
    client.control("behaviour", {"callback": {"body": kind, "body_bytes": 70_000}})
    task_id = client.finished(receiver.url)
    body = receiver.arrived.get(timeout=5)[1]
    checks: dict[str, Any] = {
        "wrong_type": lambda: isinstance(json.loads(body)["data"], list),
        "cut": lambda: body.startswith(b'{"code"') and not body.endswith(b"}"),
        "oversized": lambda: len(body) == 70_000 and json.loads(body)["data"]["taskId"] == task_id,
        "empty": lambda: body == b"",
        "flat": lambda: json.loads(body)["taskId"] == task_id,
    }
    assert checks[kind]()

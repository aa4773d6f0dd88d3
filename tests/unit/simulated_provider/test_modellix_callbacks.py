"""Modellix's callbacks: their headers, a body like the look-up's, what counts as delivered, and running without any."""

import itertools
import queue
from typing import Any

import pytest

from tests.unit.simulated_provider.modellix_client import ModellixClient
from tests.unit.simulated_provider.receiver import HANG_UP, Receiver

PATH = "/callbacks/video_1/Tok3n"


def told(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.startswith("X-Modellix-")}


@pytest.mark.parametrize(
    ("outcome", "event"),
    [
        ({}, "prediction.task.succeeded"),
        ({"fail_code": "InputRisk"}, "prediction.task.failed"),
        ({"canceled": True}, "prediction.task.canceled"),
    ],
)
def test_a_callback_is_the_look_ups_answer_with_headers(
    modellix: ModellixClient, receiver: Receiver, outcome: dict[str, Any], event: str
) -> None:
    modellix.control("behaviour", {"modellix": {"outcome": outcome}})
    task_id = modellix.finished(receiver.url)
    path, body = receiver.next()
    assert path == PATH
    assert body == modellix.look_up(task_id).json
    headers = told(receiver.headers[0])
    assert headers.pop("X-Modellix-Delivery-ID")
    assert headers == {
        "X-Modellix-Event": event,
        "X-Modellix-Task-ID": task_id,
        "X-Modellix-Retry-Count": "0",
    }


def test_load_and_errors_are_retried_with_the_same_delivery_id_and_a_count(
    modellix: ModellixClient, receiver: Receiver
) -> None:
    receiver.answers = [(429, {}), (500, {}), (503, {}), (599, {})]
    modellix.finished(receiver.url)
    for _ in range(4):
        receiver.next()
    modellix.simulator.stop()
    headers = [told(each) for each in receiver.headers]
    assert [each["X-Modellix-Retry-Count"] for each in headers] == ["0", "1", "2", "3"]
    assert len({each["X-Modellix-Delivery-ID"] for each in headers}) == 1
    deliveries = modellix.simulator.journal.deliveries()
    waits = [later["started_at"] - earlier["ended_at"] for earlier, later in itertools.pairwise(deliveries)]
    for wait, planned in zip(waits, [10, 60, 300], strict=True):
        assert planned * 0.001 <= wait < planned


@pytest.mark.parametrize(
    ("status", "delivered"), [(200, True), (202, True), (204, True), (302, False), (400, False), (404, False)]
)
def test_any_2xx_is_a_delivery_and_nothing_else_below_500_is_retried(
    modellix: ModellixClient, receiver: Receiver, status: int, delivered: bool
) -> None:
    receiver.answers = [(status, {})]
    modellix.finished(receiver.url)
    receiver.next()
    with pytest.raises(queue.Empty):
        receiver.arrived.get(timeout=0.05)  # a retry is due after 0.01 s
    (entry,) = modellix.control("ledger")["tasks"]
    assert entry["delivered"] is delivered


def test_a_connection_that_breaks_is_retried(modellix: ModellixClient, receiver: Receiver) -> None:
    receiver.answers = [(HANG_UP, {})] * 3
    modellix.finished(receiver.url)
    for _ in range(4):
        receiver.next()
    deliveries = modellix.control("deliveries")
    assert [entry["attempt"] for entry in deliveries] == [1, 2, 3, 4]
    assert [entry["error"] for entry in deliveries[:3]] == ["RemoteDisconnected"] * 3


def test_without_the_header_no_callback_is_sent(modellix: ModellixClient) -> None:
    task_id = modellix.finished()
    assert modellix.look_up(task_id).json["data"]["status"] == "success"
    assert "error" in modellix.control(f"tasks/{task_id}/deliver", {})
    assert modellix.control("deliveries") == []


def test_webhooks_can_be_switched_off_and_look_ups_are_counted(
    modellix: ModellixClient, receiver: Receiver
) -> None:
    modellix.control("behaviour", {"modellix": {"callback": {"when": "never"}}})
    task_id = modellix.finished(receiver.url)
    for _ in range(3):
        modellix.look_up(task_id)
    assert modellix.control("deliveries") == []
    assert modellix.control("ledger")["tasks"][0]["look_ups"] == 3


def test_an_early_callback_comes_before_the_submits_answer(
    modellix: ModellixClient, receiver: Receiver
) -> None:
    modellix.control("behaviour", {"modellix": {"next": {"callback": {"when": "early"}}}})
    task_id = modellix.started(callback_url=receiver.url)
    assert receiver.next()[1]["data"]["task_id"] == task_id
    (submit,), (delivery,) = modellix.control("requests"), modellix.control("deliveries")
    assert submit["started_at"] <= delivery["started_at"] <= delivery["ended_at"] <= submit["ended_at"]


def test_copies_carry_one_delivery_id_and_forged_ones_another_task(
    modellix: ModellixClient, receiver: Receiver
) -> None:
    modellix.control("behaviour", {"callback": {"when": "never"}})
    task_id = modellix.started(callback_url=receiver.url)
    forged = {
        "token": "wrong",
        "task_id": "other",
        "states": ["success"],
        "result_urls": ["https://a.example/1"],
    }
    modellix.control(f"tasks/{task_id}/deliver", forged | {"copies": 2})
    path, body = receiver.next()
    receiver.next()
    assert path == "/callbacks/video_1/Aok3n"
    assert body["data"]["task_id"] == "other"
    assert body["data"]["result"]["resources"][0]["url"] == "https://a.example/1"
    first, second = (told(each) for each in receiver.headers)
    assert first == second
    assert (first["X-Modellix-Task-ID"], first["X-Modellix-Event"]) == ("other", "prediction.task.succeeded")
    assert modellix.look_up(task_id).json["data"]["status"] == "pending"


def test_a_callback_can_come_without_its_headers_or_with_a_broken_body(
    modellix: ModellixClient, receiver: Receiver
) -> None:
    modellix.control("behaviour", {"callback": {"when": "never"}})
    task_id = modellix.finished(receiver.url)
    modellix.control(f"tasks/{task_id}/deliver", {"headers": False, "body": "flat"})
    assert receiver.next()[1]["task_id"] == task_id
    assert told(receiver.headers[0]) == {}
    modellix.control(f"tasks/{task_id}/deliver", {"body": "wrong_type"})
    assert receiver.next()[1]["data"] == [{"task_id": 1, "status": True}]

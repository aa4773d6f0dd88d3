"""Looking a task up at Modellix: the four states, why it failed, and what goes wrong."""

from typing import Any

import pytest

from tests.unit.simulated_provider.modellix_client import FAST, PRO_FAST, PROMPT, ModellixClient

LAST_FRAME = PROMPT | {"return_last_frame": True}


def data(modellix: ModellixClient, task_id: str) -> dict[str, Any]:
    found: dict[str, Any] = modellix.look_up(task_id).json["data"]
    return found


def test_a_task_goes_through_the_documented_states(modellix: ModellixClient) -> None:
    task_id = modellix.started(model=PRO_FAST)
    waiting = {"status": "pending", "task_id": task_id, "model_id": PRO_FAST}
    assert modellix.look_up(task_id).json == {"code": 0, "message": "success", "data": waiting}
    task = modellix.simulator.ledger.find(task_id)
    assert task
    task.accepted_at -= 30  # half of its minute
    assert data(modellix, task_id) == waiting | {"status": "processing"}
    modellix.control(f"tasks/{task_id}/finish", {})
    assert data(modellix, task_id)["status"] == "success"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("error", {"error": "No faces"}),
        ("error_object", {"error": {"code": "InputRisk", "message": "No faces"}}),
        ("error_message", {"error_message": "No faces"}),
        ("message", {"message": "No faces"}),
        ("fail_reason", {"fail_reason": "No faces"}),
        ("reason", {"reason": "No faces"}),
        ("result_error", {"result": {"error": "No faces"}}),
        ("envelope", {}),
        ("nowhere", {}),
    ],
)
def test_a_failure_tells_its_reason_in_any_place(
    modellix: ModellixClient, place: str, told: dict[str, Any]
) -> None:
    outcome = {"fail_code": "InputRisk", "fail_msg": "No faces", "reason_at": place}
    modellix.control("behaviour", {"modellix": {"outcome": outcome}})
    answer = modellix.look_up(modellix.finished(model=FAST))
    plain = {"status", "task_id", "model_id", "duration"}
    assert answer.status == 200
    assert answer.json["data"]["status"] == "failed"
    assert {name: value for name, value in answer.json["data"].items() if name not in plain} == told
    assert answer.json["message"] == ("No faces" if place == "envelope" else "success")


def test_a_failure_may_be_billed_a_little(modellix: ModellixClient) -> None:
    modellix.control("behaviour", {"outcome": {"fail_code": "InputRisk", "billed": "0.0100"}})
    assert data(modellix, modellix.finished())["billing"]["amount"] == "0.0100"


def test_a_task_can_be_canceled_and_states_can_have_other_words(modellix: ModellixClient) -> None:
    modellix.control("behaviour", {"outcome": {"canceled": True}})
    task_id = modellix.finished()
    assert data(modellix, task_id)["status"] == "canceled"
    assert modellix.control("ledger")["tasks"][0]["state"] == "canceled"
    modellix.control("behaviour", {"status": {"words": {"canceled": "expired", "pending": "queued"}}})
    assert data(modellix, task_id)["status"] == "expired"
    assert data(modellix, modellix.started())["status"] == "queued"


def test_an_unknown_task_is_not_found(modellix: ModellixClient) -> None:
    answer = modellix.look_up("task-abc123")
    assert answer.status == 404
    assert answer.json == {"code": 404, "message": "Resource not found: no such task, model or provider"}


def test_look_ups_can_be_down_lag_and_come_without_links(modellix: ModellixClient) -> None:
    task_id = modellix.finished()
    told = {"down": 503, "down_times": 1, "unknown": 1, "no_links": 1, "lag_seconds": 60}
    modellix.control("behaviour", {"modellix": {"status": told}})
    first, second, third = (modellix.look_up(task_id) for _ in range(3))
    assert (first.status, first.json["message"]) == (503, "Service unavailable: circuit breaker open")
    assert second.status == 404
    assert third.json["data"]["status"] == "processing"
    modellix.control("behaviour", {"modellix": {"status": {"lag_seconds": 0}}})
    assert data(modellix, task_id)["result"]["resources"] == []
    assert len(data(modellix, task_id)["result"]["resources"]) == 1
    assert modellix.control("ledger")["tasks"][0]["look_ups"] == 5

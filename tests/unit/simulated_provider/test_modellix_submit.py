"""Submitting to Modellix: the literal paths, the key, the webhook's header, the price."""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.simulated_provider.client import HOOK
from tests.unit.simulated_provider.modellix_client import (
    EDIT,
    FAST,
    PATHS,
    PRO,
    PRO_FAST,
    PROMPT,
    SHORTEST,
    SMILE,
    ModellixClient,
)

ALL = [FAST, PRO_FAST, PRO, EDIT]


@pytest.mark.parametrize("model", ALL)
def test_each_model_is_accepted_on_its_own_path(modellix: ModellixClient, model: str) -> None:
    answer = modellix.submit(model=model)
    task_id = answer.json["data"]["task_id"]
    assert answer.status == 200
    assert answer.json == {
        "code": 0,
        "message": "success",
        "data": {
            "status": "pending",
            "task_id": task_id,
            "model_id": model,
            "get_result": {"method": "GET", "url": f"{modellix.simulator.base_url}/tasks/{task_id}"},
        },
    }
    assert modellix.call("GET", answer.json["data"]["get_result"]["url"], headers=modellix.key).status == 200


@pytest.mark.parametrize("model", ALL)
def test_the_other_spelling_of_a_path_is_not_found(modellix: ModellixClient, model: str) -> None:
    path = PATHS[model]
    other = path.removesuffix("/async") if path.endswith("/async") else f"{path}/async"
    for wrong in (other, path.replace("seedance", "Seedance"), path.replace("bytedance", "kling")):
        answer = modellix.post_path(wrong, SHORTEST[model])
        assert (answer.status, answer.json["code"]) == (404, 404)
        assert answer.json["message"].startswith("Resource not found: ")
    assert modellix.control("ledger")["tasks"] == []
    assert [entry["status"] for entry in modellix.control("requests")] == [404] * 3


@pytest.mark.parametrize("key", ["Bearer wrong", "Bearer simulated-apixo-key", "simulated-modellix-key", ""])
def test_a_wrong_key_is_answered_401(modellix: ModellixClient, key: str) -> None:
    headers = {"Authorization": key} if key else {}
    for method, path in [("POST", PATHS[FAST]), ("GET", "/tasks/task-1")]:
        answer = modellix.call(method, f"/api/v1{path}", headers=headers)
        assert answer.status == 401
        assert answer.json == {"code": 401, "message": "Authentication failed: missing or invalid API key"}


@pytest.mark.parametrize(
    ("body", "headers", "message"),
    [
        ({}, {}, "Missing required parameter: prompt"),
        (PROMPT | {"duration": 3}, {}, "Value out of range: duration"),
        (PROMPT | {"duration": "5"}, {}, "Invalid parameters: duration"),
        (PROMPT | {"audio_urls": ["a"]}, {}, "Invalid format: audio_urls"),
        (b"{", {}, "Invalid parameters: body is not JSON"),
        (PROMPT, {"Content-Type": "text/plain"}, "Invalid parameters: Content-Type must be application/json"),
        (
            PROMPT,
            {"X-Webhook-URL": "http://example.com/x"},
            "Value out of range: X-Webhook-URL must be a public HTTPS URL",
        ),
    ],
)
def test_a_wrong_request_is_answered_400_with_its_category(
    modellix: ModellixClient, body: Any, headers: dict[str, str], message: str
) -> None:
    answer = modellix.post_path(PATHS[FAST], body, headers)
    assert answer.status == 400
    assert answer.json == {"code": 400, "message": message}
    assert modellix.control("ledger") == {"tasks": [], "total": "0"}


@pytest.mark.parametrize(
    ("model", "fields", "price"),
    [
        (FAST, PROMPT, "0.69"),
        (FAST, PROMPT | {"resolution": "480p", "duration": 15}, "1.035"),
        (PRO_FAST, PROMPT, "0.2485"),  # 1080p, 5 s
        (PRO_FAST, PROMPT | {"resolution": "480p", "frames": 48}, "0.0248"),
        (PRO_FAST, PROMPT | {"resolution": "720p", "duration": 12}, "0.2976"),
        (PRO, SMILE, "0.299"),
        (PRO, SMILE | {"resolution": "1080p", "duration": 12}, "1.4352"),
        (PRO, SMILE | {"resolution": "480p", "duration": 4}, "0.1104"),
    ],
)
def test_the_ledger_charges_the_price_by_second_and_resolution(
    modellix: ModellixClient, model: str, fields: dict[str, Any], price: str
) -> None:
    task_id = modellix.started(fields, model=model)
    (entry,) = modellix.control("ledger")["tasks"]
    assert Decimal(entry["charged"]) == Decimal(price)
    assert (entry["provider"], entry["model"], entry["body"]) == ("modellix", model, fields)
    assert (entry["task_id"], entry["headers"]) == (task_id, {"Content-Type": "application/json"})


def test_a_price_that_no_page_gives_is_not_made_up(modellix: ModellixClient) -> None:
    modellix.started(model=EDIT)
    ledger = modellix.control("ledger")
    assert (ledger["tasks"][0]["charged"], ledger["total"]) == (None, "0")


def test_the_ledger_shows_that_a_webhook_was_asked_for_but_not_which(modellix: ModellixClient) -> None:
    task_id = modellix.started(callback_url=HOOK)
    ledger = modellix.control("ledger")
    assert ledger["tasks"][0]["headers"]["X-Webhook-URL"] == "(withheld)"
    assert HOOK not in str(ledger)
    assert modellix.control(f"tasks/{task_id}/callback_url") == {"callback_url": HOOK}

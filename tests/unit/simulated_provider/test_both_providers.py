"""Both providers in one simulator: what is set for one leaves the other alone, and neither knows the other's tasks."""

import json
from typing import Any

import pytest

from sandbox.provider.contract import CONTRACTS, PROVIDERS
from tests.unit.simulated_provider.client import Client
from tests.unit.simulated_provider.modellix_client import ModellixClient

NEWEST = ["PromptInvalid", "SensitiveContent", "RateLimited", "Timeout", "Unknown error"]
MIDDLE = [
    "SensitiveContentDetected",
    "InputImageSensitiveContentDetected",
    "InputOutputSensitiveContentDetected",
    "NSFW",
    "ProhibitedContentDetected",
    "PromptLengthExceeded",
]
OLDEST = [
    "CONTENT_VIOLATION",
    "NSFW_DETECTED",
    "PROMPT_TOO_LONG",
    "INVALID_PROMPT",
    "INVALID_IMAGE_URL",
    "IMAGE_TOO_LARGE",
    "UNSUPPORTED_FORMAT",
    "IMAGE_DOWNLOAD_FAILED",
    "PROCESSING_TIMEOUT",
    "MODEL_UNAVAILABLE",
    "GENERATION_FAILED",
    "INSUFFICIENT_CREDITS",
]


def test_a_behaviour_can_hold_for_one_provider(client: Client, modellix: ModellixClient) -> None:
    client.control("behaviour", {"submit": {"refuse": 503}, "modellix": {"submit": {"refuse": None}}})
    assert (client.submit().status, modellix.submit().status) == (
        503,
        503,
    )  # null ends what holds for it alone
    client.control("behaviour", {"submit": None, "modellix": {"submit": {"refuse": 402}}})
    assert (client.submit().status, modellix.submit().status) == (200, 402)
    assert client.control("behaviour/modellix")["submit.refuse"] == 402
    assert client.control("behaviour")["submit.refuse"] is None
    client.control("behaviour", {"modellix": None})
    assert modellix.submit().status == 200


def test_the_next_submits_can_be_those_to_one_provider(client: Client, modellix: ModellixClient) -> None:
    client.control("behaviour", {"modellix": {"next": {"submit": {"refuse": 500}}}})
    client.control("behaviour", {"next": {"submit": {"refuse": 429}}})
    assert [client.submit().status, client.submit().status] == [429, 200]
    assert [modellix.submit().status, modellix.submit().status] == [500, 200]


def test_an_impossible_part_changes_nothing(client: Client) -> None:
    impossible: list[dict[str, Any]] = [
        {"modellix": {"sumbit": {}}},
        {"modellix": 1},
        {"apixo": {"next": {"limits": {}}}, "x": 1},
    ]
    for wrong in impossible:
        assert "error" in client.control("behaviour", {"generate_seconds": 1, **wrong})
    assert client.control("behaviour")["generate_seconds"] == 60


def test_each_provider_has_limits_of_its_own(client: Client, modellix: ModellixClient) -> None:
    client.control("behaviour", {"limits": {"concurrent": 1, "per_minute": 3}})
    assert [client.submit().status, client.submit().status] == [200, 429]
    assert [modellix.submit().status, modellix.submit().status] == [200, 429]
    client.control("behaviour", {"modellix": {"limits": {"concurrent": 2}}})
    assert [modellix.submit().status, client.submit().status] == [200, 429]


def test_a_task_is_known_to_its_own_provider_alone(client: Client, modellix: ModellixClient) -> None:
    theirs = client.submit().json["data"]["taskId"]
    ours = modellix.started()
    assert (modellix.look_up(theirs).status, client.look_up(ours).status) == (404, 404)
    assert [task["provider"] for task in client.control("ledger")["tasks"]] == ["apixo", "modellix"]
    assert [task["look_ups"] for task in client.control("ledger")["tasks"]] == [1, 1]
    told = [(entry["provider"], entry["kind"]) for entry in client.control("requests")]
    assert told == [
        ("apixo", "submit"),
        ("modellix", "submit"),
        ("modellix", "look_up"),
        ("apixo", "look_up"),
    ]


def test_what_is_neither_providers_is_not_found(client: Client) -> None:
    for method, path in [("DELETE", "/tasks/1"), ("GET", "/models"), ("POST", "/generateTask")]:
        assert client.call(method, f"/api/v1{path}", headers=client.key).status == 404


@pytest.mark.parametrize("code", [*NEWEST, *MIDDLE, *OLDEST, "InputRisk.PrivacyInformation"])
def test_apixo_can_fail_in_the_words_of_every_generation_of_its_pages(client: Client, code: str) -> None:
    client.control("behaviour", {"apixo": {"outcome": {"fail_code": code}}})
    told = client.look_up(client.finished()).json["data"]
    assert (told["state"], told["failCode"]) == ("failed", code)
    documented = code in NEWEST + MIDDLE + OLDEST
    assert (told["failMsg"] != code) is documented


def test_apixo_is_out_of_funds_in_three_ways(client: Client) -> None:
    for refusal, status, message in [
        (402, 402, "Insufficient balance or quota"),
        ("insufficient_credits", 400, "Insufficient credits"),
    ]:
        client.control("behaviour", {"apixo": {"submit": {"refuse": refusal}}})
        answer = client.submit()
        assert (answer.status, answer.json["message"]) == (status, message)
    client.control("behaviour", {"apixo": {"submit": None, "outcome": {"fail_code": "INSUFFICIENT_CREDITS"}}})
    told = client.look_up(client.finished()).json["data"]
    assert (told["state"], told["failCode"]) == ("failed", "INSUFFICIENT_CREDITS")


def test_a_state_that_no_page_knows_can_be_told(client: Client) -> None:
    client.control("behaviour", {"apixo": {"status": {"words": {"pending": "processing_r2"}}}})
    task_id = client.submit().json["data"]["taskId"]
    assert client.look_up(task_id).json["data"]["state"] == "processing_r2"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_contract_is_its_providers_own(provider: str) -> None:
    data = json.loads((CONTRACTS / f"{provider}.json").read_text())
    assert data["provider"] == provider
    assert len(data["models"]) == 4

"""Submitting: the key, the price in the ledger, and every way the provider can answer wrongly."""

import http.client
import json
from decimal import Decimal
from typing import Any

import pytest

from sandbox.provider.server import Simulator
from tests.unit.simulated_provider.client import CLIP, FRAMES, HOOK, MODEL, PICTURE, SOUND, TEXT, Client, omni

JSON = {"Content-Type": "application/json"}
SUBMIT = json.dumps({"request_type": "async", "input": TEXT})


@pytest.mark.parametrize(
    "key", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "simulated-apixo-key"}]
)
def test_a_wrong_key_is_answered_401_without_data(client: Client, key: dict[str, str]) -> None:
    for method, path in [("POST", "generateTask"), ("GET", "statusTask")]:
        answer = client.call(method, f"/api/v1/{path}/{MODEL}", headers=key)
        assert answer.status == 401
        assert answer.json == {"code": 401, "message": "Invalid or missing API key"}


def test_an_unknown_model_and_another_content_type_are_refused(client: Client) -> None:
    assert client.submit(model="seedance-9").status == 404
    url = f"/api/v1/generateTask/{MODEL}"
    assert client.call("POST", url, {"request_type": "async", "input": TEXT}, client.key).status == 400


@pytest.mark.parametrize(
    ("fields", "price"),
    [
        (TEXT, "0.78"),
        (TEXT | {"duration": 15}, "2.34"),
        (TEXT | {"resolution": "480p"}, "0.38"),
        ({"mode": "text-to-video", "prompt": "a"}, "0.78"),
        (FRAMES, "0.78"),
        (omni(image_urls=[PICTURE], audio_urls=[SOUND], resolution="720p", duration=5), "0.78"),
        (omni(video_urls=[CLIP] * 2, resolution="720p", duration=5), "1.425"),
        (omni(video_urls=[CLIP] * 3, duration=15), "1.41"),
    ],
)
def test_the_ledger_charges_the_documented_price(client: Client, fields: dict[str, Any], price: str) -> None:
    task_id = client.submit(fields, HOOK).json["data"]["taskId"]
    ledger = client.control("ledger")
    (entry,) = ledger["tasks"]
    assert Decimal(ledger["total"]) == Decimal(entry["charged"]) == Decimal(price)
    assert (entry["task_id"], entry["model"], entry["body"]["input"]) == (task_id, MODEL, fields)
    assert HOOK not in str(ledger)
    assert client.control(f"tasks/{task_id}/callback_url") == {"callback_url": HOOK}


def charged(client: Client) -> int:
    return len(client.control("ledger")["tasks"])


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429, 500, 502, 503, 504])
def test_a_refusal_is_not_charged_and_lasts_as_long_as_told(client: Client, status: int) -> None:
    client.control("behaviour", {"submit": {"refuse": status, "times": 2}})
    answers = [client.submit() for _ in range(3)]
    assert [answer.status for answer in answers] == [status, status, 200]
    assert answers[0].json["code"] == status
    assert charged(client) == 1


def test_answers_can_be_told_in_full(client: Client) -> None:
    client.control("behaviour", {"next": {"submit": {"refuse": {"status": 429, "retry_after": 7}}}})
    client.control("behaviour", {"next": [{"count": 1, "submit": {"refuse": "insufficient_credits"}}]})
    first, second, third = client.submit(), client.submit(), client.submit()
    assert (first.status, first.headers["Retry-After"]) == (429, "7")
    assert (second.status, second.json["message"]) == (400, "Insufficient credits")
    assert third.status == 200


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (502, 502, {"code": 502, "message": "Upstream provider error", "data": None}),
        ("no_task_id", 200, {"code": 200, "message": "success", "data": {}}),
        (
            {"status": 200, "code": 500, "message": "oops"},
            200,
            {"code": 500, "message": "oops", "data": None},
        ),
    ],
)
def test_a_wrong_answer_after_accepting_is_charged(
    client: Client, answer: Any, status: int, body: Any
) -> None:
    client.control("behaviour", {"next": {"submit": {"after_accepting": answer}}})
    given = client.submit()
    assert (given.status, given.json) == (status, body)
    assert charged(client) == 1


def test_an_unreadable_answer_and_a_reset_connection_are_charged(client: Client) -> None:
    told = [{"submit": {"after_accepting": word}} for word in ("unreadable", "reset")]
    client.control("behaviour", {"next": told})
    with pytest.raises(ValueError, match="Unterminated"):
        _ = client.submit().json
    with pytest.raises(ConnectionResetError):
        client.submit()
    assert charged(client) == 2
    assert [entry["error"] for entry in client.control("requests")] == [None, "reset by us"]


def test_a_hanging_submit_was_accepted(client: Client) -> None:
    client.control("behaviour", {"submit": {"hang_after_seconds": 30}})
    connection = http.client.HTTPConnection(client.simulator.url.removeprefix("http://"), timeout=0.3)
    connection.request("POST", f"/api/v1/generateTask/{MODEL}", SUBMIT, client.key | JSON)
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert charged(client) == 1


def test_the_limits_answer_429(client: Client) -> None:
    client.control("behaviour", {"limits": {"concurrent": 1, "retry_after": 2}})
    running = client.submit().json["data"]["taskId"]
    refused = client.submit()
    assert (refused.status, refused.headers["Retry-After"]) == (429, "2")
    client.control(f"tasks/{running}/finish", {})
    assert client.submit().status == 200
    client.control("behaviour", {"limits": {"concurrent": None, "per_minute": 3}})
    assert [client.submit().status, client.submit().status] == [200, 429]
    assert client.look_up(running).status == 429


def test_an_impossible_behaviour_changes_nothing() -> None:
    with Simulator() as simulator:
        client = Client(simulator)
        before = client.control("behaviour")
        impossible: list[dict[str, Any]] = [
            {"sumbit": {}},
            {"submit": {"refuse": "no"}},
            {"result": {"bytes": 1, "count": 2}},
            {"next": 1},
            {"next": {"limits": {"concurrent": 1}}},
        ]
        for wrong in impossible:
            assert "error" in client.control("behaviour", wrong)
        assert client.control("behaviour") == before
        assert client.control("behaviour", {"result": {"count": 2}})["result.count"] == 2
        assert client.control("reset", {}) == before

"""Looking a task up: the documented states, and the ways the answer can be wrong."""

import json
from typing import Any

import pytest

from tests.unit.simulated_provider.client import Client


def test_a_task_goes_through_the_documented_states(client: Client) -> None:
    task_id = client.submit().json["data"]["taskId"]
    waiting = client.look_up(task_id).json
    assert waiting["data"].pop("createTime") > 1_700_000_000_000
    assert waiting == {"code": 200, "message": "success", "data": {"taskId": task_id, "state": "pending"}}
    client.control(f"tasks/{task_id}/finish", {})
    done = client.look_up(task_id).json["data"]
    assert done["state"] == "success"
    assert done["completeTime"] - done["createTime"] == done["costTime"]
    (link,) = json.loads(done["resultJson"])["resultUrls"]
    assert client.call("GET", link).status == 200


def test_a_running_task_is_processing_later_on(client: Client) -> None:
    client.control("behaviour", {"generate_seconds": 0})
    task_id = client.submit().json["data"]["taskId"]
    task = client.simulator.ledger.find(task_id)
    assert task
    assert task.ended.wait(5)
    task.finished_at = None
    assert client.look_up(task_id).json["data"]["state"] == "processing"


@pytest.mark.parametrize("code", ["PromptInvalid", "Unknown error", "made up"])
def test_a_failed_task_names_its_code(client: Client, code: str) -> None:
    client.control("behaviour", {"outcome": {"fail_code": code}})
    data = client.look_up(client.finished()).json["data"]
    assert (data["state"], data["failCode"]) == ("failed", code)
    assert data["failMsg"]
    assert not {"resultJson", "costTime"} & set(data)
    assert client.control("ledger")["tasks"][0]["state"] == "failed"


def test_the_wrong_model_and_an_unknown_task_are_not_found(client: Client) -> None:
    assert client.look_up(client.finished(), "seedance-2-0").status == 404
    assert client.look_up("task_12345678").json == {"code": 404, "message": "Task not found", "data": None}


def test_look_ups_can_be_down_unknown_and_without_links_for_a_while(client: Client) -> None:
    task_id = client.finished()
    client.control("behaviour", {"status": {"down": 503, "down_times": 2, "unknown": 1, "no_links": 1}})
    answers = [client.look_up(task_id) for _ in range(5)]
    assert [answer.status for answer in answers] == [503, 503, 404, 200, 200]
    links = [json.loads(answer.json["data"]["resultJson"])["resultUrls"] for answer in answers[3:]]
    assert [len(urls) for urls in links] == [0, 1]
    client.control("behaviour", {"status": {"down": 500, "down_times": 1}})
    assert [client.look_up(task_id).status for _ in range(2)] == [500, 200]


def test_a_look_up_can_lag_behind_and_be_down_until_some_time_after_the_end(client: Client) -> None:
    client.control("behaviour", {"status": {"lag_seconds": 60}})
    task_id = client.finished()
    assert client.look_up(task_id).json["data"]["state"] == "processing"
    client.control(
        f"tasks/{task_id}/behaviour", {"status": {"lag_seconds": 0, "down": 502, "down_seconds": 60}}
    )
    assert client.look_up(task_id).status == 502
    client.control(f"tasks/{task_id}/behaviour", {"status": {"down_seconds": 0}})
    assert client.look_up(task_id).json["data"]["state"] == "success"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, '{{"resultUrls":["{0}"]}}'),
        ({"shape": "object"}, {"resultUrls": ["{0}"]}),
        ({"shape": "bare_url"}, "{0}"),
        ({"shape": "object", "key": "videos", "items": "objects"}, {"videos": [{"url": "{0}"}]}),
        ({"shape": "object", "items": "single"}, {"resultUrls": "{0}"}),
    ],
)
def test_result_json_comes_in_every_shape(client: Client, told: dict[str, Any], expected: Any) -> None:
    client.control("behaviour", {"result": {"origin": "https://cdn.example.com", **told}})
    task_id = client.finished()
    link = f"https://cdn.example.com/files/{task_id}/0.mp4"
    wanted = (
        expected.format(link)
        if isinstance(expected, str)
        else json.loads(json.dumps(expected).replace("{0}", link))
    )
    assert client.look_up(task_id).json["data"]["resultJson"] == wanted

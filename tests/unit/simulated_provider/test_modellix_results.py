"""What Modellix tells of a success: its files in every shape, the last frame, what was billed, and until when."""

from typing import Any

import pytest

from tests.unit.simulated_provider.modellix_client import EDIT, PROMPT, ModellixClient

LAST_FRAME = PROMPT | {"return_last_frame": True}


def data(modellix: ModellixClient, task_id: str) -> dict[str, Any]:
    found: dict[str, Any] = modellix.look_up(task_id).json["data"]
    return found


def test_a_success_has_resources_times_and_a_price(modellix: ModellixClient) -> None:
    task_id = modellix.finished()
    told = data(modellix, task_id)
    entry = modellix.control("ledger")["tasks"][0]
    ended = round(entry["finished_at"] * 1000)
    (resource,) = told["result"]["resources"]
    assert modellix.call("GET", resource.pop("url")).body.startswith(b"\0\0\0 ftyp")
    assert resource == {"type": "video", "width": 320, "height": 180, "format": "mp4", "role": "primary"}
    assert told["result"]["metadata"]["request_id"]
    assert told["result"]["extensions"]["end_time"].endswith("Z")
    assert told["duration"] == ended - round(entry["accepted_at"] * 1000)
    assert told["billing"] == {"status": "succeeded", "amount": "0.6900"}
    assert told["result_expires_at"] == ended + 7 * 24 * 3600 * 1000


def test_a_task_whose_price_is_unknown_has_no_billing_unless_told_to(modellix: ModellixClient) -> None:
    task_id = modellix.finished(model=EDIT)
    assert "billing" not in data(modellix, task_id)
    modellix.control(f"tasks/{task_id}/behaviour", {"outcome": {"billed": "1.2500"}})
    assert data(modellix, task_id)["billing"]["amount"] == "1.2500"


@pytest.mark.parametrize("first", [False, True])
def test_the_last_frame_is_a_resource_beside_the_video(modellix: ModellixClient, first: bool) -> None:
    modellix.control("behaviour", {"modellix": {"result": {"last_frame_first": first}}})
    task_id = modellix.finished(fields=LAST_FRAME)
    resources = data(modellix, task_id)["result"]["resources"]
    still, video = resources if first else reversed(resources)
    assert (still["type"], still["format"], still["role"]) == ("image", "png", "last_frame")
    assert video["role"] == "primary"
    served = modellix.call("GET", still["url"])
    assert served.headers["Content-Type"] == "image/png"
    assert (served.body[:8], served.body[-8:-4]) == (b"\x89PNG\r\n\x1a\n", b"IEND")
    assert task_id.encode() in served.body
    known = modellix.control(f"tasks/{task_id}/files/last_frame")
    assert (known["url"], known["bytes"]) == (still["url"], len(served.body))


def test_no_last_frame_comes_unasked_and_its_role_may_be_missing(modellix: ModellixClient) -> None:
    plain = modellix.finished(fields=PROMPT | {"return_last_frame": False})
    assert len(data(modellix, plain)["result"]["resources"]) == 1
    assert modellix.call("GET", f"/files/{plain}/last_frame.png").status == 404
    modellix.control("behaviour", {"result": {"last_frame_role": ""}})
    _, still = data(modellix, modellix.finished(fields=LAST_FRAME))["result"]["resources"]
    assert still["role"] is None


@pytest.mark.parametrize("place", ["result", "data"])
@pytest.mark.parametrize("kind", ["objects", "strings"])
def test_results_come_in_every_shape(modellix: ModellixClient, place: str, kind: str) -> None:
    told = {"resources_at": place, "resources": kind, "count": 2, "origin": "https://file.modellix.ai"}
    modellix.control("behaviour", {"modellix": {"result": told}})
    task_id = modellix.finished()
    found = data(modellix, task_id)
    resources = found["resources"] if place == "data" else found["result"]["resources"]
    assert ("result" in found) == (place == "result")
    links = resources if kind == "strings" else [each["url"] for each in resources]
    assert links == [f"https://file.modellix.ai/files/{task_id}/{number}.mp4" for number in (0, 1)]


def test_results_live_as_long_as_told(modellix: ModellixClient) -> None:
    modellix.control("behaviour", {"result": {"lives_seconds": 60}})
    task_id = modellix.finished()
    told = data(modellix, task_id)
    link = told["result"]["resources"][0]["url"]
    task = modellix.simulator.ledger.find(task_id)
    assert task
    assert task.finished_at
    assert told["result_expires_at"] == round((task.finished_at + 60) * 1000)
    assert modellix.call("GET", link).status == 200
    task.finished_at -= 61
    assert modellix.call("GET", link).status == 404

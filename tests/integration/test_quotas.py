"""Limits on the real template: they hold among parallel requests, ends give back what they held, usage tells it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest

from tests.integration.auditing import assert_refused
from tests.integration.conftest import StackWith
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until


def ask(api: httpx.Client, **fields: object) -> httpx.Response:
    return api.post("/v1/videos", json={"prompt": PROMPT, **fields})


def completed(api: httpx.Client, video_id: str) -> None:
    """Looks at the video until it is completed."""
    until(lambda: api.get(f"/v1/videos/{video_id}").json(), lambda video: video["status"] == "completed", 30)


def test_of_parallel_requests_as_many_are_taken_as_may_be(adapted: Driver) -> None:
    api = adapted.client_of("trailers")

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: ask(api, user="anna"), range(6)))

    taken = [answer.json()["id"] for answer in answers if answer.status_code == 202]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert (len(taken), len(refused)) == (3, 3)  # a conflict is tried again; none came to a 503
    assert len(adapted.provider.tasks()) == 3
    for answer in refused:
        assert_refused(answer, 429, "quota_exceeded")
        assert answer.json()["error"]["param"] == "user_videos_per_day"
        assert answer.headers["x-quota-limit-user-videos-per-day"] == "3"
        assert answer.headers["x-quota-remaining-user-videos-per-day"] == "0"
    assert ask(api, user="boris").status_code == 202

    for video_id in taken:
        completed(api, video_id)
        assert "reservation" not in adapted.wait_for_item(video_id, lambda item: "open" not in item)
    usage = api.get("/v1/usage", params={"user": "anna"}).json()
    today = datetime.now(UTC).date().isoformat()
    [day] = usage["data"]
    assert (usage["object"], day["day"] <= today) == ("usage", True)
    assert day == {"day": day["day"], "videos": 3, "usd": "2.34", "reserved_usd": "0", "unconfirmed_usd": "0"}
    assert api.get("/v1/usage").json()["data"][0]["videos"] == 4
    assert adapted.api.get("/v1/usage", params={"user": "anna"}).json()["data"] == []


def test_a_model_without_a_known_price_is_refused_where_dollars_are_limited(adapted: Driver) -> None:
    refused = ask(adapted.api, user="anna", model="apixo/seedance-2-0")

    assert_refused(refused, 400, "price_unknown")
    assert json.loads(refused.text)["error"]["param"] == "model"
    assert len(adapted.provider.tasks()) == 0


def test_what_the_stream_does_not_tell_the_reconciler_settles(stack: Driver) -> None:
    stack.provider.behave(generate_seconds=0.1)
    stack.read_stream(False)
    try:
        video_id = stack.submit()["id"]
        stack.wait_for_item(video_id, lambda item: item["state"] == "stored")
        assert "reservation" in stack.item(video_id)  # nobody looked, which would settle it, too

        stack.run("ReconcileVideos")

        stack.wait_for_item(video_id, lambda item: "reservation" not in item)
    finally:
        stack.read_stream()


@pytest.mark.prove("a stack of its own")
def test_what_the_reconciler_settles_may_be_asked_for_again(stack_with: StackWith) -> None:
    stack = stack_with(OwnerInFlight=1)
    stack.read_stream(False)  # whose reader would settle it sooner
    api = stack.client_of("shorts")
    first = ask(api).json()["id"]
    second = ask(api)
    assert_refused(second, 429, "quota_exceeded")
    assert second.json()["error"]["param"] == "owner_in_flight"

    stack.wait_for_item(first, lambda item: item["state"] == "stored" and "open" not in item)  # nobody looked

    assert ask(api).status_code == 202

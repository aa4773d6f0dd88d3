"""An owner's videos on the real template: listed, canceled, deleted, and nobody else's."""

import secrets
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.integration.auditing import assert_refused
from tests.integration.driving import PROMPT, Driver
from tests.integration.scenes import due_now
from tests.integration.strangers import assert_finds_nothing
from tests.integration.waiting import until


class Client:
    """An owner of their own, who nobody else in this session is."""

    def __init__(self, stack: Driver) -> None:
        self.stack = stack
        self.http = stack.client_of(f"lists-{secrets.token_hex(6)}")

    def submit(self, key: str | None = None, **fields: Any) -> str:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.http.post("/v1/videos", json={"prompt": PROMPT, **fields}, headers=headers)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def listed(self, **query: Any) -> dict[str, Any]:
        answer = self.http.get("/v1/videos", params=query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    def completed(self, video_id: str) -> httpx.Response:
        return until(
            lambda: self.http.get(f"/v1/videos/{video_id}"),
            lambda answer: answer.json()["status"] == "completed",
            30,
        )


@pytest.fixture
def client(stack: Driver) -> Iterator[Client]:
    stack.open_gate()
    stack.provider.behave(generate_seconds=0.1)
    yield Client(stack)
    stack.open_gate()


def test_three_videos_are_listed_page_by_page_and_a_deleted_one_leaves_nothing_but_its_place(
    client: Client,
) -> None:
    stack, http = client.stack, client.http
    ids = [client.submit("first"), client.submit(user="end-user"), client.submit()]
    for video_id in ids:
        seen = client.completed(video_id)
    first = client.listed(limit=2)

    assert [video["id"] for video in first["data"]] == [ids[2], ids[1]]
    assert first["data"][0] == seen.json()
    assert (first["object"], first["first_id"], first["last_id"]) == ("list", ids[2], ids[1])
    assert (first["has_more"], client.listed(limit=2, after=ids[1])["has_more"]) == (True, False)
    assert [video["id"] for video in client.listed(order="asc", status="completed")["data"]] == ids
    assert [video["id"] for video in client.listed(user="end-user")["data"]] == [ids[1]]

    unchanged = http.get(f"/v1/videos/{ids[2]}", headers={"If-None-Match": seen.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")

    deleted = http.delete(f"/v1/videos/{ids[0]}")
    assert (deleted.status_code, deleted.json()) == (
        200,
        {"id": ids[0], "object": "video.deleted", "deleted": True},
    )
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/content"), ("POST", "/cancel")):
        assert_refused(http.request(method, f"/v1/videos/{ids[0]}{path}"), 404, "not_found")
    assert [video["id"] for video in client.listed()["data"]] == [ids[2], ids[1]]
    assert [video["id"] for video in client.listed(order="asc", after=ids[0])["data"]] == ids[1:]
    replayed = http.post("/v1/videos", json={"prompt": PROMPT}, headers={"Idempotency-Key": "first"})
    assert_refused(replayed, 410, "gone")
    assert len(stack.provider.requests("submit")) == 3

    stack.run("ReconcileVideos")
    item = stack.item(ids[0])
    assert _objects(stack, ids[0]) == []
    assert set(item) == {"pk", "sk", "kind", "owner", "created_at", "deleted_at", "ttl", "open", "due_at"}
    assert item["ttl"] == item["deleted_at"] // 1000 + 30 * 24 * 3600
    _a_quarter_of_an_hour_later(stack, ids[0])
    stack.run("ReconcileVideos")
    assert not {"open", "due_at"} & set(stack.item(ids[0]))
    assert len(stack.versions(ids[0])) == 2  # the file and one mark of its deletion: gone after 7 days
    assert _objects(stack, ids[1])


def test_a_late_callback_about_a_deleted_video_is_answered_200_and_brings_nothing_back(
    client: Client,
) -> None:
    stack = client.stack
    video_id = client.submit()
    client.completed(video_id)
    task_id = stack.provider.task_id(video_id)
    assert client.http.delete(f"/v1/videos/{video_id}").status_code == 200
    stack.run("ReconcileVideos")
    looked_up = len(stack.provider.requests("look_up"))

    assert stack.provider.deliver(task_id) == [200]
    assert len(stack.provider.requests("look_up")) == looked_up
    assert _objects(stack, video_id) == []
    assert stack.item(video_id)["kind"] == "tombstone"


def test_only_a_video_that_waits_can_be_canceled_and_only_one_that_ended_deleted(client: Client) -> None:
    stack, http = client.stack, client.http
    stack.provider.behave(callback={"when": "never"})
    sent = client.submit()
    stack.provider.behave(submit={"refuse": {"status": 429, "retry_after": 3600}})
    waits = client.submit()

    refused = assert_refused(http.post(f"/v1/videos/{sent}/cancel"), 409, "video_not_cancelable")
    assert "offers no cancel" in refused["message"]
    assert_refused(http.delete(f"/v1/videos/{sent}"), 409, "video_not_final")
    refused = assert_refused(http.delete(f"/v1/videos/{waits}"), 409, "video_not_final")
    assert "cancel it first" in refused["message"]

    canceled, again = (http.post(f"/v1/videos/{waits}/cancel") for _ in range(2))
    assert (canceled.status_code, canceled.json()["status"]) == (200, "canceled")
    assert again.json() == canceled.json()
    stack.provider.behave(submit=None)
    stack.open_gate()
    stack.run("DispatchVideos")
    assert len(stack.provider.tasks()) == 1
    assert [video["id"] for video in client.listed(status="canceled")["data"]] == [waits]
    assert http.delete(f"/v1/videos/{waits}").status_code == 200


def test_another_owner_finds_none_of_it(client: Client) -> None:
    video_id = client.submit("shared", user="end-user")
    client.completed(video_id)
    stranger = Client(client.stack).http
    assert_finds_nothing(stranger, video_id)
    assert client.completed(video_id).status_code == 200


def _objects(stack: Driver, video_id: str) -> list[Any]:
    """What can still be fetched of a video."""
    listing = stack.client("s3").list_objects_v2(
        Bucket=stack.stack.media_bucket, Prefix=f"videos/{video_id}/"
    )
    return list(listing.get("Contents", []))


def _a_quarter_of_an_hour_later(stack: Driver, video_id: str) -> None:
    """As if the video had been deleted that long ago."""
    stack.client("dynamodb").update_item(
        TableName=stack.stack.table,
        Key={"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}},
        UpdateExpression="SET deleted_at = :then",
        ExpressionAttributeValues={":then": {"N": "1"}},
    )
    due_now(stack, video_id)

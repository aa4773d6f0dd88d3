"""Media that a phone puts into the bucket by itself, and names in its request: the real form, the real bucket, the real roles."""

from hashlib import sha256
from typing import Any

import httpx
import pytest

from tests.images import a_png
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until
from tests.sounds import a_timed_mp4, a_wav

MIB = 1024 * 1024


def granted(stack: Driver, api: httpx.Client | None = None, **asked: Any) -> dict[str, Any]:
    """A form, which no log may hold."""
    answer = (api or stack.api).post("/v1/uploads", json={"content_type": "image/png", **asked})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    stack.secrets |= {told["fields"][name]: "a form's signature" for name in ("policy", "x-amz-signature")}
    return told


def post(form: dict[str, Any], data: bytes, **fields: str) -> httpx.Response:
    """The form as a client posts it: its fields, then the file."""
    return httpx.post(
        form["url"],
        data={**form["fields"], **fields},
        files={"file": ("photo.png", data)},
        trust_env=False,
        timeout=30,
    )


def uploaded(stack: Driver, data: bytes, **asked: Any) -> str:
    """The id of a file that is there."""
    form = granted(stack, **asked)
    assert post(form, data).status_code == 204
    return str(form["id"])


def link_of(stack: Driver, video_id: str) -> str:
    """What the provider was told in place of the image."""
    (task,) = until(lambda: stack.provider.tasks(video_id), bool, 15)
    (link,) = task["body"]["input"]["image_urls"]
    stack.secrets[link] = "a presigned link"
    return str(link)


def fetched_by_the_provider(stack: Driver, video_id: str) -> tuple[int, str]:
    """What the simulated provider got before it began to work: the status, and the SHA-256 of the file."""

    def found() -> list[dict[str, Any]]:
        (task,) = stack.provider.tasks(video_id)
        media: list[dict[str, Any]] = task["fetched"]
        return media

    until(lambda: stack.provider.tasks(video_id), bool, 15)
    (medium,) = until(found, bool, 15)
    return medium["status"], medium["sha256"]


def fetched(link: str) -> httpx.Response:
    """The link as the provider fetches it: with nothing but the link."""
    return httpx.get(link, trust_env=False)


def test_the_provider_gets_the_version_that_was_checked_whatever_was_uploaded_since(stack: Driver) -> None:
    """A form may be posted twice: here between the answer to the client and the moment the video is sent."""
    stack.provider.behave(
        generate_seconds=60, submit={"refuse": {"status": 429, "retry_after": 1}, "times": 1}
    )
    form, checked, other = granted(stack), a_png(100), a_png(101)
    assert post(form, checked).status_code == 204
    video = stack.submit(input_reference={"file_id": form["id"]})
    assert video["status"] == "queued"
    assert post(form, other).status_code == 204
    stack.open_gate()
    stack.run("DispatchVideos")

    link = link_of(stack, video["id"])
    assert fetched_by_the_provider(stack, video["id"]) == (200, sha256(checked).hexdigest())
    answer = fetched(link)
    assert (answer.status_code, answer.content) == (200, checked)
    assert answer.headers["content-type"] == "image/png"
    key = f"references/sandbox/uploads/{form['id']}"
    standing = stack.client("s3").get_object(Bucket=stack.stack.media_bucket, Key=key)
    assert standing["Body"].read() == other
    assert answer.headers["x-amz-version-id"] != standing["VersionId"]

    again = stack.submit(input_reference={"file_id": form["id"]})
    assert fetched_by_the_provider(stack, again["id"]) == (200, sha256(other).hexdigest())


def test_a_provider_that_came_too_late_for_a_link_is_told_apart_and_may_be_asked_again(stack: Driver) -> None:
    """The record is set back by two hours, and the provider says what its page says of media that it cannot fetch."""
    stack.provider.behave(generate_seconds=60)
    name = uploaded(stack, a_png(9))
    soon, late = (stack.submit(input_reference={"file_id": name}) for _ in range(2))
    key = {"pk": {"S": f"video#{late['id']}"}, "sk": {"S": "video"}}
    two_hours_ago = int(stack.item(late["id"])["sent_at"]) - 2 * 3600 * 1000
    stack.client("dynamodb").update_item(
        TableName=stack.stack.table,
        Key=key,
        UpdateExpression="SET sent_at = :then",
        ExpressionAttributeValues={":then": {"N": str(two_hours_ago)}},
    )

    for video in (soon, late):
        task_id = stack.provider.task_id(video["id"])
        stack.provider.behave_for(task_id, outcome={"fail_code": "ImageNotAccess"})
        stack.provider.finish(task_id)

    errors = [stack.wait_for(video["id"], "failed")["error"] for video in (soon, late)]
    assert [(error["code"], error["retryable"]) for error in errors] == [
        ("invalid_media", False),
        ("reference_expired", True),
    ]


def test_a_form_lets_in_nothing_but_what_was_asked_for(stack: Driver) -> None:
    form = granted(stack, size=1_000)
    assert form["max_bytes"] == 1_000

    refused = {
        "another key": post(form, bytes(1_000), key="references/somebody/uploads/file_a").status_code,
        "another type": post(form, bytes(1_000), **{"Content-Type": "text/html"}).status_code,
        "another field": post(form, bytes(1_000), acl="public-read").status_code,
        "more": post(form, bytes(1_001)).status_code,
        "less": post(form, bytes(999)).status_code,
    }

    assert refused == {
        "another key": 403,
        "another type": 403,
        "another field": 403,
        "more": 400,
        "less": 400,
    }
    answer = stack.api.post("/v1/videos", json={"prompt": PROMPT, "input_reference": {"file_id": form["id"]}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "file_not_found")


def test_what_is_missing_somebody_elses_or_unfit_is_named_and_costs_nothing(stack: Driver) -> None:
    mine = uploaded(stack, a_png())
    long = uploaded(stack, a_timed_mp4(40, 300_000, index_last=True), content_type="video/mp4")
    sound = uploaded(stack, a_wav(3), content_type="audio/wav")

    def told(api: httpx.Client, **fields: Any) -> tuple[int, str, str]:
        answer = api.post("/v1/videos", json={"prompt": PROMPT, **fields})
        error = answer.json()["error"]
        return answer.status_code, error["code"], error["param"]

    absent = "file_" + "z7" * 13
    for api, name in ((stack.api, absent), (stack.client_of("another"), mine)):
        assert told(api, input_reference={"file_id": name}) == (
            400,
            "file_not_found",
            "input_reference.file_id",
        )
    video = {"type": "video_url", "video_url": {"file_id": long}}
    assert told(stack.api, input_references=[video]) == (
        400,
        "invalid_request",
        "input_references[0].video_url.file_id",
    )
    assert (
        told(stack.api, input_reference={"image_url": {"file_id": sound}})[2]
        == "input_reference.image_url.file_id"
    )
    assert stack.provider.tasks() == []


def test_a_forms_field_may_name_an_upload_too(stack: Driver) -> None:
    name = uploaded(stack, a_png(7))

    answer = stack.api.post(
        "/v1/videos", files={"prompt": (None, PROMPT), "input_reference[file_id]": (None, name)}
    )

    assert answer.status_code == 202, answer.text
    assert fetched(link_of(stack, answer.json()["id"])).content == a_png(7)


@pytest.mark.parametrize(
    "body", [{}, {"content_type": "text/html"}, {"content_type": "image/png", "name": "a.png"}]
)
def test_a_form_for_nothing_we_know_is_refused_by_the_fields_name(
    stack: Driver, body: dict[str, str]
) -> None:
    answer = stack.api.post("/v1/uploads", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == ("name" if "name" in body else "content_type")

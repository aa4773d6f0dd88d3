"""Images that clients give as bytes: held while their video needs them, linked for the provider, then gone."""

import secrets
from base64 import b64encode
from typing import Any

import httpx
import pytest
from openai import OpenAI, UnprocessableEntityError

from tests.images import a_png
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")


@pytest.fixture
def sdk(stack: Driver) -> OpenAI:
    """The official SDK, pointed here."""
    return OpenAI(base_url=f"{stack.stack.api_url}/v1", api_key=stack.stack.api_key, max_retries=0)


def link_of(stack: Driver, video_id: str) -> str:
    """What the provider was told in place of the image."""
    (task,) = until(lambda: stack.provider.tasks(video_id), bool, 15)
    (link,) = task["body"]["input"]["image_urls"]
    return str(link)


def fetched(link: str) -> httpx.Response:
    """The link as the provider fetches it: with nothing but the link."""
    return httpx.get(link, trust_env=False)


def kept(stack: Driver, video_id: str) -> list[str]:
    """The keys of a video's references."""
    listed = stack.client("s3").list_objects_v2(Bucket=stack.stack.media_bucket, Prefix="references/")
    return [each["Key"] for each in listed.get("Contents", []) if video_id in each["Key"]]


def test_the_sdks_file_reaches_the_provider_and_goes_when_the_video_has_ended(
    stack: Driver, sdk: OpenAI
) -> None:
    stack.provider.behave(generate_seconds=60)
    image, key = a_png(1_000), secrets.token_urlsafe(16)
    asked: dict[str, Any] = {"prompt": PROMPT, "seconds": "4", "extra_headers": {"Idempotency-Key": key}}
    video = sdk.videos.create(**asked, input_reference=("../still.png", image))

    link = link_of(stack, video.id)
    answer = fetched(link)
    assert (answer.status_code, answer.content) == (200, image)
    assert answer.headers["content-type"] == "image/png"
    assert kept(stack, video.id) == [f"references/sandbox/{video.id}/0"]

    again = sdk.videos.with_raw_response.create(**asked, input_reference=("other-name.png", image))
    assert again.headers["idempotent-replayed"] == "true"
    assert again.parse().id == video.id
    with pytest.raises(UnprocessableEntityError, match="different request"):
        sdk.videos.create(**asked, input_reference=a_png(1_001))
    assert len(stack.provider.tasks()) == 1

    stack.provider.finish(stack.provider.task_id(video.id))
    stack.wait_for(video.id)
    until(lambda: kept(stack, video.id), lambda keys: not keys, 20)
    assert fetched(link).status_code == 404

    late = sdk.videos.create(**asked, input_reference=image)
    assert (late.id, late.status) == (video.id, "completed")
    assert kept(stack, video.id) == []


def test_a_video_that_waits_gets_its_link_when_it_is_sent(stack: Driver) -> None:
    stack.provider.behave(
        generate_seconds=60, submit={"refuse": {"status": 429, "retry_after": 1}, "times": 1}
    )
    image = a_png(7)
    part = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + b64encode(image).decode()}}
    video = stack.submit(frame_images=[{**part, "frame_type": "first_frame"}])
    assert video["status"] == "queued"

    answer = fetched(link_of(stack, video["id"]))
    assert (answer.status_code, answer.content) == (200, image)


@pytest.mark.parametrize(
    ("files", "param"),
    [
        ({"input_reference": ("a.png", b"not an image", "image/png")}, "input_reference"),
        ({"input_reference": ("a.png", b"")}, "input_reference"),
        ({"prompt": ("prompt.txt", b"A lighthouse")}, "prompt"),
    ],
    ids=repr,
)
def test_a_file_that_is_no_image_is_named_and_costs_nothing(
    stack: Driver, files: dict[str, Any], param: str
) -> None:
    answer = stack.api.post("/v1/videos", data={"user": "u-1"}, files=files)

    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)
    assert stack.provider.tasks() == []

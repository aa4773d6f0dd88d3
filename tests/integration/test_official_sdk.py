"""The official SDK, unmodified: what it offers for videos works here, and its own retry is no second paid task."""

import os
import signal
import threading
import time
from dataclasses import replace
from itertools import batched

import pytest
from openai import NotFoundError, OpenAI

from reelhook.adapters.items.videos import video_to_item
from reelhook.domain.video import State
from tests.builders import NOW, a_video, a_video_id
from tests.integration.cutting import cut_after_the_request
from tests.integration.driving import PROMPT, Driver

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")


def sdk(stack: Driver, url: str | None = None) -> OpenAI:
    """The SDK as its users make it, pointed here."""
    return OpenAI(base_url=f"{url or stack.stack.api_url}/v1", api_key=stack.stack.api_key)


def test_it_creates_polls_retrieves_lists_downloads_and_deletes(stack: Driver) -> None:
    client = sdk(stack)
    video = client.videos.create_and_poll(prompt=PROMPT, seconds="4", poll_interval_ms=300)
    assert video.status == "completed"
    assert client.videos.retrieve(video.id).progress == 100
    assert video.id in [each.id for each in client.videos.list(limit=1)]

    content = client.videos.download_content(video.id).read()
    assert content == stack.content(video.id)
    assert content[4:8] == b"ftyp"

    assert client.videos.delete(video.id).deleted
    with pytest.raises(NotFoundError):
        client.videos.retrieve(video.id)


def test_its_retry_after_a_lost_answer_finds_the_video_and_pays_once(stack: Driver) -> None:
    with cut_after_the_request(stack.stack.api_url) as url:
        raw = sdk(stack, url).videos.with_raw_response.create(prompt="One boat races", seconds="4")

    assert raw.retries_taken == 1
    (task,) = stack.provider.tasks_asking_for("One boat races")
    assert task["task_id"] == stack.provider.task_id(raw.parse().id)


def _wake(stopped: list[int]) -> None:
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)


def test_its_retry_pays_once_too_while_the_first_attempt_has_not_come_to_sending(stack: Driver) -> None:
    refused = stack.api.post("/v1/videos", json={"prompt": PROMPT, "model": "unknown/model"})
    assert refused.status_code == 400  # and the function is warm
    stopped = stack.processes("submit_video")
    assert stopped
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    waking = threading.Timer(2, _wake, (stopped,))
    waking.start()
    try:
        with cut_after_the_request(stack.stack.api_url, at_once=True) as url:
            # a prompt of its own: a retry meets whatever was asked with the same words in the last ten minutes
            raw = sdk(stack, url).videos.with_raw_response.create(prompt="Two boats race", seconds="4")
            waking.join()
            time.sleep(3)  # what the first attempt would send, it has sent by then
    finally:
        waking.join()

    assert raw.retries_taken == 1
    (task,) = stack.provider.tasks_asking_for("Two boats race")
    assert task["task_id"] == stack.provider.task_id(raw.parse().id)


def test_it_pages_through_a_list_of_any_length(stack: Driver) -> None:
    """250 items of another owner's, put into the table: no provider is asked for them."""
    owner = "many-videos"
    planted = [
        replace(a_video(State.CANCELED, a_video_id(number)), owner=owner, created_at=NOW + number)
        for number in range(250)
    ]
    for some in batched(planted, 25, strict=True):  # as many as one call takes
        puts = [{"PutRequest": {"Item": video_to_item(video)}} for video in some]
        done = stack.client("dynamodb").batch_write_item(RequestItems={stack.stack.table: puts})
        assert not done["UnprocessedItems"]
    key = stack.client_of(owner).headers["authorization"].removeprefix("Bearer ")

    listed = OpenAI(base_url=f"{stack.stack.api_url}/v1", api_key=key).videos.list(limit=100)

    assert [video.id for video in listed] == [video.video_id for video in reversed(planted)]

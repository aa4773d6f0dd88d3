"""Answers with their headers: where it is, when to ask again, and what nobody may keep."""

import json
from dataclasses import replace

import pytest

from reelhook.api.answers import accepted, found, linked, redirected
from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.video import State, Video
from tests.builders import an_artifact

REQUEST = VideoRequest("apixo/seedance-2-0-fast", Mode.TEXT_TO_VIDEO, "A lighthouse 🎬")
VIDEO = Video(
    "video_abcdefghijklmnopqrstuvwxyz",
    "anna",
    REQUEST,
    "v1:0",
    "apixo",
    REQUEST.model,
    1_000,
    State.SUBMITTED,
)


def test_a_new_video_is_accepted_with_its_address_and_when_to_ask_again() -> None:
    answer = accepted(VIDEO)

    assert answer.status_code == 202
    assert answer.headers == {
        "Content-Type": "application/json",
        "Location": "/v1/videos/video_abcdefghijklmnopqrstuvwxyz",
        "openai-poll-after-ms": "10000",
    }


def test_a_replay_says_that_it_is_one() -> None:
    assert accepted(VIDEO, replayed=True).headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("state", list(State))
def test_only_a_video_under_way_says_when_to_ask_again(state: State) -> None:
    open_states = ("queued", "submitting", "submitted", "result_ready", "transferring")

    assert ("openai-poll-after-ms" in found(replace(VIDEO, state=state)).headers) == (state in open_states)


def test_an_emoji_leaves_as_utf_8() -> None:
    assert "A lighthouse 🎬" in (found(VIDEO).body or "")


def test_content_is_a_redirect_that_nobody_keeps() -> None:
    answer = redirected("https://bucket.example/0.mp4?X-Amz-Signature=s")

    assert (answer.status_code, answer.body) == (302, "")
    assert answer.headers == {
        "Location": "https://bucket.example/0.mp4?X-Amz-Signature=s",
        "Cache-Control": "private, no-store",
    }


def test_content_is_the_link_itself_for_clients_that_cannot_follow() -> None:
    answer = linked("https://bucket.example/0.mp4", 1_796_118_300_500, an_artifact(size=1_024))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert json.loads(answer.body or "") == {
        "url": "https://bucket.example/0.mp4",
        "expires_at": 1_796_118_300,
        "size": 1_024,
        "content_type": "video/mp4",
    }

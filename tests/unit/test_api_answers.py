"""Answers with their headers: where it is, when to ask again, and what nobody may keep."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from reelhook.api.answers import accepted, deleted, found, linked, listed, redirected
from reelhook.domain.listing import Page
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


def tag_of(video: Video) -> str:
    return str(found(video).headers["ETag"])


def test_a_video_carries_the_tag_of_its_body_and_is_asked_for_again_each_time() -> None:
    answer = found(VIDEO)

    assert answer.headers["ETag"] == f'"{hashlib.sha256((answer.body or "").encode()).hexdigest()[:32]}"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert tag_of(replace(VIDEO, state=State.STORED)) != tag_of(VIDEO)
    assert tag_of(replace(VIDEO, look_ups=3, claim="another")) == tag_of(VIDEO)


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', '"other",W/{}', "*"])
def test_a_client_that_has_the_video_as_it_stands_is_told_so_without_it(known: str) -> None:
    answer = found(VIDEO, known.format(tag_of(VIDEO)))

    assert (answer.status_code, answer.body) == (304, "")
    assert answer.headers["ETag"] == tag_of(VIDEO)
    assert answer.headers["openai-poll-after-ms"] == "10000"


@pytest.mark.parametrize("known", ["", '"other"', "W/", "{}x", "x{}", "\N{GRINNING FACE}", ",,,"])
def test_a_client_that_has_something_else_gets_the_video(known: str) -> None:
    assert found(VIDEO, known.format(tag_of(VIDEO))).status_code == 200


def page_of(*videos: Video, has_more: bool = False) -> dict[str, Any]:
    answer = listed(Page(videos, has_more=has_more))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    page: dict[str, Any] = json.loads(answer.body or "")
    return page


def test_a_page_names_its_ends_and_shows_videos_as_they_are_shown_alone() -> None:
    other = replace(VIDEO, video_id="video_bbbbbbbbbbbbbbbbbbbbbbbbbb")

    assert page_of(VIDEO, other, has_more=True) == {
        "object": "list",
        "data": [json.loads(found(video).body or "") for video in (VIDEO, other)],
        "first_id": VIDEO.video_id,
        "last_id": other.video_id,
        "has_more": True,
    }


def test_an_empty_page_has_no_ends() -> None:
    assert page_of() == {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False}


LAMBDA_ANSWERS = 6 * 1024 * 1024  # "Invocation payload: 6 MB each for request and response" (Lambda quotas)
METADATA = {f"{number:02d}".ljust(64, "\N{GRINNING FACE}"): "\N{GRINNING FACE}" * 512 for number in range(16)}


@pytest.mark.parametrize("character", ["\N{GRINNING FACE}", '"', "\\", "\n", "\x01", "\u2028", "é"])
def test_a_hundred_of_the_largest_videos_leave_in_answers_that_lambda_takes(character: str) -> None:
    request = replace(REQUEST, prompt=character * 10_000, metadata=METADATA)
    left = [replace(VIDEO, request=request, video_id=f"video_{number:026d}") for number in range(100)]
    seen: list[str] = []
    while left:
        answer = listed(Page(tuple(left), has_more=False))
        whole = {"statusCode": 200, "body": answer.body}
        # as AWS's own runtime writes it (awslambdaric's Encoder for Python 3.12 and later)
        assert len(json.dumps(whole, ensure_ascii=False).encode()) < LAMBDA_ANSWERS - 10_000
        page = json.loads(answer.body or "")
        assert page["has_more"] == (len(page["data"]) < len(left))
        assert page["data"], "an SDK stops at an empty page"
        seen += [video["id"] for video in page["data"]]
        left = left[len(page["data"]) :]

    assert seen == [f"video_{number:026d}" for number in range(100)]


def test_a_hundred_ordinary_videos_fit_on_a_page() -> None:
    request = replace(REQUEST, prompt="日" * 3_000)

    assert len(page_of(*[replace(VIDEO, request=request)] * 100)["data"]) == 100


def test_a_deletion_is_answered_as_the_videos_api_does() -> None:
    assert json.loads(deleted(VIDEO.video_id).body or "") == {
        "id": VIDEO.video_id,
        "object": "video.deleted",
        "deleted": True,
    }

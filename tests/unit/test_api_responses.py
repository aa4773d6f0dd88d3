"""The public objects: every name there, nothing of the inside, and no media."""

import json
from dataclasses import replace

import pytest

from reelhook.api.responses import video_object
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.price import Usage
from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.video import Artifact, State, Video

REQUEST = VideoRequest("apixo/seedance-2-0-fast", Mode.TEXT_TO_VIDEO, "A lighthouse 🎬")
VIDEO = Video(
    video_id="video_abcdefghijklmnopqrstuvwxyz",
    owner="anna",
    request=REQUEST,
    request_hash="v1:0",
    provider="apixo",
    model=REQUEST.model,
    created_at=1_796_117_400_999,
    state=State.SUBMITTED,
    claim="secret claim",
    task_id="task-1",
    results=("https://file.apixo.ai/secret.mp4",),
)
STORED = replace(
    VIDEO,
    state=State.STORED,
    completed_at=1_796_117_500_000,
    ttl=1_798_709_500,
    artifacts=(Artifact(0, "video", "videos/x/0.mp4", 1_024, "video/mp4", "crc==", "FULL_OBJECT"),),
)
ERROR = VideoError(
    "moderated", "The prompt was refused.", Category.INPUT_MODERATION, False, Billed.NO, "prompt"
)


def test_a_video_under_way_shows_every_field_and_nothing_of_the_inside() -> None:
    assert video_object(VIDEO) == {
        "id": "video_abcdefghijklmnopqrstuvwxyz",
        "object": "video",
        "model": "apixo/seedance-2-0-fast",
        "mode": "text_to_video",
        "status": "in_progress",
        "progress": 50,
        "created_at": 1_796_117_400,
        "completed_at": None,
        "expires_at": None,
        "prompt": "A lighthouse 🎬",
        "seconds": None,
        "size": None,
        "resolution": None,
        "aspect_ratio": None,
        "metadata": {},
        "user": None,
        "artifacts": [],
        "error": None,
        "usage": None,
        "remixed_from_video_id": None,
    }


def test_a_completed_video_lists_its_files_without_their_keys() -> None:
    shown = video_object(STORED)

    assert (shown["status"], shown["progress"]) == ("completed", 100)
    assert (shown["completed_at"], shown["expires_at"]) == (1_796_117_500, 1_798_709_500)
    assert shown["artifacts"] == [{"index": 0, "type": "video", "size": 1_024, "content_type": "video/mp4"}]


def test_what_the_client_set_comes_back_seconds_as_a_string_and_media_never() -> None:
    request = replace(
        REQUEST,
        seconds=5,
        resolution="720p",
        aspect_ratio="16:9",
        first_frame="https://media.example.com/first",
        reference_images=("https://media.example.com/image",),
        metadata={"scene": "4"},
        user="u-1",
    )

    shown = video_object(replace(VIDEO, request=request))

    told = {name: shown[name] for name in ("seconds", "resolution", "aspect_ratio", "metadata", "user")}
    assert told == {
        "seconds": "5",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "metadata": {"scene": "4"},
        "user": "u-1",
    }
    assert "https://" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("state", "task_id", "progress"),
    [
        (State.QUEUED, None, 0),
        (State.SUBMITTING, None, 0),
        (State.SUBMITTED, "t", 50),
        (State.RESULT_READY, "t", 90),
        (State.TRANSFERRING, "t", 90),
        (State.STORED, "t", 100),
        (State.REJECTED, None, 0),
        (State.CANCELED, None, 0),
        (State.FAILED, None, 0),
        (State.FAILED, "t", 50),
        (State.EXPIRED, None, 0),
        (State.EXPIRED, "t", 50),
        (State.TRANSFER_FAILED, "t", 90),
    ],
)
def test_progress_is_the_last_stage_reached(state: State, task_id: str | None, progress: int) -> None:
    assert video_object(replace(VIDEO, state=state, task_id=task_id))["progress"] == progress


@pytest.mark.parametrize("state", [State.FAILED, State.REJECTED, State.TRANSFER_FAILED, State.EXPIRED])
def test_a_video_that_failed_says_why_and_what_it_cost(state: State) -> None:
    assert video_object(replace(VIDEO, state=state, error=ERROR))["error"] == {
        "code": "moderated",
        "message": "The prompt was refused.",
        "category": "input_moderation",
        "param": "prompt",
        "retryable": False,
        "billed": "no",
    }


def test_an_expired_video_whose_result_came_late_keeps_its_error_until_it_is_completed() -> None:
    late = replace(VIDEO, state=State.TRANSFERRING, expired_at=1, error=ERROR)

    assert (video_object(late)["status"], video_object(late)["progress"]) == ("expired", 90)
    assert video_object(late)["error"] is not None
    assert video_object(replace(STORED, error=ERROR))["error"] is None


def test_what_it_cost_is_shown_as_decimal_digits_with_its_rule() -> None:
    usage = Usage("0.7800", "USD", "5 s x 0.156 USD/s", estimated=True)
    assert video_object(replace(STORED, usage=usage))["usage"] == {
        "cost": "0.7800",
        "currency": "USD",
        "rule": "5 s x 0.156 USD/s",
        "estimated": True,
    }


def test_the_last_frame_is_an_artifact_of_its_own_type() -> None:
    frame = Artifact(0, "last_frame", "videos/x/last_frame.png", 99, "image/png", "crc==", "FULL_OBJECT")
    assert video_object(replace(STORED, artifacts=(*STORED.artifacts, frame)))["artifacts"] == [
        {"index": 0, "type": "video", "size": 1_024, "content_type": "video/mp4"},
        {"index": 0, "type": "last_frame", "size": 99, "content_type": "image/png"},
    ]

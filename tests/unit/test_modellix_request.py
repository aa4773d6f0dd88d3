"""What is sent to Modellix: the pages' own bodies, and nothing that the client did not set."""

import json
from typing import Any

import pytest

from reelhook.domain.request import VideoRequest
from reelhook.providers.modellix_request import body
from tests.api import asking, frame, read, reference
from tests.models import model

I2V, T2V = "modellix/seedance-2.0-fast-i2v", "modellix/seedance-1.0-pro-fast-t2v"
PRO, V2V = "modellix/seedance-1.5-pro-i2v", "modellix/seedance-2.0-v2v"


def sent(asked: dict[str, Any]) -> Any:
    request: VideoRequest = read(asked)
    return json.loads(body(model(request.model), request))


@pytest.mark.parametrize("name", [I2V, T2V])
def test_a_prompt_alone_is_the_pages_whole_body(name: str) -> None:
    assert sent({"model": name, "prompt": "<string>"}) == {"prompt": "<string>"}


@pytest.mark.parametrize(
    "media",
    [
        {"input_reference": {"image_url": "https://example.com/image.jpg"}},
        {"frame_images": [frame("https://example.com/image.jpg")]},
    ],
)
def test_a_first_frame_and_a_prompt_are_the_pages_body_of_1_5_pro(media: dict[str, Any]) -> None:
    assert sent({"model": PRO, "prompt": "The person smiles and waves", **media}) == {
        "first_frame_image": "https://example.com/image.jpg",
        "prompt": "The person smiles and waves",
    }


def test_a_last_frame_goes_without_a_prompt_and_without_a_first_frame() -> None:
    asked = {"model": PRO, "frame_images": [frame("https://example.com/last.jpg", "last_frame")]}

    assert sent(asked) == {"last_frame_image": "https://example.com/last.jpg"}


def test_references_become_the_lists_of_the_schemas_multimodal_example() -> None:
    asked = asking(
        model=V2V,
        input_references=[
            reference("audio", "https://example.com/audio.mp3"),
            reference("video", "https://example.com/video.mp4"),
            reference("image", "https://example.com/image.jpg"),
        ],
        seconds=8,
        resolution="720p",
    )

    assert sent(asked) == {
        "prompt": "A lighthouse at dawn",
        "video_urls": ["https://example.com/video.mp4"],
        "reference_images": ["https://example.com/image.jpg"],
        "audio_urls": ["https://example.com/audio.mp3"],
        "duration": 8,
        "resolution": "720p",
    }


def test_a_video_to_edit_may_come_with_frames_and_sound() -> None:
    asked = asking(
        model=V2V,
        frame_images=[frame("https://a.example/1.png"), frame("https://a.example/2.png", "last_frame")],
        input_references=[
            reference("video", "https://a.example/v.mp4"),
            reference("audio", "https://a.example/a.mp3"),
        ],
    )

    assert sent(asked) == {
        "prompt": "A lighthouse at dawn",
        "first_frame_image": "https://a.example/1.png",
        "last_frame_image": "https://a.example/2.png",
        "video_urls": ["https://a.example/v.mp4"],
        "audio_urls": ["https://a.example/a.mp3"],
    }


def test_every_field_of_1_0_pro_fast_is_sent_under_the_pages_name_with_its_own_type() -> None:
    options = {
        "frames": 29,
        "camera_fixed": False,
        "service_tier": "flex",
        "execution_expires_after": 3_600,
        "return_last_frame": True,
    }
    asked = asking(model=T2V, seconds="5", size="1248x704", seed=-1, provider_options=options)

    raw = sent(asked)

    assert raw == {
        "prompt": "A lighthouse at dawn",
        "ratio": "16:9",
        "resolution": "720p",
        "duration": 5,
        "seed": -1,
        **options,
    }
    assert {name: type(value) for name, value in raw.items() if name in ("duration", "camera_fixed")} == {
        "duration": int,
        "camera_fixed": bool,
    }


def test_what_is_off_or_silent_is_sent_if_the_client_said_so() -> None:
    asked = asking(model=I2V, generate_audio=False, aspect_ratio="9:16")

    assert sent(asked) == {"prompt": "A lighthouse at dawn", "generate_audio": False, "ratio": "9:16"}


def test_metadata_and_user_stay_here_and_emoji_travel_as_utf_8() -> None:
    request = read(asking(model=T2V, prompt="\U0001f3ac", metadata={"order": "4711"}, user="somebody"))

    assert body(model(T2V), request) == '{"prompt":"\U0001f3ac"}'.encode()

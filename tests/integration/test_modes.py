"""What the provider is asked for in each of the model's modes."""

import json
from typing import Any

import pytest

from tests.integration.driving import Driver

# What the provider's page of seedance-2-0-fast shows under "Request body", and how a client asks us for the same.
TEXT_TO_VIDEO = """
  {
    "mode": "text-to-video",
    "prompt": "a cinematic tracking shot through a rainy neon street",
    "resolution": "720p",
    "duration": 5,
    "aspect_ratio": "16:9",
    "sound": true,
    "web_search": false
  }"""
FIRST_AND_LAST_FRAMES = """
  {
    "mode": "first_and_last_frames",
    "prompt": "turn the still frames into a smooth cinematic camera move",
    "image_urls": [
      "https://example.com/frame-start.png",
      "https://example.com/frame-end.png"
    ],
    "resolution": "720p",
    "duration": 5,
    "aspect_ratio": "9:16",
    "sound": true,
    "web_search": false
  }"""
OMNI_REFERENCE = """
  {
    "mode": "omni_reference",
    "prompt": "create a stylish product ad using the visual references and voice rhythm",
    "image_urls": [
      "https://example.com/product-shot.png"
    ],
    "video_urls": [
      "https://example.com/ref-motion.mp4"
    ],
    "audio_urls": [
      "https://example.com/ref-audio.mp3"
    ],
    "resolution": "480p",
    "duration": 6,
    "aspect_ratio": "auto",
    "sound": true,
    "web_search": false
  }"""


def part(kind: str, url: str, **more: str) -> dict[str, Any]:
    return {"type": kind, kind: {"url": url}, **more}


ASKED: dict[str, dict[str, Any]] = {
    TEXT_TO_VIDEO: {"size": "1280x720", "seconds": "5"},
    FIRST_AND_LAST_FRAMES: {
        "frame_images": [
            part("image_url", "https://example.com/frame-start.png", frame_type="first_frame"),
            part("image_url", "https://example.com/frame-end.png", frame_type="last_frame"),
        ],
        "aspect_ratio": "9:16",
    },
    OMNI_REFERENCE: {
        "input_references": [
            part("image_url", "https://example.com/product-shot.png"),
            part("video_url", "https://example.com/ref-motion.mp4"),
            part("audio_url", "https://example.com/ref-audio.mp3"),
        ],
        "resolution": "480p",
        "seconds": 6,
        "aspect_ratio": "auto",
    },
}


@pytest.mark.parametrize("example", ASKED, ids=["text to video", "first and last frames", "omni reference"])
def test_each_mode_reaches_the_provider_as_its_page_shows(stack: Driver, example: str) -> None:
    shown = json.loads(example)
    stack.provider.behave(generate_seconds=0.1)
    video = stack.submit(shown["prompt"], **ASKED[example])
    stack.wait_for(video["id"])
    (task,) = stack.provider.tasks(video["id"])

    assert task["model"] == "seedance-2-0-fast"
    assert task["body"].pop("callback_url")
    assert task["body"] == {"request_type": "callback", "input": shown}


def test_the_models_are_listed_where_a_videos_id_could_stand_too(stack: Driver) -> None:
    listed = stack.api.get("/v1/videos/models")

    assert listed.status_code == 200, listed.text
    assert "apixo/seedance-2-0-fast" in {model["id"] for model in listed.json()["data"]}

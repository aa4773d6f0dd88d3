"""What is sent to APIXO: the page's own bodies, with `callback` in place of `async`, and nothing besides."""

import json
from typing import Any

import httpx
import pytest

from reelhook.domain.answers import Accepted
from reelhook.domain.request import Mode, VideoRequest
from tests.api import asking, frame, read, reference
from tests.unit.apixo_world import ACCEPTED, BASE, CALLBACK_URL, KEY, answer, apixo, request

START, END = "https://example.com/frame-start.png", "https://example.com/frame-end.png"


def sent(video_request: VideoRequest) -> httpx.Request:
    seen: list[httpx.Request] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one)
        return answer(200, ACCEPTED)

    assert apixo(side).prepare(video_request, CALLBACK_URL).send() == Accepted("task_12345678")
    (only,) = seen
    return only


def body(video_request: VideoRequest) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(sent(video_request).content)
    return whole


def test_a_prompt_alone_becomes_the_pages_text_to_video_body() -> None:
    assert body(request()) == {
        "request_type": "callback",
        "callback_url": CALLBACK_URL,
        "input": {
            "mode": "text-to-video",
            "prompt": "a cinematic tracking shot through a rainy neon street",
            "resolution": "720p",
            "duration": 5,
            "aspect_ratio": "16:9",
            "sound": True,
            "web_search": False,
        },
    }


def test_two_frames_become_the_pages_first_and_last_frames_body() -> None:
    prompt = "turn the still frames into a smooth cinematic camera move"
    asked = request(Mode.FRAMES, prompt=prompt, first_frame=START, last_frame=END, aspect_ratio="9:16")
    assert body(asked)["input"] == {
        "mode": "first_and_last_frames",
        "prompt": prompt,
        "image_urls": [START, END],
        "resolution": "720p",
        "duration": 5,
        "aspect_ratio": "9:16",
        "sound": True,
        "web_search": False,
    }


START_TO_END = [frame(START), frame(END, "last_frame")]
PAGES: list[tuple[dict[str, Any], dict[str, Any]]] = [  # what a client asks, and the page's own `input`
    (
        {
            "prompt": "turn the still frames into a smooth cinematic camera move",
            "frame_images": START_TO_END,
            "aspect_ratio": "9:16",
        },
        {
            "mode": "first_and_last_frames",
            "prompt": "turn the still frames into a smooth cinematic camera move",
            "image_urls": [START, END],
            "resolution": "720p",
            "duration": 5,
            "aspect_ratio": "9:16",
            "sound": True,
            "web_search": False,
        },
    ),
    (
        {
            "prompt": "create a stylish product ad using the visual references and voice rhythm",
            "input_references": [
                reference("image", "https://example.com/product-shot.png"),
                reference("video", "https://example.com/ref-motion.mp4"),
                reference("audio", "https://example.com/ref-audio.mp3"),
            ],
            "resolution": "480p",
            "seconds": "6",
            "aspect_ratio": "auto",
        },
        {
            "mode": "omni_reference",
            "prompt": "create a stylish product ad using the visual references and voice rhythm",
            "image_urls": ["https://example.com/product-shot.png"],
            "video_urls": ["https://example.com/ref-motion.mp4"],
            "audio_urls": ["https://example.com/ref-audio.mp3"],
            "resolution": "480p",
            "duration": 6,
            "aspect_ratio": "auto",
            "sound": True,
            "web_search": False,
        },
    ),
    (
        {
            "model": "apixo/seedance-1-5-pro",
            "prompt": "a calm seaside sunrise with gentle camera dolly movement",
            "seconds": 8,
            "generate_audio": False,
        },
        {
            "mode": "text-to-video",
            "prompt": "a calm seaside sunrise with gentle camera dolly movement",
            "resolution": "720p",
            "duration": 8,
            "sound": False,
            "aspect_ratio": "16:9",
            "fixed_lens": False,
        },
    ),
]


@pytest.mark.parametrize(("asked", "page"), PAGES)
def test_what_a_client_asks_becomes_the_pages_own_input(asked: dict[str, Any], page: dict[str, Any]) -> None:
    assert body(read(asked))["input"] == page


def test_frames_of_1_5_pro_are_its_image_to_video() -> None:
    told = body(read(asking(model="apixo/seedance-1-5-pro", frame_images=START_TO_END)))["input"]
    assert (told["mode"], told["image_urls"], told["aspect_ratio"]) == (
        "image-to-video",
        [START, END],
        "16:9",
    )


@pytest.mark.parametrize("slug", ["seedance-2-0", "seedance-2-0-mini", "seedance-1-5-pro"])
def test_each_model_is_posted_to_its_own_path(slug: str) -> None:
    assert str(sent(read(asking(model=f"apixo/{slug}"))).url) == f"{BASE}/generateTask/{slug}"


def test_one_frame_is_the_starting_one() -> None:
    told = body(request(Mode.FRAMES, first_frame=START))["input"]
    assert told["image_urls"] == [START]
    assert told["aspect_ratio"] == "auto"


def test_references_become_the_pages_omni_reference_body() -> None:
    prompt = "create a stylish product ad using the visual references and voice rhythm"
    asked = request(
        Mode.REFERENCE,
        prompt=prompt,
        reference_images=("https://example.com/product-shot.png",),
        reference_videos=("https://example.com/ref-motion.mp4",),
        reference_audios=("https://example.com/ref-audio.mp3",),
        resolution="480p",
        seconds=6,
    )
    assert body(asked)["input"] == {
        "mode": "omni_reference",
        "prompt": prompt,
        "image_urls": ["https://example.com/product-shot.png"],
        "video_urls": ["https://example.com/ref-motion.mp4"],
        "audio_urls": ["https://example.com/ref-audio.mp3"],
        "resolution": "480p",
        "duration": 6,
        "aspect_ratio": "auto",
        "sound": True,
        "web_search": False,
    }


def test_media_that_the_client_did_not_give_are_left_out() -> None:
    told = body(request(Mode.REFERENCE, reference_videos=("https://example.com/v.mp4",)))["input"]
    assert "image_urls" not in told
    assert "audio_urls" not in told


def test_a_size_is_sent_as_its_resolution_and_shape() -> None:
    told = body(request(size="496x864"))["input"]
    assert (told["resolution"], told["aspect_ratio"]) == ("480p", "9:16")
    assert "size" not in told


def test_what_the_client_chose_is_sent_with_its_own_types() -> None:
    told = body(request(seconds=15, generate_audio=False, provider_options={"web_search": True}))["input"]
    assert (told["duration"], told["sound"], told["web_search"]) == (15, False, True)
    assert type(told["duration"]) is int


def test_metadata_and_user_stay_here() -> None:
    raw = sent(request(metadata={"order": "4711"}, user="somebody")).content
    assert b"4711" not in raw
    assert b"somebody" not in raw


def test_the_post_goes_to_the_models_own_path_with_the_key_and_a_type() -> None:
    one = sent(request())
    assert (one.method, str(one.url)) == ("POST", f"{BASE}/generateTask/seedance-2-0-fast")
    assert one.headers["authorization"] == f"Bearer {KEY}"
    assert one.headers["content-type"] == "application/json"
    assert one.headers["accept-encoding"] == "identity"


def test_a_prompt_of_emoji_is_sent_as_utf_8() -> None:
    assert "\U0001f3ac".encode() in sent(request(prompt="\U0001f3ac")).content


def test_a_prepared_post_may_be_sent_again_with_the_same_bytes() -> None:
    seen: list[bytes] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one.read())
        return answer(200, ACCEPTED)

    submission = apixo(side).prepare(request(), CALLBACK_URL)
    submission.send()
    submission.send()
    assert len(seen) == 2
    assert seen[0] == seen[1]


def test_nothing_is_sent_before_send() -> None:
    def side(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    apixo(side).prepare(request(), CALLBACK_URL)

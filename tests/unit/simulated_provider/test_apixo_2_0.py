"""The judge knows what the pages of APIXO's three 2.0 models allow, each rule on both sides of its bound."""

from typing import Any

import pytest

from sandbox.provider.judging import complaints
from sandbox.provider.references import References
from tests.unit.simulated_provider.client import CLIP, FRAMES, OMNI, PICTURE, SOUND, TEXT, omni

MISSING, TYPE, VALUE = "Missing required parameter", "Invalid parameter type", "Invalid parameter value"
LENGTH, MEDIA = "Param length exceeded", "ImageNotAccess"
SIZES = {
    "seedance-2-0-fast": ["480p", "720p"],
    "seedance-2-0": ["480p", "720p", "1080p"],
    "seedance-2-0-mini": ["480p", "720p"],
}
RATIOS = ["auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"]
SHORTEST = {"mode": "text-to-video", "prompt": "a"}
each_model = pytest.mark.parametrize("model", SIZES)


def judged(model: str, fields: dict[str, Any], **changes: Any) -> list[str]:
    return complaints("apixo", model, {"request_type": "async", "input": fields | changes})


@each_model
@pytest.mark.parametrize("fields", [TEXT, FRAMES, OMNI, SHORTEST], ids=["text", "frames", "omni", "shortest"])
def test_the_examples_of_the_pages_are_accepted(model: str, fields: dict[str, Any]) -> None:
    assert judged(model, fields) == []
    hook = "https://your-server.com/webhooks/apixo"
    hooked = {"request_type": "callback", "callback_url": hook, "input": fields}
    assert complaints("apixo", model, hooked) == []


@each_model
@pytest.mark.parametrize(
    ("field", "outside"),
    [
        ("resolution", ["4k", "adaptive"]),
        ("aspect_ratio", ["2:1", "adaptive"]),
        ("mode", ["image-to-video", "adaptive"]),
    ],
)
def test_each_model_has_its_sets_of_values(model: str, field: str, outside: list[str]) -> None:
    inside = {"resolution": SIZES[model], "aspect_ratio": RATIOS, "mode": ["text-to-video"]}[field]
    beyond = [size for size in ("1080p",) if field == "resolution" and size not in inside]
    assert [value for value in inside if judged(model, TEXT, **{field: value})] == []
    for value in outside + beyond:
        assert judged(model, TEXT, **{field: value}) == [f"{VALUE}: input.{field}"]


@each_model
def test_a_video_lasts_4_to_15_seconds(model: str) -> None:
    assert [seconds for seconds in range(4, 16) if judged(model, TEXT, duration=seconds)] == []
    for seconds in (3, 16, -1):
        assert judged(model, TEXT, duration=seconds) == [f"{VALUE}: input.duration"]


@each_model
@pytest.mark.parametrize("name", ["mode", "prompt"])
def test_mode_and_prompt_are_needed(model: str, name: str) -> None:
    fields = {key: value for key, value in TEXT.items() if key != name}
    assert judged(model, fields) == [f"{MISSING}: input.{name}"]


@each_model
@pytest.mark.parametrize(
    "fields",
    [
        FRAMES | {"image_urls": [PICTURE]},
        FRAMES | {"image_urls": [PICTURE] * 2},
        omni(image_urls=[PICTURE]),
        omni(image_urls=[PICTURE] * 9, video_urls=[CLIP] * 3, audio_urls=[SOUND] * 3),
        omni(video_urls=[CLIP], audio_urls=[SOUND]),
    ],
)
def test_as_many_media_as_the_page_says_are_accepted(model: str, fields: dict[str, Any]) -> None:
    assert judged(model, fields) == []


@each_model
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (FRAMES | {"image_urls": []}, [f"{MISSING}: input.image_urls"]),
        (FRAMES | {"image_urls": [PICTURE] * 3}, [f"{LENGTH}: input.image_urls"]),
        (FRAMES | {"video_urls": [CLIP]}, [f"{VALUE}: input.video_urls is not used in this mode"]),
        (FRAMES | {"audio_urls": [SOUND]}, [f"{VALUE}: input.audio_urls is not used in this mode"]),
        (TEXT | {"image_urls": [PICTURE]}, [f"{VALUE}: input.image_urls is not used in this mode"]),
        (omni(), [f"{MISSING}: input.image_urls or input.video_urls"]),
        (omni(audio_urls=[SOUND]), [f"{MISSING}: input.image_urls or input.video_urls"]),
        (omni(image_urls=[PICTURE] * 10), [f"{LENGTH}: input.image_urls"]),
        (omni(image_urls=[PICTURE], video_urls=[]), [f"{VALUE}: input.video_urls"]),
        (omni(image_urls=["data:image/png;base64,AAAA"]), [f"{MEDIA}: input.image_urls"]),
        (TEXT | {"prompt": " "}, [f"{VALUE}: input.prompt"]),
        (TEXT | {"fixed_lens": False}, [f"{VALUE}: input.fixed_lens is not a parameter"]),
        (TEXT | {"sound": 1}, [f"{TYPE}: input.sound"]),
        (TEXT | {"web_search": "no"}, [f"{TYPE}: input.web_search"]),
    ],
)
def test_what_the_pages_forbid_is_named(model: str, fields: dict[str, Any], told: list[str]) -> None:
    assert judged(model, fields) == told


@each_model
@pytest.mark.parametrize("name", ["video_urls", "audio_urls"])
def test_references_last_2_to_15_seconds_each_and_15_in_all(model: str, name: str) -> None:
    media = References({"https://a.example/16": 16, "https://a.example/1": 1, "https://a.example/8": 8})
    for urls, fine in [
        (["https://a.example/8", "https://a.example/5"], True),
        (["https://a.example/8"] * 2, False),
        (["https://a.example/16"], False),
        (["https://a.example/1"], False),
    ]:
        body = {"request_type": "async", "input": omni(image_urls=[PICTURE], **{name: urls})}
        told = [] if fine else [f"{VALUE}: input.{name}: duration"]
        assert complaints("apixo", model, body, media) == told
    short = References({"default": 3})
    body = {"request_type": "async", "input": omni(image_urls=[PICTURE], **{name: [CLIP] * 4})}
    assert complaints("apixo", model, body, short) == [f"{LENGTH}: input.{name}"]


def test_every_complaint_around_the_input_is_told_at_once() -> None:
    assert complaints("apixo", "seedance-2-0", {"request_type": "callback", "provider": "auto"}) == [
        f"{MISSING}: callback_url",
        f"{MISSING}: input",
        f"{VALUE}: provider is not a parameter",
    ]
    assert complaints("apixo", "seedance-9", {}) == ["Task not found: model seedance-9"]

"""The judge knows what the pages of APIXO's four models allow, each rule on both sides of its bound."""

from typing import Any

import pytest

from sandbox.provider.judging import complaints
from tests.unit.simulated_provider.client import CLIP, FRAMES, HOOK, OMNI, PICTURE, SOUND, TEXT, omni

MISSING, TYPE, VALUE = "Missing required parameter", "Invalid parameter type", "Invalid parameter value"
LENGTH = "Param length exceeded"
FAST, FULL, MINI, PRO = "seedance-2-0-fast", "seedance-2-0", "seedance-2-0-mini", "seedance-1-5-pro"
FAMILY = [FAST, FULL, MINI]
CALM = {  # the example of the 1.5 page
    "mode": "text-to-video",
    "prompt": "a calm seaside sunrise with gentle camera dolly movement",
    "resolution": "720p",
    "duration": 8,
    "sound": False,
    "aspect_ratio": "16:9",
    "fixed_lens": False,
}
ANIMATED = CALM | {"mode": "image-to-video", "image_urls": [PICTURE]}

SIZES = {
    FAST: ["480p", "720p"],
    FULL: ["480p", "720p", "1080p"],
    MINI: ["480p", "720p"],
    PRO: ["480p", "720p"],
}
RATIOS = ["16:9", "4:3", "1:1", "3:4", "9:16", "21:9"]


def judged(model: str, fields: dict[str, Any], **changes: Any) -> list[str]:
    return complaints("apixo", model, {"request_type": "async", "input": fields | changes})


@pytest.mark.parametrize("model", FAMILY)
@pytest.mark.parametrize("fields", [TEXT, FRAMES, OMNI], ids=["text", "frames", "omni"])
def test_the_examples_of_the_2_0_pages_are_accepted(model: str, fields: dict[str, Any]) -> None:
    assert judged(model, fields) == []


@pytest.mark.parametrize("fields", [CALM, ANIMATED, ANIMATED | {"image_urls": [PICTURE] * 2}])
def test_the_examples_of_the_1_5_page_are_accepted(fields: dict[str, Any]) -> None:
    assert judged(PRO, fields) == []
    hooked = {"request_type": "callback", "callback_url": HOOK, "input": fields}
    assert complaints("apixo", PRO, hooked) == []


@pytest.mark.parametrize("model", [*FAMILY, PRO])
def test_each_model_has_its_resolutions(model: str) -> None:
    fields = CALM if model == PRO else TEXT
    for size in ("480p", "720p", "1080p", "4k"):
        told = [] if size in SIZES[model] else [f"{VALUE}: input.resolution"]
        assert judged(model, fields, resolution=size) == told


@pytest.mark.parametrize(
    ("model", "shortest", "longest"), [(FAST, 4, 15), (FULL, 4, 15), (MINI, 4, 15), (PRO, 4, 12)]
)
def test_each_model_has_its_durations(model: str, shortest: int, longest: int) -> None:
    fields = CALM if model == PRO else TEXT
    for seconds in range(shortest, longest + 1):
        assert judged(model, fields, duration=seconds) == []
    for seconds in (shortest - 1, longest + 1, -1):
        assert judged(model, fields, duration=seconds) == [f"{VALUE}: input.duration"]


@pytest.mark.parametrize("model", [*FAMILY, PRO])
def test_each_model_has_its_ratios_and_1_5_no_auto(model: str) -> None:
    fields = CALM if model == PRO else TEXT
    assert [ratio for ratio in RATIOS if judged(model, fields, aspect_ratio=ratio)] == []
    assert judged(model, fields, aspect_ratio="auto") == (
        [f"{VALUE}: input.aspect_ratio"] if model == PRO else []
    )
    assert judged(model, fields, aspect_ratio="adaptive") == [f"{VALUE}: input.aspect_ratio"]


@pytest.mark.parametrize("model", [FULL, MINI])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (FRAMES | {"image_urls": []}, f"{MISSING}: input.image_urls"),
        (FRAMES | {"image_urls": [PICTURE] * 3}, f"{LENGTH}: input.image_urls"),
        (FRAMES | {"video_urls": [CLIP]}, f"{VALUE}: input.video_urls is not used in this mode"),
        (TEXT | {"image_urls": [PICTURE]}, f"{VALUE}: input.image_urls is not used in this mode"),
        (TEXT | {"prompt": " "}, f"{VALUE}: input.prompt"),
        (omni(), f"{MISSING}: input.image_urls or input.video_urls"),
        (omni(audio_urls=[SOUND]), f"{MISSING}: input.image_urls or input.video_urls"),
        (omni(image_urls=[PICTURE] * 10), f"{LENGTH}: input.image_urls"),
        (omni(video_urls=[CLIP] * 4), f"{VALUE}: input.video_urls: duration"),  # and too many
        (TEXT | {"mode": "image-to-video"}, f"{VALUE}: input.mode"),
        (TEXT | {"fixed_lens": False}, f"{VALUE}: input.fixed_lens is not a parameter"),
        (TEXT | {"sound": 1}, f"{TYPE}: input.sound"),
    ],
)
def test_the_2_0_pages_share_their_other_rules(model: str, fields: dict[str, Any], told: str) -> None:
    assert told in judged(model, fields)


def test_a_list_that_is_too_long_and_lasts_too_long_is_told_twice() -> None:
    assert judged(FULL, omni(video_urls=[CLIP] * 4)) == [
        f"{LENGTH}: input.video_urls",
        f"{VALUE}: input.video_urls: duration",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({name: value for name, value in CALM.items() if name != "sound"}, f"{MISSING}: input.sound"),
        ({name: value for name, value in CALM.items() if name != "prompt"}, f"{MISSING}: input.prompt"),
        ({name: value for name, value in CALM.items() if name != "mode"}, f"{MISSING}: input.mode"),
        (CALM | {"prompt": "ab"}, f"{VALUE}: input.prompt"),
        (CALM | {"prompt": "a" * 2501}, f"{VALUE}: input.prompt"),
        (CALM | {"fixed_lens": "no"}, f"{TYPE}: input.fixed_lens"),
        (CALM | {"mode": "omni_reference"}, f"{VALUE}: input.mode"),
        (CALM | {"image_urls": [PICTURE]}, f"{VALUE}: input.image_urls is not used in this mode"),
        (CALM | {"mode": "image-to-video"}, f"{MISSING}: input.image_urls"),
        (ANIMATED | {"image_urls": [PICTURE] * 3}, f"{LENGTH}: input.image_urls"),
        (ANIMATED | {"video_urls": [CLIP]}, f"{VALUE}: input.video_urls is not a parameter"),
        (ANIMATED | {"audio_urls": [SOUND]}, f"{VALUE}: input.audio_urls is not a parameter"),
        (CALM | {"web_search": False}, f"{VALUE}: input.web_search is not a parameter"),
    ],
)
def test_the_1_5_page_has_rules_of_its_own(fields: dict[str, Any], told: str) -> None:
    assert judged(PRO, fields) == [told]


@pytest.mark.parametrize("prompt", ["abc", "a" * 2500])
def test_the_bounds_of_the_1_5_prompt_are_inside(prompt: str) -> None:
    assert judged(PRO, CALM, prompt=prompt) == []


def test_every_complaint_around_the_input_is_told_at_once() -> None:
    assert complaints("apixo", FAST, {"request_type": "callback", "provider": "auto"}) == [
        f"{MISSING}: callback_url",
        f"{MISSING}: input",
        f"{VALUE}: provider is not a parameter",
    ]
    assert complaints("apixo", "seedance-9", {}) == ["Task not found: model seedance-9"]

"""The judge knows what the page of APIXO's 1.5 model allows, each rule on both sides of its bound."""

from typing import Any

import pytest

from sandbox.provider.judging import complaints
from tests.unit.simulated_provider.client import CLIP, HOOK, PICTURE, SOUND

MISSING, TYPE, VALUE = "Missing required parameter", "Invalid parameter type", "Invalid parameter value"
LENGTH = "Param length exceeded"
TEXT = {  # the page's example
    "mode": "text-to-video",
    "prompt": "a calm seaside sunrise with gentle camera dolly movement",
    "resolution": "720p",
    "duration": 8,
    "sound": False,
    "aspect_ratio": "16:9",
    "fixed_lens": False,
}
FRAMES = TEXT | {"mode": "image-to-video", "image_urls": [PICTURE]}
SHORTEST = {"mode": "text-to-video", "prompt": "abc", "sound": True}


def judged(fields: dict[str, Any], **changes: Any) -> list[str]:
    return complaints("apixo", "seedance-1-5-pro", {"request_type": "async", "input": fields | changes})


@pytest.mark.parametrize("fields", [TEXT, FRAMES, FRAMES | {"image_urls": [PICTURE] * 2}, SHORTEST])
def test_the_examples_of_the_page_are_accepted(fields: dict[str, Any]) -> None:
    assert judged(fields) == []
    hooked = {"request_type": "callback", "callback_url": HOOK, "input": fields}
    assert complaints("apixo", "seedance-1-5-pro", hooked) == []


@pytest.mark.parametrize(
    ("field", "inside", "outside"),
    [
        ("mode", ["text-to-video"], ["omni_reference", "first_and_last_frames", "adaptive"]),
        ("prompt", ["abc", "a" * 2500], ["ab", "a" * 2501]),
        ("resolution", ["480p", "720p"], ["1080p", "adaptive"]),
        ("duration", list(range(4, 13)), [3, 13, -1]),
        ("aspect_ratio", ["1:1", "3:4", "4:3", "9:16", "16:9", "21:9"], ["auto", "adaptive"]),
        ("sound", [True, False], []),
        ("fixed_lens", [True, False], []),
    ],
)
def test_a_value_at_a_bound_is_accepted_and_one_beyond_is_refused(
    field: str, inside: list[Any], outside: list[Any]
) -> None:
    assert [value for value in inside if judged(TEXT, **{field: value})] == []
    for value in outside:
        assert judged(TEXT, **{field: value}) == [f"{VALUE}: input.{field}"]


@pytest.mark.parametrize("name", ["mode", "prompt", "sound"])
def test_mode_prompt_and_sound_are_needed(name: str) -> None:
    fields = {key: value for key, value in TEXT.items() if key != name}
    assert judged(fields) == [f"{MISSING}: input.{name}"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (TEXT | {"fixed_lens": "no"}, f"{TYPE}: input.fixed_lens"),
        (TEXT | {"sound": 1}, f"{TYPE}: input.sound"),
        (TEXT | {"image_urls": [PICTURE]}, f"{VALUE}: input.image_urls is not used in this mode"),
        (TEXT | {"mode": "image-to-video"}, f"{MISSING}: input.image_urls"),
        (FRAMES | {"image_urls": []}, f"{MISSING}: input.image_urls"),
        (FRAMES | {"image_urls": [PICTURE] * 3}, f"{LENGTH}: input.image_urls"),
        (FRAMES | {"video_urls": [CLIP]}, f"{VALUE}: input.video_urls is not a parameter"),
        (FRAMES | {"audio_urls": [SOUND]}, f"{VALUE}: input.audio_urls is not a parameter"),
        (TEXT | {"web_search": False}, f"{VALUE}: input.web_search is not a parameter"),
    ],
)
def test_what_the_page_forbids_is_named(fields: dict[str, Any], told: str) -> None:
    assert judged(fields) == [told]

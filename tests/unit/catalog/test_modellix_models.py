"""The catalog says what Modellix's pages say. Every value here is copied from a page, none from the catalog."""

from typing import Any

import pytest

from reelhook.domain.model import resolved
from reelhook.domain.request import Mode
from tests.models import AUDIO, IMAGE, VIDEO, asked, model, refused

I2V, T2V = "modellix/seedance-2.0-fast-i2v", "modellix/seedance-1.0-pro-fast-t2v"
PRO, V2V = "modellix/seedance-1.5-pro-i2v", "modellix/seedance-2.0-v2v"
ALL = (I2V, T2V, PRO, V2V)
TEXT, FRAMES, REFERENCE = Mode.TEXT_TO_VIDEO, Mode.FRAMES, Mode.REFERENCE
# The least that a model takes: its mode and media.
LEAST: dict[str, dict[str, Any]] = {
    I2V: {},
    T2V: {},
    PRO: {"mode": FRAMES, "first_frame": IMAGE},
    V2V: {"mode": REFERENCE, "reference_videos": (VIDEO,)},
}
SIX = ("21:9", "16:9", "4:3", "1:1", "3:4", "9:16")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (I2V, "/bytedance/seedance-2.0-fast-i2v/async"),
        (T2V, "/bytedance/seedance-1.0-pro-fast-t2v"),
        (PRO, "/bytedance/seedance-1.5-pro-i2v/async"),
        (V2V, "/bytedance/seedance-2.0-v2v/async"),
    ],
)
def test_a_model_is_submitted_to_its_pages_own_path(name: str, path: str) -> None:
    assert model(name).path == path
    assert model(name).provider == "modellix"


@pytest.mark.parametrize(
    ("name", "field", "taken", "not_taken"),
    [
        *((name, "prompt", ("x", "x" * 2_000), ("", "x" * 2_001)) for name in (I2V, PRO, V2V)),
        (T2V, "prompt", ("x", "x" * 10_000), ("", "x" * 10_001)),
        *((name, "prompt", (), (None,)) for name in (I2V, T2V, V2V)),
        (PRO, "prompt", (None,), ()),
        *((name, "seconds", range(4, 16), (-1, 3, 16)) for name in (I2V, V2V)),
        (T2V, "seconds", range(2, 13), (-1, 1, 13)),
        (PRO, "seconds", range(4, 13), (-1, 3, 13)),
        (I2V, "resolution", ("480p", "720p"), ("1080p", "4k")),
        *((name, "resolution", ("480p", "720p", "1080p"), ("4k", "2k")) for name in (T2V, PRO, V2V)),
        *((name, "aspect_ratio", SIX, ("adaptive", "auto", "9:21")) for name in (I2V, V2V)),
        *((name, "aspect_ratio", (*SIX, "adaptive", "auto"), ("9:21",)) for name in (T2V, PRO)),
        *((name, "seed", (-1, 0, 4_294_967_295), (-2, 4_294_967_296)) for name in (I2V, V2V)),
        *((name, "seed", (-1, 0, 2_147_483_647), (-2, 2_147_483_648)) for name in (T2V, PRO)),
        *((name, "generate_audio", (True, False), ()) for name in (I2V, PRO, V2V)),
        (T2V, "generate_audio", (), (True, False)),
    ],
)
def test_a_field_takes_the_pages_values_and_no_others(
    name: str, field: str, taken: tuple[Any, ...], not_taken: tuple[Any, ...]
) -> None:
    for value in taken:
        assert refused(name, **(LEAST[name] | {field: value})) == [], value
    for value in not_taken:
        assert refused(name, **(LEAST[name] | {field: value})) == [field], value


@pytest.mark.parametrize(
    ("names", "option", "taken", "not_taken"),
    [
        (ALL, "camera_fixed", (True, False), (1, "true")),
        (ALL, "return_last_frame", (True, False), (0, "no")),
        (ALL, "execution_expires_after", (3_600, 172_800, 259_200), (3_599, 259_201, "3600", True)),
        ((T2V, PRO), "service_tier", ("default", "flex"), ("Flex", "priority", True)),
        ((I2V, V2V), "service_tier", (), ("default", "flex")),
        ((T2V,), "frames", (29, 30, 289), (28, 290, "29", True)),
        ((I2V, PRO, V2V), "frames", (), (29, 120)),
        (ALL, "web_search", (), (True, False)),
        (ALL, "watermark", (), (True,)),
    ],
)
def test_an_option_takes_the_pages_values_and_no_others(
    names: tuple[str, ...], option: str, taken: tuple[Any, ...], not_taken: tuple[Any, ...]
) -> None:
    for name in names:
        for value in taken:
            assert refused(name, **LEAST[name], provider_options={option: value}) == [], (name, value)
        for value in not_taken:
            found = refused(name, **LEAST[name], provider_options={option: value})
            assert found == [f"provider_options.{option}"], (name, value)


ONE = {"reference_images": (IMAGE,)}
BOTH = {"first_frame": IMAGE, "last_frame": IMAGE}
CLIP = {"reference_videos": (VIDEO,)}
SOUND = {"reference_audios": (AUDIO,)}


@pytest.mark.parametrize(
    ("name", "mode", "media", "param"),
    [
        (I2V, TEXT, {}, None),  # images are "Optional"
        (I2V, FRAMES, {"first_frame": IMAGE}, None),
        (I2V, FRAMES, {"last_frame": IMAGE}, None),
        (I2V, FRAMES, BOTH, None),
        (I2V, REFERENCE, {"reference_images": (IMAGE,) * 9}, None),
        (I2V, REFERENCE, {"reference_images": (IMAGE,) * 10}, "input_references"),
        (I2V, REFERENCE, {"reference_audios": (AUDIO,) * 3}, None),  # audio alone is passed on
        (I2V, REFERENCE, {"reference_audios": (AUDIO,) * 4}, "input_references"),
        (I2V, REFERENCE, {**BOTH, **SOUND}, None),
        (I2V, REFERENCE, {**ONE, **SOUND}, None),
        (I2V, REFERENCE, {**ONE, "first_frame": IMAGE}, "input_references"),
        (I2V, REFERENCE, {**ONE, "last_frame": IMAGE}, "input_references"),
        (I2V, REFERENCE, CLIP, "input_references"),
        (T2V, TEXT, {}, None),
        (T2V, FRAMES, {"first_frame": IMAGE}, "model"),
        (T2V, REFERENCE, ONE, "model"),
        (PRO, FRAMES, {"first_frame": IMAGE}, None),
        (PRO, FRAMES, {"last_frame": IMAGE}, None),  # "at least one of"
        (PRO, FRAMES, BOTH, None),
        (PRO, TEXT, {}, "model"),
        (PRO, REFERENCE, ONE, "model"),
        (V2V, REFERENCE, {"reference_videos": (VIDEO,) * 3}, None),
        (V2V, REFERENCE, {"reference_videos": (VIDEO,) * 4}, "input_references"),
        (V2V, REFERENCE, {**CLIP, **BOTH, **SOUND}, None),
        (V2V, REFERENCE, {**CLIP, "last_frame": IMAGE}, None),
        (V2V, REFERENCE, {**CLIP, "reference_images": (IMAGE,) * 9, "reference_audios": (AUDIO,) * 3}, None),
        (V2V, REFERENCE, {**CLIP, **ONE, "first_frame": IMAGE}, "input_references"),
        (V2V, REFERENCE, ONE, "input_references"),
        (V2V, TEXT, {}, "model"),
        (V2V, FRAMES, BOTH, "model"),
    ],
)
def test_media_go_together_unless_the_page_says_otherwise(
    name: str, mode: Mode, media: dict[str, Any], param: str | None
) -> None:
    assert refused(name, mode, **media) == ([] if param is None else [param])


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_told_that_the_client_did_not_set(name: str) -> None:
    assert resolved(model(name), asked(name, **LEAST[name])) == {}


@pytest.mark.parametrize("name", [T2V, PRO])
def test_auto_is_our_word_for_adaptive(name: str) -> None:
    assert resolved(model(name), asked(name, aspect_ratio="auto")) == {"aspect_ratio": "adaptive"}

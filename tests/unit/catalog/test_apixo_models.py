"""The catalog says what APIXO's pages say. Every value here is copied from a page, none from the catalog."""

from typing import Any

import pytest

from reelhook.domain.model import resolved
from reelhook.domain.request import Mode
from tests.models import AUDIO, IMAGE, VIDEO, asked, model, refused

FAST, FULL = "apixo/seedance-2-0-fast", "apixo/seedance-2-0"
MINI, PRO = "apixo/seedance-2-0-mini", "apixo/seedance-1-5-pro"
FAMILY = (FAST, FULL, MINI)
TEXT, FRAMES, REFERENCE = Mode.TEXT_TO_VIDEO, Mode.FRAMES, Mode.REFERENCE


@pytest.mark.parametrize("name", [*FAMILY, PRO])
def test_a_model_is_submitted_under_its_own_id(name: str) -> None:
    assert model(name).path == f"/generateTask/{name.removeprefix('apixo/')}"
    assert model(name).provider == "apixo"


@pytest.mark.parametrize("name", FAMILY)
def test_the_2_0_family_has_three_modes_with_the_pages_spelling(name: str) -> None:
    assert model(name).mode_names == {
        TEXT: "text-to-video",
        FRAMES: "first_and_last_frames",
        REFERENCE: "omni_reference",
    }
    assert model(name).modes.keys() == model(name).mode_names.keys()


def test_1_5_pro_has_two_modes_with_the_pages_spelling() -> None:
    assert model(PRO).mode_names == {TEXT: "text-to-video", FRAMES: "image-to-video"}
    assert refused(PRO, REFERENCE, reference_images=(IMAGE,)) == ["model"]


@pytest.mark.parametrize(
    ("name", "field", "taken", "not_taken"),
    [
        *((name, "seconds", range(4, 16), (-1, 0, 3, 16)) for name in FAMILY),
        (PRO, "seconds", range(4, 13), (3, 13)),
        *((name, "resolution", ("480p", "720p"), ("1080p", "4k", "720P")) for name in (FAST, MINI, PRO)),
        (FULL, "resolution", ("480p", "720p", "1080p"), ("4k",)),
        *(
            (name, "aspect_ratio", ("auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"), ("9:21", "2:3"))
            for name in FAMILY
        ),
        (PRO, "aspect_ratio", ("1:1", "3:4", "4:3", "9:16", "16:9", "21:9"), ("auto", "adaptive")),
        *((name, "prompt", ("x", "x" * 10_000), (None, "", "x" * 10_001)) for name in FAMILY),
        (PRO, "prompt", ("abc", "x" * 2_500), (None, "", "ab", "x" * 2_501)),
        *((name, "generate_audio", (True, False), ()) for name in (FAST, FULL, PRO)),
        (MINI, "generate_audio", (), (True, False)),
        *((name, "seed", (), (0, -1)) for name in (*FAMILY, PRO)),
    ],
)
def test_a_field_takes_the_pages_values_and_no_others(
    name: str, field: str, taken: tuple[Any, ...], not_taken: tuple[Any, ...]
) -> None:
    for value in taken:
        assert refused(name, **{field: value}) == [], value
    for value in not_taken:
        assert refused(name, **{field: value}) == [field], value


@pytest.mark.parametrize(
    ("name", "options"),
    [(FAST, {"web_search"}), (FULL, {"web_search"}), (MINI, set()), (PRO, {"fixed_lens"})],
)
def test_an_option_is_one_of_the_pages_switches(name: str, options: set[str]) -> None:
    assert model(name).options.keys() == options
    for option in options:
        assert refused(name, provider_options={option: True}) == []
        assert refused(name, provider_options={option: "true"}) == [f"provider_options.{option}"]
    for foreign in ("seed", "frames", "service_tier", "camera_fixed", "provider"):
        assert refused(name, provider_options={foreign: True}) == [f"provider_options.{foreign}"]


@pytest.mark.parametrize("name", [*FAMILY, PRO])
def test_frames_are_one_or_two_and_the_first_is_the_start(name: str) -> None:
    assert refused(name, FRAMES, first_frame=IMAGE) == []
    assert refused(name, FRAMES, first_frame=IMAGE, last_frame=IMAGE) == []
    assert refused(name, FRAMES, last_frame=IMAGE) == ["frame_images"]


@pytest.mark.parametrize("name", FAMILY)
@pytest.mark.parametrize(
    ("media", "param"),
    [
        ({"reference_images": (IMAGE,) * 9}, None),
        ({"reference_images": (IMAGE,) * 10}, "input_references"),
        ({"reference_videos": (VIDEO,) * 3}, None),
        ({"reference_videos": (VIDEO,) * 4}, "input_references"),
        ({"reference_images": (IMAGE,), "reference_audios": (AUDIO,) * 3}, None),
        ({"reference_images": (IMAGE,), "reference_audios": (AUDIO,) * 4}, "input_references"),
        ({"reference_videos": (VIDEO,), "reference_audios": (AUDIO,)}, None),
        ({"reference_audios": (AUDIO,)}, "input_references"),
        ({"reference_images": (IMAGE,), "first_frame": IMAGE}, "input_references"),
        ({"reference_videos": (VIDEO,), "last_frame": IMAGE}, "input_references"),
        ({}, "input_references"),
    ],
)
def test_references_are_9_images_3_videos_3_sounds_and_no_sound_alone(
    name: str, media: dict[str, Any], param: str | None
) -> None:
    assert refused(name, REFERENCE, **media) == ([] if param is None else [param])


@pytest.mark.parametrize("name", FAMILY)
def test_where_auto_is_offered_it_is_the_shape_with_media_and_adaptive_means_it(name: str) -> None:
    assert resolved(model(name), asked(name))["aspect_ratio"] == "16:9"
    assert resolved(model(name), asked(name, FRAMES, first_frame=IMAGE))["aspect_ratio"] == "auto"
    assert resolved(model(name), asked(name, aspect_ratio="adaptive"))["aspect_ratio"] == "auto"


def test_every_scalar_is_told_even_if_the_client_says_nothing() -> None:
    usual = {"seconds": 5, "resolution": "720p", "aspect_ratio": "16:9"}
    sound = {"generate_audio": True}
    assert resolved(model(FAST), asked(FAST)) == {**usual, **sound, "web_search": False}
    assert resolved(model(FULL), asked(FULL)) == {**usual, **sound, "web_search": False}
    assert resolved(model(MINI), asked(MINI)) == usual
    assert resolved(model(PRO), asked(PRO, FRAMES)) == {**usual, **sound, "fixed_lens": False}

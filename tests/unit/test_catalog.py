"""The catalog says what the providers' pages say. Expected values are copied from the pages, not from the catalog."""

import pytest

from reelhook.domain.model import MediaLimits, Model
from reelhook.domain.request import Mode
from reelhook.providers.catalog import catalog

MINUTE, HOUR = 60_000, 3_600_000
FAST = "apixo/seedance-2-0-fast"


@pytest.fixture
def fast() -> Model:
    model = catalog(None, None).find(FAST)
    assert model is not None
    return model


def test_the_default_model_is_declared_under_its_provider_and_slug(fast: Model) -> None:
    assert catalog(None, None).names == (FAST,)
    assert (fast.name, fast.provider, fast.slug) == (FAST, "apixo", "seedance-2-0-fast")


def test_seedance_fast_offers_the_three_modes_under_the_pages_names(fast: Model) -> None:
    assert fast.mode_names == {
        Mode.TEXT_TO_VIDEO: "text-to-video",
        Mode.FRAMES: "first_and_last_frames",
        Mode.REFERENCE: "omni_reference",
    }
    assert fast.modes.keys() == fast.mode_names.keys()


def test_seedance_fast_takes_as_many_media_as_the_page_says(fast: Model) -> None:
    assert fast.modes[Mode.TEXT_TO_VIDEO] == MediaLimits()
    assert fast.modes[Mode.FRAMES].frames == (1, 2)
    references = fast.modes[Mode.REFERENCE]
    assert [most for _, most in (references.images, references.videos, references.audios)] == [9, 3, 3]
    assert not references.audio_alone


def test_seedance_fast_takes_the_pages_values(fast: Model) -> None:
    assert fast.seconds == (4, 15)
    assert set(fast.resolutions) == {"480p", "720p"}
    assert set(fast.aspect_ratios) == {"auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"}
    assert fast.audio
    assert not fast.seed
    assert fast.prompt_characters == 10_000
    assert {name: option.kind for name, option in fast.options.items()} == {"web_search": bool}


@pytest.mark.parametrize(
    ("size", "pair"),
    [
        ("1280x720", ("720p", "16:9")),
        ("720x1280", ("720p", "9:16")),
        ("960x960", ("720p", "1:1")),
        ("1112x834", ("720p", "4:3")),
        ("834x1112", ("720p", "3:4")),
        ("1470x630", ("720p", "21:9")),
        ("864x496", ("480p", "16:9")),
        ("496x864", ("480p", "9:16")),
        ("640x640", ("480p", "1:1")),
        ("752x560", ("480p", "4:3")),
        ("560x752", ("480p", "3:4")),
        ("992x432", ("480p", "21:9")),
    ],
)
def test_a_size_stands_for_the_pair_that_comes_out_as_it(
    fast: Model, size: str, pair: tuple[str, str]
) -> None:
    assert fast.sizes[size] == pair


def test_sizes_stand_for_every_pair_but_auto_and_only_for_pairs_the_model_offers(fast: Model) -> None:
    pairs = [(resolution, ratio) for resolution in fast.resolutions for ratio in fast.aspect_ratios]
    assert sorted(fast.sizes.values()) == sorted(pair for pair in pairs if pair[1] != "auto")


def test_a_size_has_the_shape_that_its_aspect_ratio_names(fast: Model) -> None:
    for size, (_, ratio) in fast.sizes.items():
        (width, height), (across, down) = map(int, size.split("x")), map(int, ratio.split(":"))
        assert width / height == pytest.approx(across / down, rel=0.025)


def test_looks_come_after_the_longest_usual_time_and_end_after_a_day() -> None:
    assert catalog(None, None).timing(FAST).looks == (
        21 * MINUTE,
        1 * HOUR,
        4 * HOUR,
        12 * HOUR,
        24 * HOUR,
    )


def test_the_operators_deadlines_stand_in_place_of_the_models_own() -> None:
    assert catalog(2, 10).timing(FAST).looks == (2_000, 6_000, 10_000)
    assert catalog(None, 7200).timing(FAST).looks == (21 * MINUTE, HOUR, 2 * HOUR)
    assert catalog(60, None).timing(FAST).looks == (
        MINUTE,
        3 * MINUTE,
        12 * MINUTE,
        36 * MINUTE,
        24 * HOUR,
    )


def test_zero_means_the_models_own_deadlines() -> None:
    assert catalog(0, 0).timing(FAST) == catalog(None, None).timing(FAST)


def test_videos_of_a_model_that_is_gone_keep_the_longest_schedule() -> None:
    assert catalog(None, None).timing("apixo/gone").provider_end == 24 * HOUR
    assert catalog(None, 60).timing("apixo/gone").provider_end == MINUTE

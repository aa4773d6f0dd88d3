"""Whatever a declaration says, it says without contradicting itself: a new entry is held to it too."""

import pytest

from reelhook.domain.fields import Whole
from reelhook.domain.model import OPEN_FIELDS, Model
from reelhook.domain.request import FRAMES, Mode
from tests.models import CATALOG

EVERY = pytest.mark.parametrize("model", CATALOG.models, ids=CATALOG.names)
KINDS = {"images": "reference_images", "videos": "reference_videos", "audios": "reference_audios"}


def test_the_catalog_has_eight_models_of_two_providers() -> None:
    assert CATALOG.names == (
        "apixo/seedance-2-0-fast",
        "apixo/seedance-2-0",
        "apixo/seedance-2-0-mini",
        "apixo/seedance-1-5-pro",
        "modellix/seedance-2.0-fast-i2v",
        "modellix/seedance-1.0-pro-fast-t2v",
        "modellix/seedance-1.5-pro-i2v",
        "modellix/seedance-2.0-v2v",
    )


@EVERY
def test_its_fields_are_unified_ones_and_no_option_is_called_like_one(model: Model) -> None:
    assert model.fields.keys() <= {"prompt", *OPEN_FIELDS}
    assert {"prompt", "seconds", "resolution"} <= model.fields.keys()
    assert not model.fields.keys() & model.options.keys()
    assert isinstance(model.fields["seconds"].values, Whole)


@EVERY
def test_no_two_of_its_fields_are_sent_under_one_name(model: Model) -> None:
    sent = [held.sent_as for held in (*model.fields.values(), *model.options.values())]
    sent += ["mode", *set(model.media_names.values())]

    assert len(sent) == len(set(sent))


@EVERY
def test_its_defaults_are_values_that_it_takes(model: Model) -> None:
    for name, held in {**model.fields, **model.options}.items():
        for value in (held.default, held.provider_default):
            assert value is None or held.values.fault(value) is None, name
    if model.media_aspect_ratio:
        assert model.fields["aspect_ratio"].values.fault(model.media_aspect_ratio) is None


@EVERY
def test_its_media_have_names_and_those_it_never_takes_have_none(model: Model) -> None:
    taken = set[str]()
    for limits in model.modes.values():
        taken |= set(FRAMES) if limits.frames[1] else set()
        taken |= {name for kind, name in KINDS.items() if getattr(limits, kind)[1]}

    assert taken == model.media_names.keys()


@EVERY
def test_a_prompt_alone_takes_no_media_and_frames_no_references(model: Model) -> None:
    alone, frames = model.modes.get(Mode.TEXT_TO_VIDEO), model.modes.get(Mode.FRAMES)

    assert alone is None or not any(getattr(alone, kind)[1] for kind in ("frames", *KINDS))
    assert frames is None or not any(getattr(frames, kind)[1] for kind in KINDS)


@EVERY
def test_its_sizes_are_pairs_that_it_takes(model: Model) -> None:
    for resolution, ratio in model.sizes.values():
        assert model.fields["resolution"].values.fault(resolution) is None
        assert model.fields["aspect_ratio"].values.fault(ratio) is None


@EVERY
def test_its_price_names_every_resolution(model: Model) -> None:
    if model.price is not None:
        resolutions = model.fields["resolution"].values.schema["enum"]
        assert list(model.price.rates) == resolutions
        assert list(model.price.with_video) in ([], resolutions)
        assert all(0 < rate < 1 for rate in (*model.price.rates.values(), *model.price.with_video.values()))


@EVERY
def test_its_tasks_life_may_be_asked_for_by_a_number_that_it_takes_or_not_at_all(model: Model) -> None:
    if model.life.option is not None:
        values = model.options[model.life.option].values
        assert isinstance(values, Whole)
        assert values.fault(model.life.seconds) is None


@EVERY
def test_its_addresses_are_whole(model: Model) -> None:
    assert model.name == f"{model.provider}/{model.slug}"
    assert model.path.startswith("/")
    assert not model.path.endswith("/")
    assert model.page.startswith("https://")
    assert all(origin.startswith("https://") and origin.count("/") == 2 for origin in model.result_origins)

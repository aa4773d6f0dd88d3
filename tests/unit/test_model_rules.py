"""What a model's declaration excludes is refused, all of it at once and in the client's words; nothing else is."""

from dataclasses import replace
from typing import Any

import pytest

from reelhook.domain.model import MediaLimits, Model, Option, ScalarFields, resolved
from reelhook.domain.model_rules import problems
from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.schedule import timing

MODEL = Model(
    name="studio/cine-1",
    provider="studio",
    slug="cine-1",
    modes={
        Mode.TEXT_TO_VIDEO: MediaLimits(),
        Mode.FRAMES: MediaLimits(frames=(1, 2)),
        Mode.REFERENCE: MediaLimits(images=(0, 2), videos=(0, 1), audios=(0, 1), audio_alone=False),
    },
    seconds=(4, 8),
    resolutions=("480p", "720p"),
    aspect_ratios=("auto", "16:9", "9:16"),
    sizes={"1280x720": ("720p", "16:9")},
    prompt_characters=20,
    audio=True,
    seed=False,
    timing=timing(1, 2),
    options={"web_search": Option(bool, "true or false", default=False), "frames": Option(int, "a number")},
    defaults=ScalarFields(seconds=5, resolution="720p", aspect_ratio="16:9", audio=True),
    media_aspect_ratio="auto",
)
SILENT = replace(MODEL, defaults=ScalarFields(), options={}, media_aspect_ratio=None)
IMAGE, VIDEO, AUDIO = "https://a.example/i.png", "https://a.example/v.mp4", "https://a.example/a.mp3"


def asked(mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> VideoRequest:
    return VideoRequest(**{"model": MODEL.name, "mode": mode, "prompt": "rain", **fields})


def params(request: VideoRequest, model: Model = MODEL) -> list[str | None]:
    return [problem.param for problem in problems(model, request)]


@pytest.mark.parametrize(
    "request_",
    [
        asked(),
        asked(prompt="x" * 20),
        asked(seconds=4),
        asked(seconds=8),
        asked(resolution="480p", aspect_ratio="9:16"),
        asked(size="1280x720"),
        asked(generate_audio=False, provider_options={"web_search": True, "frames": 3}),
        asked(Mode.FRAMES, first_frame=IMAGE),
        asked(Mode.FRAMES, first_frame=IMAGE, last_frame=IMAGE),
        asked(Mode.REFERENCE, reference_images=(IMAGE, IMAGE)),
        asked(Mode.REFERENCE, reference_videos=(VIDEO,), reference_audios=(AUDIO,)),
    ],
)
def test_what_the_declaration_allows_has_no_problem(request_: VideoRequest) -> None:
    assert problems(MODEL, request_) == ()


@pytest.mark.parametrize(
    ("request_", "param"),
    [
        (asked(prompt=""), "prompt"),
        (asked(prompt=" \n"), "prompt"),
        (asked(prompt="x" * 21), "prompt"),
        (asked(seconds=3), "seconds"),
        (asked(seconds=9), "seconds"),
        (asked(resolution="1080p"), "resolution"),
        (asked(aspect_ratio="4:3"), "aspect_ratio"),
        (asked(size="1920x1080"), "size"),
        (asked(seed=7), "seed"),
        (asked(provider_options={"camera_fixed": True}), "provider_options.camera_fixed"),
        (asked(provider_options={"web_search": "true"}), "provider_options.web_search"),
        (asked(provider_options={"web_search": 1}), "provider_options.web_search"),
        (asked(provider_options={"frames": True}), "provider_options.frames"),
        (asked(Mode.FRAMES), "frame_images"),
        (asked(Mode.FRAMES, last_frame=IMAGE), "frame_images"),
        (asked(Mode.FRAMES, first_frame=IMAGE, reference_images=(IMAGE,)), "input_references"),
        (asked(Mode.REFERENCE), "input_references"),
        (asked(Mode.REFERENCE, reference_images=(IMAGE,) * 3), "input_references"),
        (asked(Mode.REFERENCE, reference_images=(IMAGE,), reference_videos=(VIDEO,) * 2), "input_references"),
        (asked(Mode.REFERENCE, reference_audios=(AUDIO,)), "input_references"),
    ],
)
def test_what_the_declaration_excludes_is_named_by_its_field(request_: VideoRequest, param: str) -> None:
    assert params(request_) == [param]


def test_all_problems_are_listed() -> None:
    request = asked(prompt="", seconds=99, resolution="8k", seed=1, provider_options={"x": 1})
    assert params(request) == ["seconds", "resolution", "prompt", "seed", "provider_options.x"]


def test_a_problem_tells_what_is_expected_and_what_came() -> None:
    (problem,) = problems(MODEL, asked(seconds=99))
    assert problem.message == "seconds: 4 to 8 for studio/cine-1, got 99"
    (problem,) = problems(MODEL, asked(Mode.FRAMES, first_frame=IMAGE, reference_videos=(VIDEO,)))
    assert problem.message == "input_references: studio/cine-1 takes no videos in the mode frames"
    (problem,) = problems(MODEL, asked(provider_options={"x": 1}))
    assert problem.message == "provider_options.x: not a field of studio/cine-1 (it has: web_search, frames)"


def test_a_problem_never_repeats_a_long_value_whole() -> None:
    (problem,) = problems(MODEL, asked(provider_options={"web_search": "y" * 9_000}))
    assert len(problem.message) < 200


def test_a_mode_that_is_not_declared_is_the_models_problem_alone() -> None:
    only_text = replace(MODEL, modes={Mode.TEXT_TO_VIDEO: MediaLimits()})
    assert params(asked(Mode.FRAMES, last_frame=IMAGE), only_text) == ["model"]


def test_a_model_without_audio_refuses_the_choice_even_of_silence() -> None:
    assert params(asked(generate_audio=False), replace(MODEL, audio=False)) == ["generate_audio"]


def test_what_the_client_left_open_becomes_the_models_default() -> None:
    assert resolved(MODEL, asked()) == ScalarFields(
        seconds=5, resolution="720p", aspect_ratio="16:9", audio=True, options={"web_search": False}
    )


@pytest.mark.parametrize("mode", [Mode.FRAMES, Mode.REFERENCE])
def test_with_media_the_shape_is_the_medias_own(mode: Mode) -> None:
    assert resolved(MODEL, asked(mode)).aspect_ratio == "auto"
    assert resolved(MODEL, asked(mode, aspect_ratio="9:16")).aspect_ratio == "9:16"


def test_with_media_a_model_that_offers_no_auto_keeps_its_usual_shape() -> None:
    assert resolved(replace(MODEL, media_aspect_ratio=None), asked(Mode.FRAMES)).aspect_ratio == "16:9"


def test_what_the_client_set_stands_even_where_it_is_no() -> None:
    request = asked(
        seconds=8,
        resolution="480p",
        aspect_ratio="9:16",
        generate_audio=False,
        provider_options={"web_search": True, "frames": 0},
    )
    assert resolved(MODEL, request) == ScalarFields(
        seconds=8,
        resolution="480p",
        aspect_ratio="9:16",
        audio=False,
        options={"web_search": True, "frames": 0},
    )


def test_a_size_is_its_resolution_and_shape_with_media_too() -> None:
    settings = resolved(MODEL, asked(Mode.FRAMES, size="1280x720"))
    assert (settings.resolution, settings.aspect_ratio) == ("720p", "16:9")


def test_a_model_without_defaults_is_told_only_what_the_client_set() -> None:
    assert resolved(SILENT, asked(seconds=6)) == ScalarFields(seconds=6)

"""What a model's declaration excludes is refused, all of it at once and in the client's words; nothing else is."""

from dataclasses import replace
from typing import Any

import pytest

from reelhook.domain.fields import Choice, Field, Switch, Text, Whole
from reelhook.domain.model import MediaLimits, Model, TaskLife, resolved
from reelhook.domain.model_rules import problems
from reelhook.domain.request import Mode, VideoRequest

MODEL = Model(
    name="studio/cine-1",
    path="/cine-1",
    page="https://studio.example/cine-1",
    modes={
        Mode.TEXT_TO_VIDEO: MediaLimits(),
        Mode.FRAMES: MediaLimits(frames=(1, 2), last_frame_alone=False),
        Mode.REFERENCE: MediaLimits(images=(0, 2), videos=(0, 1), audios=(0, 1), audio_alone=False),
    },
    fields={
        "prompt": Field(Text(3, 20), "text", required=True),
        "seconds": Field(Whole(4, 8), "duration", default=5),
        "resolution": Field(Choice(("480p", "720p")), "size", default="720p"),
        "aspect_ratio": Field(
            Choice(("auto", "16:9", "9:16"), also={"adaptive": "auto"}), "ratio", default="16:9"
        ),
        "generate_audio": Field(Switch(), "sound", default=True),
    },
    options={
        "web_search": Field(Switch(), "web_search", default=False),
        "frames": Field(Whole(0, 9), "frames"),
        "tier": Field(Choice(("slow", "fast")), "tier"),
    },
    sizes={"1280x720": ("720p", "16:9")},
    media_names={},
    media_aspect_ratio="auto",
    life=TaskLife(3600),
    result_origins=(),
)
# Like MODEL, but it tells the provider nothing that the client did not say, and every medium may go with every other.
SILENT = replace(
    MODEL,
    fields={name: replace(held, default=None, required=False) for name, held in MODEL.fields.items()},
    options={},
    media_aspect_ratio=None,
    modes={
        Mode.FRAMES: MediaLimits(frames=(1, 2)),
        Mode.REFERENCE: MediaLimits(
            frames=(0, 2), images=(0, 2), videos=(0, 1), audios=(0, 1), exclusive=(("images", "frames"),)
        ),
    },
)
IMAGE, VIDEO, AUDIO = "https://a.example/i.png", "https://a.example/v.mp4", "https://a.example/a.mp3"
FRAMED: dict[str, Any] = {"first_frame": IMAGE, "last_frame": IMAGE}


def asked(mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> VideoRequest:
    return VideoRequest(**{"model": MODEL.name, "mode": mode, "prompt": "rain", **fields})


def params(request: VideoRequest, model: Model = MODEL) -> list[str | None]:
    return [problem.param for problem in problems(model, request)]


@pytest.mark.parametrize(
    "request_",
    [
        asked(),
        asked(prompt="x" * 3),
        asked(prompt="x" * 20),
        asked(seconds=4),
        asked(seconds=8),
        asked(resolution="480p", aspect_ratio="9:16"),
        asked(aspect_ratio="adaptive"),
        asked(size="1280x720"),
        asked(generate_audio=False, provider_options={"web_search": True, "frames": 3, "tier": "slow"}),
        asked(Mode.FRAMES, first_frame=IMAGE),
        asked(Mode.FRAMES, **FRAMED),
        asked(Mode.REFERENCE, reference_images=(IMAGE, IMAGE)),
        asked(Mode.REFERENCE, reference_videos=(VIDEO,), reference_audios=(AUDIO,)),
    ],
)
def test_what_the_declaration_allows_has_no_problem(request_: VideoRequest) -> None:
    assert problems(MODEL, request_) == ()


@pytest.mark.parametrize(
    "request_",
    [
        asked(Mode.FRAMES, last_frame=IMAGE, prompt=None),
        asked(Mode.REFERENCE, reference_audios=(AUDIO,)),
        asked(Mode.REFERENCE, reference_audios=(AUDIO,), last_frame=IMAGE),
        asked(Mode.REFERENCE, reference_videos=(VIDEO,), reference_audios=(AUDIO,), **FRAMED),
        asked(Mode.REFERENCE, reference_videos=(VIDEO,), reference_images=(IMAGE,)),
    ],
)
def test_what_no_page_excludes_is_not_excluded_here(request_: VideoRequest) -> None:
    assert problems(SILENT, request_) == ()


@pytest.mark.parametrize(
    ("request_", "param"),
    [
        (asked(prompt=None), "prompt"),
        (asked(prompt=" \n   "), "prompt"),
        (asked(prompt="xx"), "prompt"),
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
        (asked(provider_options={"frames": "3"}), "provider_options.frames"),
        (asked(provider_options={"frames": 10}), "provider_options.frames"),
        (asked(provider_options={"frames": -1}), "provider_options.frames"),
        (asked(provider_options={"tier": "flex"}), "provider_options.tier"),
        (asked(provider_options={"tier": True}), "provider_options.tier"),
        (asked(Mode.FRAMES), "frame_images"),
        (asked(Mode.FRAMES, last_frame=IMAGE), "frame_images"),
        (asked(Mode.REFERENCE, first_frame=IMAGE, reference_images=(IMAGE,)), "input_references"),
        (asked(Mode.REFERENCE), "input_references"),
        (asked(Mode.REFERENCE, reference_images=(IMAGE,) * 3), "input_references"),
        (asked(Mode.REFERENCE, reference_images=(IMAGE,), reference_videos=(VIDEO,) * 2), "input_references"),
        (asked(Mode.REFERENCE, reference_audios=(AUDIO,)), "input_references"),
    ],
)
def test_what_the_declaration_excludes_is_named_by_its_field(request_: VideoRequest, param: str) -> None:
    assert params(request_) == [param]


def test_an_exclusive_pair_is_refused_where_the_rest_may_go_together() -> None:
    (problem,) = problems(SILENT, asked(Mode.REFERENCE, reference_images=(IMAGE,), last_frame=IMAGE))

    assert problem.param == "input_references"
    assert problem.message == "input_references: images not together with frames for studio/cine-1"


def test_all_problems_are_listed() -> None:
    request = asked(prompt="", seconds=99, resolution="8k", seed=1, provider_options={"x": 1})
    assert sorted(map(str, params(request))) == [
        "prompt",
        "provider_options.x",
        "resolution",
        "seconds",
        "seed",
    ]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (asked(seconds=99), "seconds: 4 to 8 for studio/cine-1, got 99"),
        (asked(resolution="8k"), "resolution: 480p, 720p for studio/cine-1, got 8k"),
        (asked(prompt=None), "prompt: required by studio/cine-1"),
        (asked(prompt="x" * 21), "prompt: at most 20 characters for studio/cine-1, got 21"),
        (
            asked(Mode.REFERENCE, reference_videos=(VIDEO,) * 2),
            "input_references: 0 to 1 videos for studio/cine-1, got 2",
        ),
        (
            asked(Mode.REFERENCE, reference_videos=(VIDEO,), first_frame=IMAGE),
            "input_references: not together with frames for studio/cine-1",
        ),
        (
            asked(provider_options={"x": 1}),
            "provider_options.x: not a field of studio/cine-1 (it has: web_search, frames, tier)",
        ),
        (asked(provider_options={"frames": 10}), "provider_options.frames: 0 to 9 for studio/cine-1, got 10"),
        (
            asked(provider_options={"frames": "10"}),
            "provider_options.frames: a whole number, 0 to 9 for studio/cine-1, got '10'",
        ),
    ],
)
def test_a_problem_tells_what_is_expected_and_what_came(request_: VideoRequest, message: str) -> None:
    (problem,) = problems(MODEL, request_)
    assert problem.message == message


def test_a_problem_never_repeats_a_long_value_whole() -> None:
    for name in MODEL.options:
        (problem,) = problems(MODEL, asked(provider_options={name: "y" * 9_000}))
        assert len(problem.message) < 200


def test_a_mode_that_is_not_declared_is_the_models_problem_alone() -> None:
    only_text = replace(MODEL, modes={Mode.TEXT_TO_VIDEO: MediaLimits()})
    (problem,) = problems(only_text, asked(Mode.FRAMES, last_frame=IMAGE))

    assert problem.param == "model"
    assert (
        problem.message == "model: studio/cine-1 does not offer frames; it has text_to_video (a prompt alone)"
    )


def test_a_model_without_audio_refuses_the_choice_even_of_silence() -> None:
    silent = {name: held for name, held in MODEL.fields.items() if name != "generate_audio"}
    assert params(asked(generate_audio=False), replace(MODEL, fields=silent)) == ["generate_audio"]


def test_what_the_client_left_open_becomes_the_models_default() -> None:
    assert resolved(MODEL, asked()) == {
        "seconds": 5,
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "generate_audio": True,
        "web_search": False,
    }


@pytest.mark.parametrize("mode", [Mode.FRAMES, Mode.REFERENCE])
def test_with_media_the_shape_is_the_medias_own(mode: Mode) -> None:
    assert resolved(MODEL, asked(mode))["aspect_ratio"] == "auto"
    assert resolved(MODEL, asked(mode, aspect_ratio="9:16"))["aspect_ratio"] == "9:16"


def test_with_media_a_model_that_offers_no_auto_keeps_its_usual_shape() -> None:
    usual = replace(MODEL, media_aspect_ratio=None)
    assert resolved(usual, asked(Mode.FRAMES))["aspect_ratio"] == "16:9"


def test_what_the_client_set_stands_even_where_it_is_no() -> None:
    request = asked(
        seconds=8,
        resolution="480p",
        aspect_ratio="9:16",
        generate_audio=False,
        provider_options={"web_search": True, "frames": 0},
    )
    assert resolved(MODEL, request) == {
        "seconds": 8,
        "resolution": "480p",
        "aspect_ratio": "9:16",
        "generate_audio": False,
        "web_search": True,
        "frames": 0,
    }


def test_a_word_that_we_take_for_the_providers_own_becomes_the_providers_own() -> None:
    assert resolved(MODEL, asked(aspect_ratio="adaptive"))["aspect_ratio"] == "auto"


def test_a_size_is_its_resolution_and_shape_with_media_too() -> None:
    settings = resolved(MODEL, asked(Mode.FRAMES, size="1280x720"))
    assert (settings["resolution"], settings["aspect_ratio"]) == ("720p", "16:9")


def test_a_model_without_defaults_is_told_only_what_the_client_set() -> None:
    assert resolved(SILENT, asked(seconds=6)) == {"seconds": 6}

"""What a client is told of the models: no more and no less than what a request is judged by."""

from itertools import product
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reelhook.api.answers import models_listed
from reelhook.api.model_schema import request_schema
from reelhook.api.models import model_list, model_object
from reelhook.domain.errors.requests import InvalidRequestError
from tests.api import frame, read, reference
from tests.models import CATALOG, model

FAST = "apixo/seedance-2-0-fast"
FIRST, LAST = frame(), frame(frame_type="last_frame")
FRAME_IMAGES: tuple[list[dict[str, Any]] | None, ...] = (
    None,
    [FIRST],
    [LAST],
    [LAST, FIRST],
    [FIRST, FIRST],
)
INPUT_REFERENCE = (None, {"image_url": "https://a.example/i.png"})
IMAGES, VIDEOS, AUDIOS = (0, 9, 10), (0, 3, 4), (0, 3, 4)
SCALARS: list[dict[str, Any]] = [
    *({"seconds": seconds} for seconds in (1, 2, 4, 12, 15, 16)),
    *({"resolution": resolution} for resolution in ("480p", "1080p", "4k")),
    *({"aspect_ratio": ratio} for ratio in ("16:9", "auto", "adaptive", "9:21")),
    *({"size": size} for size in ("1280x720", "1920x1080", "2206x946", "1248x704", "1x1")),
    *(
        {"size": "1280x720", name: value}
        for name, value in (("resolution", "720p"), ("aspect_ratio", "16:9"))
    ),
    *({"seed": seed} for seed in (-2, -1, 0, 2**31, 2**32 - 1, 2**32)),
    *({"generate_audio": choice} for choice in (True, False)),
    *({"prompt": prompt} for prompt in ("ab", "x" * 2_000, "x" * 2_500, "x" * 2_501, "x" * 10_001)),
    *({"metadata": metadata} for metadata in ({}, {"a": "b"}, {"a" * 65: "b"}, {"a": "b" * 513})),
    *({"user": user} for user in ("", "u" * 128, "u" * 129)),
    *({"provider_options": {name: True}} for name in ("web_search", "fixed_lens", "camera_fixed")),
    *({"provider_options": {"frames": frames}} for frames in (28, 29, 289, 290)),
    *({"provider_options": {"service_tier": tier}} for tier in ("default", "flex", "batch")),
    *({"provider_options": {"execution_expires_after": life}} for life in (3_599, 3_600, 259_200, 259_201)),
    {"colour": "red"},
]
LEAST: dict[str, dict[str, Any]] = {
    "modellix/seedance-1.5-pro-i2v": {"frame_images": [FIRST]},
    "modellix/seedance-2.0-v2v": {"input_references": [reference("video")]},
}


def is_taken(body: dict[str, Any]) -> bool:
    try:
        read(body)
    except InvalidRequestError:
        return False
    return True


def agree(name: str, bodies: list[dict[str, Any]]) -> int:
    """Sees that schema and rules say the same of each body; how many of them are sound."""
    judge, sound = Draft202012Validator(request_schema(model(name))), 0
    for body in bodies:
        taken = is_taken(body)
        assert judge.is_valid(body) is taken, body
        sound += taken
    return sound


@pytest.mark.parametrize("name", CATALOG.names)
def test_the_schema_of_a_models_media_says_what_the_rules_say(name: str) -> None:
    bodies = []
    for frames, start, images, videos, audios in product(
        FRAME_IMAGES, INPUT_REFERENCE, IMAGES, VIDEOS, AUDIOS
    ):
        references = (
            [reference("image")] * images + [reference("video")] * videos + [reference("audio")] * audios
        )
        body: dict[str, Any] = {"model": name, "prompt": "a boat in the rain"}
        body |= {"frame_images": frames} if frames is not None else {}
        body |= {"input_reference": start} if start is not None else {}
        body |= {"input_references": references} if references else {}
        bodies.append(body)

    assert 0 < agree(name, bodies) < len(bodies)


@pytest.mark.parametrize("name", CATALOG.names)
def test_the_schema_of_a_models_fields_says_what_the_rules_say(name: str) -> None:
    least = {"model": name, "prompt": "a boat in the rain", **LEAST.get(name, {})}
    without = {field: value for field, value in least.items() if field != "prompt"}

    assert 10 < agree(name, [least, without, *({**least, **fields} for fields in SCALARS)]) < len(SCALARS)


@pytest.mark.parametrize("name", CATALOG.names)
def test_a_models_schema_is_sound_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(request_schema(model(name)))


def test_the_list_has_every_model_once_and_is_one_page() -> None:
    listed = model_list(CATALOG)

    assert listed["object"] == "list"
    assert [one["id"] for one in listed["data"]] == list(CATALOG.names)
    assert (listed["first_id"], listed["last_id"]) == (CATALOG.names[0], CATALOG.names[-1])
    assert listed["has_more"] is False


def test_a_model_has_the_documented_members() -> None:
    told = model_object(model(FAST))

    assert told.keys() == {"id", "object", "modes", "fields", "price", "expected_seconds"}
    assert (told["id"], told["object"], told["expected_seconds"]) == (FAST, "model", 360)
    assert told["modes"] == ["text_to_video", "frames", "reference"]
    assert told["fields"]["properties"]["seconds"] == {
        "type": "integer",
        "minimum": 4,
        "maximum": 15,
        "default": 5,
    }
    assert told["fields"]["properties"]["provider_options"]["properties"] == {
        "web_search": {"type": "boolean", "default": False}
    }


def test_a_price_is_told_as_the_vendors_digits() -> None:
    assert model_object(model(FAST))["price"] == {
        "currency": "USD",
        "unit": "second",
        "rates": {"480p": "0.076", "720p": "0.156"},
        "rates_with_reference_video": {"480p": "0.047", "720p": "0.095"},
    }
    assert model_object(model("modellix/seedance-1.5-pro-i2v"))["price"] == {
        "currency": "USD",
        "unit": "second",
        "rates": {"480p": "0.0276", "720p": "0.0598", "1080p": "0.1196"},
    }


def test_what_no_page_says_is_null() -> None:
    told = model_object(model("apixo/seedance-2-0"))

    assert (told["price"], told["expected_seconds"]) == (None, None)


def test_the_answer_stays_far_below_what_a_function_may_send() -> None:
    assert len((models_listed(CATALOG).body or "").encode()) < 100_000

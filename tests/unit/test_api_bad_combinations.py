"""Fields that are sound alone and not together; and one answer tells everything, but suspects nothing."""

from dataclasses import replace
from typing import Any

import pytest

from reelhook.api.requests import read_video_request
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.request import Mode
from tests.api import CATALOG, FAST, IMAGE, asking, frame, problems, reference


def test_a_reference_that_lacks_what_its_type_says_is_told_both_halves() -> None:
    mixed = {"type": "image_url", "video_url": {"url": IMAGE}}

    assert problems(asking(input_references=[reference("video"), mixed])) == {
        "input_references[1].image_url": "input_references[1].image_url: required",
        "input_references[1].video_url": "input_references[1].video_url: unknown field",
    }


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (asking(input_reference={"file_id": 7}), "input_reference.file_id"),
        (asking(input_reference={"image_url": {"file_id": None}}), "input_reference.image_url.file_id"),
        (
            asking(frame_images=[{**frame(), "image_url": {"file_id": "file_a", "url": IMAGE}}]),
            "frame_images[0].image_url.file_id",
        ),
        (
            asking(input_references=[{"type": "video_url", "video_url": {"file_id": ["file_a"]}}]),
            "input_references[0].video_url.file_id",
        ),
        (asking(input_reference={"file_id": "file_a", "image_url": IMAGE}), "input_reference.file_id"),
    ],
)
def test_a_file_id_is_a_string_and_stands_in_a_urls_place(body: dict[str, Any], param: str) -> None:
    words = "a string such as file_..., alone in its part, in place of a url"
    assert problems(body) == {param: f"{param}: {words}"}


def test_two_first_frames_in_different_fields_clash() -> None:
    body = asking(input_reference={"image_url": IMAGE}, frame_images=[frame()])

    assert list(problems(body)) == ["input_reference"]


@pytest.mark.parametrize("other", [{"frame_images": [frame()]}, {"input_reference": {"image_url": IMAGE}}])
def test_frames_and_references_do_not_go_together(other: dict[str, Any]) -> None:
    found = problems(asking(input_references=[reference()], **other))

    assert found == {"input_references": f"input_references: not together with frames for {FAST}"}


def test_one_answer_tells_every_fault_of_shape_of_togetherness_and_of_the_model() -> None:
    body = {"foo": 1, "seconds": 99, "seed": "7", "size": "1x1", "resolution": "720p", "user": ""}

    assert set(problems(body)) == {"foo", "seed", "prompt", "user", "size", "seconds"}


def test_unsound_media_raise_no_false_suspicion_about_the_mode() -> None:
    assert set(problems(asking(frame_images=[{}], seconds=99))) == {
        "frame_images[0].type",
        "frame_images[0].image_url",
        "frame_images[0].frame_type",
        "seconds",
    }


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (asking(model=5, seconds=99), "model"),
        (
            asking(input_reference={}, frame_images=[frame(frame_type="last_frame")]),
            "input_reference.image_url",
        ),
    ],
)
def test_what_depends_on_an_unsound_field_is_not_judged(body: dict[str, Any], param: str) -> None:
    assert list(problems(body)) == [param]


def test_a_model_that_needs_media_is_not_blamed_for_those_that_could_not_be_read() -> None:
    fast = CATALOG.find(FAST)
    assert fast is not None
    frames_only = replace(fast, modes={Mode.FRAMES: fast.modes[Mode.FRAMES]})

    with pytest.raises(InvalidRequestError) as refused:
        read_video_request({"prompt": "x", "frame_images": 5}, FAST, Catalog((frames_only,), CATALOG.longest))

    assert [problem.param for problem in refused.value.problems] == ["frame_images"]


def test_an_unknown_model_is_told_beside_unsound_media() -> None:
    assert set(problems(asking(model="x/y", frame_images=5))) == {"frame_images", "model"}

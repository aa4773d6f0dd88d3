"""The judge knows what Modellix's pages allow: their examples, each rule on both sides of its bound, nothing else."""

from typing import Any

import pytest

from sandbox.provider.judging import complaints, header_complaints
from sandbox.provider.references import References
from tests.unit.simulated_provider.modellix_bounds import BOUNDS, CLIP, DATA_URL, IMAGE, SOUND
from tests.unit.simulated_provider.modellix_client import EDIT, EDITED, FAST, PRO, PRO_FAST, SHORTEST, SMILE

MISSING, TYPE, RANGE = "Missing required parameter", "Invalid parameters", "Value out of range"
FORM = "Invalid format"
ALL = [FAST, PRO_FAST, PRO, EDIT]
MULTIMODAL = EDITED | {
    "reference_images": [IMAGE],
    "audio_urls": [SOUND],
    "duration": 8,
    "resolution": "720p",
}

WRONG_TYPES: dict[type, list[Any]] = {
    str: [1, True, None, ["a"]],
    int: ["5", 5.0, True, None],
    bool: ["true", 1, 0, None],
    list: ["https://example.com/a", {}, None],
}
EVERY_FIELD = [(model, field) for model in ALL for field in BOUNDS[model]]


def judged(model: str, **changes: Any) -> list[str]:
    return complaints("modellix", model, SHORTEST[model] | changes)


@pytest.mark.parametrize("model", ALL)
def test_the_example_of_each_page_is_accepted(model: str) -> None:
    assert judged(model) == []


def test_the_longer_examples_are_accepted() -> None:
    assert complaints("modellix", EDIT, MULTIMODAL) == []
    spoken = SMILE | {"last_frame_image": "https://example.com/last.jpg", "generate_audio": True}
    assert complaints("modellix", PRO, spoken) == []


@pytest.mark.parametrize(("model", "field"), EVERY_FIELD)
def test_a_value_at_a_bound_is_accepted_and_one_beyond_is_refused(model: str, field: str) -> None:
    inside, outside = BOUNDS[model][field]
    assert [value for value in inside if judged(model, **{field: value})] == []
    for value in outside:
        assert f"{RANGE}: {field}" in judged(model, **{field: value})


@pytest.mark.parametrize(("model", "field"), EVERY_FIELD)
def test_a_value_of_another_type_is_refused(model: str, field: str) -> None:
    for wrong in WRONG_TYPES[type(BOUNDS[model][field][0][0])]:
        assert judged(model, **{field: wrong}) == [f"{TYPE}: {field}"]


@pytest.mark.parametrize(
    ("model", "body", "told"),
    [
        (FAST, {}, "prompt"),
        (PRO_FAST, {"ratio": "16:9"}, "prompt"),
        (PRO, {"prompt": "a"}, "first_frame_image or last_frame_image"),
        (EDIT, {"video_urls": [CLIP]}, "prompt"),
        (EDIT, {"prompt": "a"}, "video_urls"),
    ],
)
def test_what_a_model_needs_is_missed_by_name(model: str, body: dict[str, Any], told: str) -> None:
    assert complaints("modellix", model, body) == [f"{MISSING}: {told}"]


def test_a_prompt_may_be_left_out_and_a_last_frame_may_stand_alone_on_1_5() -> None:
    assert complaints("modellix", PRO, {"last_frame_image": IMAGE}) == []


@pytest.mark.parametrize("model", [FAST, EDIT])
def test_reference_images_and_frames_exclude_each_other(model: str) -> None:
    for frame in ("first_frame_image", "last_frame_image"):
        told = judged(model, reference_images=[IMAGE], **{frame: IMAGE})
        assert told == [f"{TYPE}: reference_images together with {frame}"]
    assert judged(model, first_frame_image=IMAGE, last_frame_image=IMAGE, audio_urls=[SOUND]) == []


@pytest.mark.parametrize("model", [FAST, EDIT])
def test_more_than_nine_reference_images_are_refused(model: str) -> None:
    assert judged(model, reference_images=[IMAGE] * 10) == [f"{RANGE}: reference_images"]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (FAST, "frames"),
        (FAST, "service_tier"),
        (FAST, "video_urls"),
        (FAST, "aspect_ratio"),
        (PRO_FAST, "generate_audio"),
        (PRO_FAST, "first_frame_image"),
        (PRO, "frames"),
        (PRO, "reference_images"),
        (PRO, "audio_urls"),
        (EDIT, "frames"),
        (EDIT, "service_tier"),
        (EDIT, "webhook_url"),
    ],
)
def test_a_field_that_the_page_does_not_list_is_refused(model: str, field: str) -> None:
    assert judged(model, **{field: 1}) == [f"{TYPE}: {field} is not a parameter"]


def test_frames_and_duration_may_stand_together() -> None:
    assert judged(PRO_FAST, frames=100, duration=5) == []


@pytest.mark.parametrize(
    "image",
    [
        "iVBORw0KGgo=",
        "data:image/PNG;base64,iVBORw0KGgo=",
        "data:image/png;base64,",
        "data:image/png;base64,a-b",
        "data:image/png;base64,AAA\u00e9",
        "data:video/mp4;base64,AAAA",
        "ftp://example.com/a.jpg",
        "https://",
        "https://[",
        "a.jpg",
    ],
)
def test_an_image_is_a_link_or_base64_in_a_data_url(image: str) -> None:
    assert judged(FAST, first_frame_image=image) == [f"{FORM}: first_frame_image"]
    assert judged(FAST, reference_images=[image, IMAGE]) == [f"{FORM}: reference_images"]


def test_sounds_and_videos_are_links_alone() -> None:
    assert judged(EDIT, video_urls=[DATA_URL]) == [f"{FORM}: video_urls"]
    for model in (FAST, EDIT):
        assert judged(model, audio_urls=[DATA_URL]) == [f"{FORM}: audio_urls"]
    assert judged(EDIT, audio_urls=[1]) == [f"{TYPE}: audio_urls"]
    gone = References(unreachable=[CLIP])
    assert complaints("modellix", EDIT, EDITED, gone) == [f"{FORM}: video_urls"]


def test_every_complaint_is_told_at_once() -> None:
    assert complaints("modellix", EDIT, {"duration": 16, "frame": 1}) == [
        f"{MISSING}: prompt",
        f"{MISSING}: video_urls",
        f"{RANGE}: duration",
        f"{TYPE}: frame is not a parameter",
    ]


@pytest.mark.parametrize("body", [None, [], "a", 1])
def test_a_body_that_is_no_object_is_refused(body: Any) -> None:
    assert complaints("modellix", FAST, body) == [f"{TYPE}: body"]


def test_a_model_that_does_not_exist_is_named() -> None:
    assert complaints("modellix", "seedance-2-0-fast", {}) == [
        "Resource not found: no such task, model or provider: model seedance-2-0-fast"
    ]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://example.com/callbacks/1", True),
        ("http://127.0.0.1:8787/x", True),  # the sandbox's own
        ("http://example.com/x", False),
        ("https://10.0.0.1/x", False),
        ("https://intranet/x", False),
        ("", False),
    ],
)
def test_the_webhook_is_public_https(url: str, fine: bool) -> None:
    headers = {"Content-Type": "application/json", "x-webhook-url": url}
    told = [] if fine else [f"{RANGE}: X-Webhook-URL must be a public HTTPS URL"]
    assert header_complaints("modellix", headers) == told

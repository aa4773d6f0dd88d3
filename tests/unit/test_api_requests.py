"""What a sound body becomes: the request as the client made it, with its mode inferred."""

from dataclasses import replace
from typing import Any

import pytest

from reelhook.api.body import VideoBody
from reelhook.api.requests import checked, read_video_request
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.request import Mode, VideoRequest, request_hash
from tests.api import CATALOG, FAST, IMAGE, asking, frame, problems, read, reference


def test_a_prompt_alone_is_a_whole_request_to_the_default_model() -> None:
    assert read(b'{"prompt": "A lighthouse"}') == VideoRequest(FAST, Mode.TEXT_TO_VIDEO, "A lighthouse")


def test_every_field_arrives_as_the_client_set_it() -> None:
    body = asking(
        model=FAST,
        seconds=5,
        resolution="720p",
        aspect_ratio="16:9",
        generate_audio=False,
        metadata={"scene": "", "é": "雪"},
        user="u-1",
        provider_options={"web_search": True},
    )

    request = read(body)

    assert request == VideoRequest(
        model=FAST,
        mode=Mode.TEXT_TO_VIDEO,
        prompt="A lighthouse at dawn",
        seconds=5,
        resolution="720p",
        aspect_ratio="16:9",
        generate_audio=False,
        metadata={"scene": "", "é": "雪"},
        user="u-1",
        provider_options={"web_search": True},
    )


@pytest.mark.parametrize("seconds", [5, "5", "05"])
def test_seconds_may_be_a_number_or_its_digits(seconds: Any) -> None:
    assert read(asking(seconds=seconds)).seconds == 5


def test_null_means_not_set() -> None:
    names = set(VideoBody.model_fields) - {"prompt"}

    assert read(asking(**dict.fromkeys(names))) == read(asking())


def test_a_prompt_keeps_its_spaces_lines_and_emoji() -> None:
    assert read(asking(prompt=" a\n\n🎬 b ")).prompt == " a\n\n🎬 b "


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b'\xef\xbb\xbf{"prompt": "x"}').prompt == "x"


@pytest.mark.parametrize("image_url", [IMAGE, {"url": IMAGE}])
def test_an_input_reference_is_the_first_frame(image_url: Any) -> None:
    request = read(asking(input_reference={"image_url": image_url}))

    assert (request.mode, request.first_frame, request.last_frame) == (Mode.FRAMES, IMAGE, None)


def test_frames_are_told_apart_by_their_type_not_their_order() -> None:
    first, last = IMAGE + "?1", IMAGE + "?2"

    request = read(asking(frame_images=[frame(last, "last_frame"), frame(first)]))

    assert (request.mode, request.first_frame, request.last_frame) == (Mode.FRAMES, first, last)


def test_an_input_reference_and_a_last_frame_go_together() -> None:
    body = asking(input_reference={"image_url": IMAGE}, frame_images=[frame(IMAGE + "?2", "last_frame")])

    assert (read(body).first_frame, read(body).last_frame) == (IMAGE, IMAGE + "?2")


def test_references_are_sorted_by_kind_and_keep_their_order() -> None:
    kinds = ["video", "image", "audio", "image"]
    links = [f"{IMAGE}?{index}" for index in range(4)]

    request = read(asking(input_references=[reference(*pair) for pair in zip(kinds, links, strict=True)]))

    assert request.mode is Mode.REFERENCE
    assert request.reference_images == (links[1], links[3])
    assert (request.reference_videos, request.reference_audios) == ((links[0],), (links[2],))


def test_empty_lists_and_objects_are_the_same_request_as_none() -> None:
    body = asking(frame_images=[], input_references=[], metadata={}, provider_options={})

    assert request_hash(read(body)) == request_hash(read(asking()))


def test_every_limit_may_be_reached() -> None:
    metadata = {f"{index:064}": "v" * 512 for index in range(16)}

    assert problems(asking(prompt="🎬" * 10_000, metadata=metadata, user="u" * 128)) == {}


def test_checked_gives_back_a_request_its_model_takes_and_refuses_another() -> None:
    request = read(asking())

    assert checked(request, CATALOG) is request
    with pytest.raises(InvalidRequestError):
        checked(replace(request, seconds=99), CATALOG)


def test_a_default_model_that_does_not_exist_is_the_operators_fault_and_named() -> None:
    with pytest.raises(NotConfiguredError, match="DefaultModel names no known model: apixo/none"):
        read_video_request({"prompt": "x"}, "apixo/none", CATALOG)


def test_an_alias_asks_for_the_model_by_its_own_name() -> None:
    aliases = {"sora-2": FAST, "sora-2-pro": "apixo/seedance-2-0"}

    def named(**fields: str) -> str:
        return read_video_request({"prompt": "x", **fields}, FAST, CATALOG, aliases).request.model

    assert named(model="sora-2-pro") == named(model="apixo/seedance-2-0") == "apixo/seedance-2-0"
    assert named() == FAST
    with pytest.raises(InvalidRequestError, match=r"model: one of apixo/.*, got sora-3"):
        named(model="sora-3")


def test_an_alias_is_judged_as_its_model_is() -> None:
    asked = {"prompt": "x", "model": "sora-2", "seconds": 99}

    with pytest.raises(InvalidRequestError, match=f"seconds: 4 to 15 for {FAST}"):
        read_video_request(asked, FAST, CATALOG, {"sora-2": FAST})


@pytest.mark.parametrize(
    ("alias", "model", "told"),
    [
        ("sora-2", "apixo/none", "ModelAliases names no known model: sora-2=apixo/none"),
        ("sora-2", "sora-2-pro", "ModelAliases names no known model: sora-2=sora-2-pro"),
        (FAST, "apixo/seedance-2-0", f"ModelAliases gives a model's own name to another one: {FAST}"),
    ],
)
def test_an_alias_that_cannot_stand_is_the_operators_fault_and_named(
    alias: str, model: str, told: str
) -> None:
    with pytest.raises(NotConfiguredError, match=told):
        read_video_request({"prompt": "x"}, FAST, CATALOG, {alias: model})

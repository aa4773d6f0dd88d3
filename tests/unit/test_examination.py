"""What a request's own media are worth, before anything is paid: uploads, files and data URLs by the same rules."""

import re
from base64 import b64encode
from typing import Any

import pytest

from reelhook.adapters.probe import TagProbe
from reelhook.api.requests import read_video_request
from reelhook.domain.errors.requests import InvalidRequestError, UploadNotFoundError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.media_types import MAX_BYTES
from reelhook.domain.request import request_hash
from reelhook.domain.uploads import UploadVersion, upload_key
from reelhook.use_cases.examination import Examination, Examined
from tests.api import CATALOG, FAST, IMAGE, asking, frame
from tests.fakes import InMemoryUploads
from tests.images import a_png
from tests.sounds import a_timed_mp4, a_wav, an_mp3

I2V = "modellix/seedance-2.0-v2v"
ONE, TWO, NONE = ("file_" + letters * 13 for letters in ("a2", "b3", "c4"))
PNG, WAV = a_png(), a_wav(3)


class Desk:
    """An examination of what owner-1 has uploaded."""

    def __init__(self, **uploaded: bytes) -> None:
        self.uploads = InMemoryUploads()
        self._examination = Examination(self.uploads, TagProbe(), CATALOG)
        for name, data in uploaded.items():
            self.post({"one": ONE, "two": TWO}[name], data)

    def post(self, file_id: str, data: bytes, owner: str = "owner-1") -> None:
        self.uploads.post(upload_key(owner, file_id), data)

    def look(self, owner: str = "owner-1", model: str = FAST, **fields: Any) -> Examined:
        return self._examination.of(owner, read_video_request(asking(model=model, **fields), FAST, CATALOG))

    def problems(self, **fields: Any) -> dict[str | None, str]:
        with pytest.raises(InvalidRequestError) as raised:
            self.look(**fields)
        return {problem.param: problem.message for problem in raised.value.problems}


def of(kind: str, file_id: str = ONE) -> dict[str, Any]:
    return {"type": f"{kind}_url", f"{kind}_url": {"file_id": file_id}}


def inline(kind: str, data: bytes) -> dict[str, Any]:
    url = f"data:{kind}/any;base64,{b64encode(data).decode()}"
    return {"type": f"{kind}_url", f"{kind}_url": {"url": url}}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input_reference": {"file_id": ONE}}, "input_reference.file_id"),
        ({"input_reference": {"image_url": {"file_id": ONE}}}, "input_reference.image_url.file_id"),
        (
            {"frame_images": [frame(), {**of("image"), "frame_type": "last_frame"}]},
            "frame_images[1].image_url.file_id",
        ),
        ({"input_references": [of("image")]}, "input_references[0].image_url.file_id"),
    ],
)
def test_an_upload_stands_wherever_a_url_does_and_is_named_as_the_client_wrote_it(
    fields: dict[str, Any], param: str
) -> None:
    found = Desk(one=PNG).look(**fields)
    assert found.uploads == (UploadVersion(ONE, "v1"),)
    assert [media for held in found.request.media().values() for media in held if "upload" in media]

    assert list(Desk().problems(**fields)) == [param]
    assert "an image" in Desk(one=b"no image at all").problems(**fields)[param]


def test_every_kind_of_reference_may_be_an_upload_beside_links_and_bytes() -> None:
    desk = Desk(one=a_timed_mp4(4), two=WAV)

    found = desk.look(
        input_references=[
            of("audio", TWO),
            {"type": "image_url", "image_url": {"url": IMAGE}},
            of("video"),
            of("video"),
        ]
    )

    assert found.uploads == (UploadVersion(ONE, "v1"), UploadVersion(ONE, "v1"), UploadVersion(TWO, "v1"))
    assert [re.sub("[0-9a-f]{32}", "...", each) for each in found.request.reference_videos] == [
        "upload:0:...",
        "upload:1:...",
    ]
    assert found.request.reference_images == (IMAGE,)
    assert found.request.reference_audios[0].startswith("upload:2:")


@pytest.mark.parametrize(
    "file_id", [NONE, "", "file_", "../owner-1/uploads/" + ONE, ONE.upper(), ONE + "\n", "x" * 64]
)
def test_what_was_never_uploaded_and_what_is_somebody_elses_are_answered_alike(file_id: str) -> None:
    desk = Desk()
    desk.post(ONE, PNG, owner="owner-2")
    desk.post(TWO, PNG)
    told = "input_reference.file_id: there is no upload of this name, or nothing was uploaded to it"

    for name in (file_id, ONE):
        with pytest.raises(UploadNotFoundError) as raised:
            desk.look(input_reference={"file_id": name})
        assert [(each.param, each.message) for each in raised.value.problems] == [
            ("input_reference.file_id", told)
        ]


def test_all_that_is_wrong_with_several_files_is_told_at_once() -> None:
    desk = Desk(one=WAV)

    found = desk.problems(input_references=[of("image"), of("video", NONE), of("audio", TWO), of("audio")])

    assert set(found) == {
        "input_references[0].image_url.file_id",
        "input_references[1].video_url.file_id",
        "input_references[2].audio_url.file_id",
    }


@pytest.mark.parametrize(("kind", "made"), [("video", a_timed_mp4), ("audio", a_wav), ("audio", an_mp3)])
@pytest.mark.parametrize("seconds", [1, 16, 600])
def test_what_is_too_short_or_too_long_for_the_model_is_refused_however_it_came(
    kind: str, made: Any, seconds: int
) -> None:
    desk, data = Desk(one=made(seconds), two=PNG), made(seconds)
    words = f"2 to 15 seconds for {FAST}, got {seconds}.0"

    uploaded = desk.problems(input_references=[of("image", TWO), of(kind)])
    given = desk.problems(input_references=[of("image", TWO), inline(kind, data)])

    assert uploaded == {
        f"input_references[1].{kind}_url.file_id": f"input_references[1].{kind}_url.file_id: {words}"
    }
    assert given == {f"input_references[1].{kind}_url.url": f"input_references[1].{kind}_url.url: {words}"}


@pytest.mark.parametrize("seconds", [2, 7.5, 15, 15.1])
def test_what_the_models_page_allows_is_taken(seconds: float) -> None:
    assert Desk(one=a_timed_mp4(seconds)).look(input_references=[of("video")]).uploads


def test_the_seconds_of_one_kind_are_counted_together() -> None:
    desk = Desk(one=a_timed_mp4(8), two=a_wav(8))

    desk.look(input_references=[of("video"), of("audio", TWO)])
    (told,) = desk.problems(input_references=[of("video"), of("video")]).values()

    assert told.endswith(f"all video references last at most 15 seconds together for {FAST}, got 16.0")


def test_a_model_whose_page_names_no_length_takes_any() -> None:
    assert Desk(one=a_timed_mp4(100)).look(model=I2V, input_references=[of("video")]).uploads


def test_a_video_that_does_not_say_how_long_it_is_is_passed_on_and_one_that_cannot_be_read_is_not() -> None:
    assert Desk(one=a_timed_mp4(0)).look(input_references=[of("video")]).uploads
    for cut in (a_timed_mp4(4)[:24], a_timed_mp4(4, 500, index_last=True)[:300]):
        (told,) = Desk(one=cut).problems(input_references=[of("video")]).values()
        assert told.endswith("how long this video lasts cannot be read: it is cut short or damaged")


def test_an_image_that_was_announced_as_a_video_is_no_larger_than_images_are() -> None:
    (told,) = Desk(one=PNG + bytes(MAX_BYTES["image"])).problems(input_reference={"file_id": ONE}).values()

    assert "images have at most 31457280 bytes, got" in told


def test_only_as_much_as_is_needed_is_read_of_the_version_that_was_found() -> None:
    desk = Desk(one=a_timed_mp4(4, 3_000_000, index_last=True))

    desk.look(input_references=[of("video")])

    assert {(key, version) for key, version, _, _ in desk.uploads.reads} == {
        (upload_key("owner-1", ONE), "v1")
    }
    assert sum(amount for *_, amount in desk.uploads.reads) < 400_000


def test_the_hash_covers_what_was_uploaded_and_neither_its_name_nor_its_version() -> None:
    desk = Desk(one=PNG, two=PNG)
    first = desk.look(input_reference={"file_id": ONE})
    other_name = desk.look(input_reference={"file_id": TWO})
    desk.post(ONE, PNG)
    again = desk.look(input_reference={"file_id": ONE})
    desk.post(ONE, a_png(1))
    replaced = desk.look(input_reference={"file_id": ONE})

    assert [each.uploads[0].version_id for each in (first, again, replaced)] == ["v1", "v2", "v3"]
    same = {request_hash(each.request) for each in (first, other_name, again)}
    assert len(same) == 1
    assert request_hash(replaced.request) not in same


def test_a_bucket_that_does_not_answer_refuses_nothing() -> None:
    desk = Desk(one=PNG)
    desk.uploads.error = StoreError("S3: SlowDown")

    with pytest.raises(StoreError):
        desk.look(input_reference={"file_id": ONE})


def test_a_request_of_links_and_a_prompt_asks_the_bucket_nothing() -> None:
    desk = Desk()
    desk.uploads.error = StoreError("S3: down")

    assert desk.look(input_reference={"image_url": IMAGE}).request.first_frame == IMAGE
    assert desk.look().uploads == ()

"""Bytes in JSON: data URLs, read strictly and judged by what they are; everything else keeps its small limits."""

import contextlib
import json
import resource
import time
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest

from reelhook.api.errors import RequestTooLargeError
from reelhook.api.incoming import MAX_BODY, json_body, video_fields
from reelhook.api.media import read_source
from reelhook.api.media_bytes import held
from reelhook.api.requests import read_video_request
from reelhook.domain.errors.requests import RequestError
from reelhook.domain.media_types import MAX_BYTES, media_type
from reelhook.domain.references import Asked
from tests.api import CATALOG, FAST, IMAGE, asking, frame, incoming, problems, reference
from tests.builders import an_mp4
from tests.images import JPEG, WEBP, a_png

MIB = 1024 * 1024


def data_url(data: bytes, told: str = "image/png") -> str:
    return f"data:{told};base64,{b64encode(data).decode()}"


def asked(body: dict[str, Any] | str) -> Asked:
    text = body if isinstance(body, str) else json.dumps(body)
    return read_video_request(video_fields(incoming(body=text)), FAST, CATALOG)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (a_png(), "image/png"),
        (JPEG, "image/jpeg"),
        (WEBP, "image/webp"),
        (b"GIF87a" + bytes(9), "image/gif"),
        (b"GIF89a" + bytes(9), "image/gif"),
        (b"II*\x00" + bytes(9), "image/tiff"),
        (b"MM\x00*" + bytes(9), "image/tiff"),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00", "image/bmp"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(9), "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(9), "image/heif"),
        (an_mp4(), "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  " + bytes(9), "video/quicktime"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04" + bytes(9), "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(9), "audio/mpeg"),
        (b"BM is how this text begins, and it is no picture", None),
        (b"RIFF\x00\x00\x00\x00AVI ", None),
        (b"\x00\x00\x00\x18ftypavif" + bytes(9), None),
        (b"%PDF-1.7", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\x89PNG\r\n\x1a", None),
        (b"\x1f\x8b\x08\x00" + bytes(9), None),
        (b"", None),
    ],
)
def test_bytes_are_what_their_beginning_says(data: bytes, found: str | None) -> None:
    assert media_type(data) == found


def test_bytes_may_stand_wherever_a_link_may() -> None:
    png, jpeg = data_url(a_png()), data_url(JPEG, "image/jpeg")
    told = asked(asking(frame_images=[frame(jpeg, "last_frame"), frame(png)]))

    assert [media.content_type for media in told.held] == ["image/png", "image/jpeg"]
    assert told.request.first_frame == f"reference:0:{told.held[0].sha256}"
    assert told.request.last_frame == f"reference:1:{told.held[1].sha256}"
    assert asked(asking(input_reference={"image_url": png})).held == told.held[:1]
    assert asked(asking(input_reference={"image_url": {"url": png}})).held == told.held[:1]


def test_each_kind_of_reference_takes_bytes_of_its_kind() -> None:
    wav = b"RIFF\x00\x00\x00\x00WAVEfmt "
    links = [data_url(wav, "audio/wav"), data_url(an_mp4(), "video/mp4"), data_url(a_png())]
    kinds = ("audio", "video", "image")
    told = asked(asking(input_references=[*map(reference, kinds, links), reference("image", IMAGE)]))

    assert [media.content_type for media in told.held] == ["image/png", "video/mp4", "audio/wav"]
    assert told.request.reference_images == (f"reference:0:{told.held[0].sha256}", IMAGE)
    assert told.request.reference_videos == (f"reference:1:{told.held[1].sha256}",)
    assert told.request.reference_audios == (f"reference:2:{told.held[2].sha256}",)


@pytest.mark.parametrize(
    "told",
    ["image/png", "image/jpeg", "", "text/plain", "image/png;charset=utf-8", "application/octet-stream"],
)
def test_what_a_data_url_claims_to_be_counts_for_nothing(told: str) -> None:
    (media,) = asked(asking(input_reference={"image_url": data_url(a_png(), told)})).held

    assert media.content_type == "image/png"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("data:image/png;base64,", "the file is empty"),
        ("data:image/png;base64,%%%%", "is not base64"),
        ("data:image/png;base64,iVBORw0KGgo", "is not base64"),
        ("data:image/png;base64,iVBORw0K Ggo=", "is not base64"),
        ("data:image/png;base64,iVBORw0K\nGgo=", "is not base64"),
        ("data:image/png;base64,é", "is not base64"),
        ("data:image/png;base64," + urlsafe_b64encode(b"\xff" * 9).decode(), "is not base64"),
        ("data:image/png,iVBORw0KGgo=", "data:<type>;base64,<bytes>"),
        ("data:image/png;base64", "data:<type>;base64,<bytes>"),
        ("data:image/p ng;base64,iVBORw0KGgo=", "data:<type>;base64,<bytes>"),
        ("data:", "data:<type>;base64,<bytes>"),
        ("DATA:,", "data:<type>;base64,<bytes>"),
        (data_url(b"hello"), "an image (PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC) expected, the bytes are of no known type"),
        (data_url(an_mp4(), "image/png"), "an image (PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC) expected, the bytes are video/mp4"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_image_are_named_with_what_was_expected(url: str, words: str) -> None:
    found = problems(asking(frame_images=[frame(url)]))

    assert list(found) == ["frame_images[0].image_url.url"]
    assert words in str(found["frame_images[0].image_url.url"])


@pytest.mark.parametrize(
    ("kind", "words"), [("video", "a video (MP4 or QuickTime)"), ("audio", "a sound (WAV or MP3)")]
)
def test_a_picture_is_no_video_and_no_sound(kind: str, words: str) -> None:
    found = problems(asking(input_references=[reference(kind, data_url(a_png()))]))

    assert f"{words} expected, the bytes are image/png" in str(found)


@pytest.mark.parametrize(("kind", "most"), [("image", 30 * MIB), ("video", 50 * MIB), ("audio", 15 * MIB)])
def test_each_kind_has_its_largest_size(kind: str, most: int) -> None:
    beginning = {"image": a_png(), "video": an_mp4(), "audio": b"ID3"}[kind]
    media = held(beginning + bytes(most - len(beginning)))

    assert MAX_BYTES[kind] == most
    assert read_source(kind, media) is media
    with pytest.raises(RequestTooLargeError, match=f"The {kind} has more than {most} bytes"):
        read_source(kind, held(media.data + b"\x00"))


def test_json_may_be_as_large_as_its_data_urls_make_it_and_no_larger() -> None:
    image = data_url(a_png(3 * MIB))
    (media,) = asked(asking(input_reference={"image_url": image})).held
    assert len(media.data) > 3 * MIB

    escaped = json.dumps(asking(input_reference={"image_url": image})).replace("/", "\\/")
    assert asked(escaped).held == (media,)
    with pytest.raises(RequestTooLargeError, match=f"more than {MAX_BODY} bytes"):
        asked(asking(input_reference={"image_url": image}, user="x" * MAX_BODY))
    with pytest.raises(RequestTooLargeError, match=f"more than {6 * MIB} bytes"):
        asked(asking(input_reference={"image_url": data_url(a_png(5 * MIB))}))


@pytest.mark.parametrize(
    "body",
    [
        "[" + "[]," * MAX_BODY + "[]]",
        "[" + '"data:",' * MAX_BODY + '""]',
        "[" + '{"data:":1},' * (MAX_BODY // 2) + "1]",
        '"\\"data:' + "x" * MAX_BODY + '"',
        '"' + '\\"data:' * MAX_BODY + '"',
        '"data:' * MAX_BODY,
        '{"prompt": "' + "x" * MAX_BODY + '"}',
    ],
    ids=[
        "lists",
        "short data URLs",
        "objects",
        "a quote within",
        "quotes within",
        "never closed",
        "a prompt",
    ],
)
def test_nothing_but_a_data_url_makes_json_larger(body: str) -> None:
    with pytest.raises(RequestTooLargeError):
        json_body(incoming(body=body))


def test_six_megabytes_of_json_are_read_in_a_moment_and_in_a_few_times_their_size() -> None:
    image = data_url(a_png(4_400_000))
    bodies = [
        json.dumps(asking(input_reference={"image_url": image})),
        json.dumps(asking(input_reference={"image_url": "data:image/png;base64," + "%" * 5_800_000})),
        json.dumps(asking(user="data:" + "x" * 5_800_000)),
        '{"prompt": "x", "metadata": {' + ",".join(f'"data:{n}": "v"' for n in range(20_000)) + "}}",
        '"data:' + "\\/" * 2_900_000 + '"',
    ]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for body in bodies:
        with contextlib.suppress(RequestError):
            asked(body)

    assert time.process_time() - began < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_an_answer_never_repeats_the_bytes() -> None:
    found = problems(asking(frame_images=[frame("data:image/png;base64,%" + "A" * 100_000)], seed="x"))

    assert len(str(found)) < 500

"""Forms: what JSON can say can be said in a form, and whatever cannot be read is a 4xx that names the field."""

import contextlib
import resource
import subprocess
import sys
import time
from base64 import b64encode
from typing import Any

import pytest

from reelhook.api.form_parts import MAX_PARTS
from reelhook.api.incoming import video_fields
from reelhook.api.requests import read_video_request
from reelhook.api.resolver import Resolver, resolver
from reelhook.domain.errors.requests import RequestError
from reelhook.domain.references import Asked
from tests.api import CATALOG, FAST, IMAGE, Notes, ask, event, frame, incoming, read, reference
from tests.forms import BOUNDARY, FORM, asking, form, part, upload
from tests.hostile_forms import HOSTILE, Hostile
from tests.images import JPEG, WEBP, a_png

PNG = a_png()


def sent(body: bytes, content_type: str = FORM) -> dict[str, Any]:
    """The parts of an event that carries this body: as API Gateway hands it on."""
    return {
        "headers": {"content-type": content_type},
        "body": b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def asked(body: bytes, content_type: str = FORM) -> Asked:
    """What a form asks for."""
    return read_video_request(video_fields(incoming(**sent(body, content_type))), FAST, CATALOG)


@pytest.fixture
def app() -> Resolver:
    """A route that reads a request for a video and goes no further."""
    app = resolver(Notes())

    @app.post("/v1/videos")
    def submit() -> dict[str, str]:
        given = video_fields(app.current_event)
        return {"prompt": str(read_video_request(given, FAST, CATALOG).request.prompt)}

    return app


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_what_cannot_be_read_is_answered_and_named(app: Resolver, hostile: Hostile) -> None:
    status, headers, told = ask(app, event("POST", "/v1/videos", **sent(hostile.body, hostile.content_type)))

    assert (status, told["error"]["param"]) == (hostile.status, hostile.param), told
    assert headers["x-should-retry"] == "false"
    assert len(str(told)) < 5_000
    if hostile.param is None and status == 400:
        assert "expected a form such as curl -F" in told["error"]["message"]


def test_a_list_by_brackets_is_told_the_form_that_works(app: Resolver) -> None:
    body = asking(part("frame_images[][type]", "image_url"))
    _, _, told = ask(app, event("POST", "/v1/videos", **sent(body)))

    assert 'one field of JSON, as frame_images=[{"type": ...}]' in told["error"]["message"]


def test_every_problem_is_listed(app: Resolver) -> None:
    body = asking(upload(b"", "user"), part("frame_images", "x"), part("seed[a]", "1"))
    _, _, told = ask(app, event("POST", "/v1/videos", **sent(body)))

    assert {problem["param"] for problem in told["error"]["problems"]} == {"user", "frame_images", "seed[a]"}


def test_a_form_says_what_json_says() -> None:
    told = asked(
        form(
            part("prompt", "Ein Leuchtturm \N{GRINNING FACE}"),
            part("model", FAST),
            part("seconds", "7"),
            part("resolution", "480p", "Content-Type: text/plain; charset=UTF-8"),
            part("aspect_ratio", "9:16"),
            part("generate_audio", "false"),
            part("metadata[user]", "u-1"),
            part("metadata[true]", "true"),
            part("user", "17"),
            part("provider_options[web_search]", "true"),
        )
    )

    assert told.held == ()
    assert told.request == read(
        {
            "prompt": "Ein Leuchtturm \N{GRINNING FACE}",
            "model": FAST,
            "seconds": 7,
            "resolution": "480p",
            "aspect_ratio": "9:16",
            "generate_audio": False,
            "metadata": {"user": "u-1", "true": "true"},
            "user": "17",
            "provider_options": {"web_search": True},
        }
    )


@pytest.mark.parametrize(
    ("parts", "fields"),
    [
        ((part("seed", "-1"), part("model", "modellix/seedance-1.0-pro-fast-t2v")), {"seed": -1, "model": "modellix/seedance-1.0-pro-fast-t2v"}),
        ((part("input_reference", IMAGE),), {"input_reference": {"image_url": IMAGE}}),
        ((part("input_reference[image_url]", IMAGE),), {"input_reference": {"image_url": IMAGE}}),
        ((part("input_reference[image_url][url]", IMAGE),), {"input_reference": {"image_url": {"url": IMAGE}}}),
        ((part("input_reference", f' {{"image_url": "{IMAGE}"}}'),), {"input_reference": {"image_url": IMAGE}}),
        ((part("metadata", '{"a": "b"}'),), {"metadata": {"a": "b"}}),
        ((part("metadata", '{"a": "b"}'), part("metadata[c]", "d")), {"metadata": {"a": "b", "c": "d"}}),
        ((part("provider_options", '{"web_search": false}'),), {"provider_options": {"web_search": False}}),
        (
            (part("frame_images", f'[{{"type": "image_url", "frame_type": "first_frame", "image_url": {{"url": "{IMAGE}"}}}}]'),),
            {"frame_images": [frame()]},
        ),
        (
            (part("input_references", f'[{{"type": "image_url", "image_url": {{"url": "{IMAGE}"}}}}]'),),
            {"input_references": [reference()]},
        ),
        ((part("user", "x", quote=""),), {"user": "x"}),
        ((part("user", "u%22"),), {"user": "u%22"}),
    ],
    ids=str,
)  # fmt: skip
def test_objects_come_by_brackets_or_as_json_and_lists_as_json(
    parts: tuple[bytes, ...], fields: dict[str, Any]
) -> None:
    assert asked(asking(*parts)).request == read({"prompt": "A lighthouse at dawn", **fields})


@pytest.mark.parametrize(
    "name", ["upload", "", "../../etc/passwd", "C:\\a.png", "a%0D%0Ab", "é.png", "x" * 1_000]
)
@pytest.mark.parametrize(("image", "found"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")])
def test_a_file_is_judged_by_its_bytes_whatever_it_is_called(image: bytes, found: str, name: str) -> None:
    told = asked(asking(upload(image, filename=name)))
    (media,) = told.held

    assert (media.data, media.content_type) == (image, found)
    assert told.request.first_frame == f"reference:0:{media.sha256}"
    assert (
        told.request == asked(asking(upload(image))).request
    )  # neither its name nor its claim is part of the request


def test_a_files_own_line_breaks_and_near_boundaries_stay_as_they_are() -> None:
    image = PNG + b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\n\r\n--"

    (media,) = asked(asking(upload(image))).held
    assert media.data == image


def test_what_follows_the_end_is_not_read() -> None:
    assert asked(asking() + b"the epilogue " * 100).request.prompt == "A lighthouse at dawn"


def test_a_boundary_may_be_in_quotes_and_its_type_in_capitals() -> None:
    body = form(part("prompt", "x"), boundary="a b'()+_,-./:=?")

    assert (
        asked(body, 'Multipart/Form-Data; charset=utf-8; boundary="a b\'()+_,-./:=?"').request.prompt == "x"
    )


def test_a_data_url_in_a_field_may_be_longer_than_any_other_json() -> None:
    url = "data:image/png;base64," + b64encode(a_png(700_000)).decode()
    images = f'[{{"type": "image_url", "frame_type": "last_frame", "image_url": {{"url": "{url}"}}}}]'

    told = asked(asking(part("frame_images", images), upload(JPEG)))
    assert [media.content_type for media in told.held] == ["image/jpeg", "image/png"]
    assert told.request.first_frame == f"reference:0:{told.held[0].sha256}"
    assert told.request.last_frame == f"reference:1:{told.held[1].sha256}"
    assert asked(asking(part("input_reference", url))).held == told.held[1:]


def test_a_form_is_read_in_a_moment_however_it_is_made() -> None:
    """Six megabytes of anything: seconds would be a way to keep functions busy."""
    size = 4_600_000
    bodies = [
        asking(upload(PNG + b"\r" * size)),
        asking(upload(PNG + (b"\r\n--" + BOUNDARY.encode()[:-1]) * (size // 7))),
        asking(part("user", "x" * size)),
        b"\r\n" * (size // 2),
        form(*[part("u", "")] * (size // 60)),
        asking(part("metadata", '{"' * (size // 2))),
        asking(part("metadata", '"data:' * (size // 6))),
    ]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for body in bodies:
        with contextlib.suppress(RequestError):
            asked(body)

    assert time.process_time() - began < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def test_the_parser_of_forms_is_not_loaded_until_a_form_arrives() -> None:
    code = (
        "import sys, functions.submit_video\n"
        "from reelhook.api.forms import read_form\n"
        "before = 'multipart' in sys.modules\n"
        f"read_form({asking()!r}, {FORM!r})\n"
        "print(before, 'multipart' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["False", "True"]


def test_the_caps_hold_what_the_fields_need() -> None:
    assert MAX_PARTS > 16 + 16 + 16  # fields, metadata, options

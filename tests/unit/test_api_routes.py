"""Which path and method is answered by whom, and what everything else gets."""

import json
from typing import Any

import pytest

from reelhook.api.answers import accepted
from reelhook.api.incoming import idempotency_key, video_fields
from reelhook.api.requests import read_video_request
from reelhook.api.resolver import resolver
from reelhook.api.routes import ROUTES
from reelhook.api.video_routes import add_video_routes
from reelhook.domain.errors.requests import VideoNotFoundError
from reelhook.domain.video import State, Video
from tests.api import CATALOG, EVENTS, FAST, Notes, ask, event, raising
from tests.template import source

PATH = "/v1/videos/video_abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/videos/", "/v1/videos/a/b", "/v2/videos", "/v1/videos/a/content/"]
)
def test_an_unknown_path_is_404_in_our_envelope(path: str) -> None:
    status, headers, body = ask(raising(KeyError()), event("POST", path))

    assert (status, body["error"]["code"], body["error"]["problems"]) == (404, "not_found", [])
    assert headers["x-request-id"] == "JKJaXmPLvHcESHA="


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/v1/videos", "POST, GET"),
        ("PATCH", PATH, "GET, DELETE"),
        ("HEAD", PATH, "GET, DELETE"),
        ("POST", f"{PATH}/content", "GET"),
        ("GET", f"{PATH}/cancel", "POST"),
        ("OPTIONS", "/v1/videos/a%20b", "GET, DELETE"),
    ],
)
def test_a_known_path_with_another_method_is_405_with_those_it_has(
    method: str, path: str, allow: str
) -> None:
    status, headers, body = ask(raising(KeyError()), event(method, path))

    assert (status, body["error"]["code"], headers["allow"]) == (405, "method_not_allowed", allow)
    assert headers["x-should-retry"] == "false"


def test_a_route_that_another_function_answers_is_404_here_and_never_a_405_that_contradicts_itself() -> None:
    status, headers, _ = ask(resolver(Notes()), event("POST", "/v1/videos"))

    assert (status, "allow" in headers) == (404, False)


def test_the_known_paths_are_those_of_the_template() -> None:
    functions = (about["Properties"] for about in source()["Resources"].values())
    events = [one["Properties"] for each in functions for one in each.get("Events", {}).values()]
    routes: dict[str, tuple[str, ...]] = {}
    for one in events:
        if one.get("ApiId") == {"Ref": "Api"} and "Path" in one:
            routes[one["Path"]] = (*routes.get(one["Path"], ()), one["Method"])

    assert routes == ROUTES


def test_the_event_of_submit_video_becomes_a_video() -> None:
    app = resolver(Notes())

    @app.post("/v1/videos")
    def submit_video() -> Any:
        request = read_video_request(video_fields(app.current_event), FAST, CATALOG).request
        key = idempotency_key(app.current_event)
        assert key == "lighthouse-1"
        return accepted(
            Video("video_a", "anna", request, "v1:0", "apixo", request.model, 1_000, State.SUBMITTED)
        )

    status, headers, body = ask(app, json.loads((EVENTS / "submit_video.json").read_text()))

    assert (status, headers["location"]) == (202, "/v1/videos/video_a")
    assert (body["seconds"], body["metadata"]) == ("5", {"project": "coast"})


def test_the_event_of_videos_asks_for_one_video() -> None:
    status, _, body = ask(
        raising(VideoNotFoundError("No video.")), json.loads((EVENTS / "videos.json").read_text())
    )

    assert (status, body["error"]["message"]) == (404, "No video.")


def test_the_list_of_models_is_no_video_that_could_be_deleted() -> None:
    app = resolver(Notes())
    add_video_routes(app, NotImplemented)
    status, headers, _ = ask(app, event("DELETE", "/v1/videos/models"))

    assert (status, headers["allow"]) == (405, "GET")

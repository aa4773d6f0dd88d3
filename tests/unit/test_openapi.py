"""The OpenAPI document is the code's own, and what the functions answer is what it says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from functions import videos as videos_function
from operations.openapi.examples import REQUESTS
from operations.openapi.failing import ERRORS
from operations.openapi.files import files
from reelhook.api.errors import MethodNotAllowedError, NoSuchRouteError
from reelhook.api.failures import FAILURES, failure_of
from reelhook.api.model_schema import request_schema
from reelhook.api.resolver import resolver
from reelhook.api.responses import video_object
from reelhook.api.routes import ROUTES
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.model import Model
from reelhook.domain.price import Usage
from reelhook.domain.video import State
from tests.api import CATALOG, FAST, Notes, asking, event, frame, problems, reference
from tests.builders import a_request, a_video, an_artifact
from tests.isolation import ROWS, Row
from tests.openapi import DOCUMENT, faults, undocumented
from tests.unit.deployed import CONTEXT
from tests.unit.test_owner_isolation import Api

BODY = DOCUMENT["components"]["schemas"]["VideoBody"]
ERROR = VideoError("moderated", "Refused.", Category.INPUT_MODERATION, False, Billed.NO, "prompt")


def test_the_committed_files_are_what_the_code_says_or_make_openapi_was_forgotten() -> None:
    for path, text in files().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_every_route_is_documented_and_no_other() -> None:
    told = {path: tuple(method.upper() for method in methods) for path, methods in DOCUMENT["paths"].items()}

    assert told == ROUTES
    names = [one["operationId"] for methods in DOCUMENT["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)


def test_every_error_that_can_be_answered_is_documented_somewhere() -> None:
    told = {type(error) for errors in ERRORS.values() for error in errors}

    assert set(FAILURES) - told == {NoSuchRouteError, MethodNotAllowedError}  # of no route


def test_every_schema_is_one_and_every_reference_leads_somewhere() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for target in _references(DOCUMENT):
        held: Any = DOCUMENT
        for name in target.removeprefix("#/").split("/"):
            held = held[name]


def _references(held: Any) -> Iterator[str]:
    match held:
        case {"$ref": str(target)}:
            yield target
        case dict():
            for value in held.values():
                yield from _references(value)
        case list():
            for value in held:
                yield from _references(value)


def test_every_example_is_as_its_schema() -> None:
    checked = 0
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for content in (each for body in bodies for each in body.get("content", {}).values()):
                named = {name: one["value"] for name, one in content.get("examples", {}).items()}
                for value in [*named.values(), *([content["example"]] if "example" in content else [])]:
                    checked += 1
                    assert faults(content["schema"], value) == [], (method, path)
    assert checked > 50


@pytest.mark.parametrize("state", [*State, None], ids=str)
@pytest.mark.parametrize("owner", ["owner-1", "owner-2"])
def test_what_the_functions_answer_is_documented(owner: str, state: State | None) -> None:
    api = Api()
    _, answer = api.ask("owner-1", ROWS[0], "")
    video_id = json.loads(json.loads(answer)["body"])["id"]
    request = a_request(user="end-user", seconds=5, metadata={"scene": "4"})
    files = (an_artifact(),) if state is State.STORED else ()
    told = replace(
        a_video(state or State.STORED, video_id, request=request),
        error=ERROR,
        artifacts=files,
        usage=Usage("0.5", "USD", "5 s x 0.1", True),
    )
    api.videos.plant(told)
    if state is None:
        api.ending.delete("owner-1", video_id)

    for row in sorted(ROWS, key=lambda row: row.method == "DELETE"):
        answered = json.loads(api.ask(owner, row, video_id)[1])
        assert undocumented(row.method, row.path, answered) == [], row


@pytest.mark.parametrize("row", [row for row in ROWS if row.path.startswith("/v1")], ids=str)
def test_a_caller_without_a_key_gets_the_documented_401(row: Row) -> None:
    api = Api()
    _, answer = api.ask("owner-1", ROWS[0], "", key="rh_unknown")
    told = json.loads(api.ask("owner-1", row, "video_a", key="rh_unknown")[1])

    assert json.loads(answer)["statusCode"] == told["statusCode"] == 401
    assert undocumented(row.method, row.path, told) == []


@pytest.mark.parametrize(("method", "path"), ERRORS)
def test_every_error_of_a_route_is_answered_as_documented(method: str, path: str) -> None:
    app, asked, left = resolver(Notes()), re.sub(r"{\w+}", "a", path), list(ERRORS[method, path])

    @app.route(asked, method)
    def fail() -> None:
        raise left[0]

    while left:
        answered = app.resolve(event(method, asked), CONTEXT)

        assert answered["statusCode"] == failure_of(left[0]).status, left[0]
        assert undocumented(method, path, answered) == [], left[0]
        left.pop(0)


def test_the_document_would_miss_a_field_that_is_new_or_gone() -> None:
    video = {"$ref": "#/components/schemas/Video"}
    shown = video_object(a_video(State.SUBMITTED))

    assert faults(video, shown) == []
    assert faults(video, {**shown, "stage": "early"})
    assert faults(video, {name: value for name, value in shown.items() if name != "usage"})
    assert faults(video, {**shown, "status": "pending"})


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": "A lighthouse"},
        asking(seconds="5", size="1280x720", metadata={"scene": "4"}, user="u"),
        asking(seconds=None, model=None, provider_options={"web_search": True}),
        asking(frame_images=[frame(), frame(frame_type="last_frame")]),
        asking(input_reference={"image_url": "https://media.example.com/a.png"}),
        asking(input_reference={"image_url": {"url": "https://media.example.com/a.png"}}),
        asking(input_references=[reference(), reference("video"), reference("audio")]),
    ],
)
def test_a_request_that_is_taken_is_as_its_schema(body: dict[str, Any]) -> None:
    assert problems(body) == {}
    assert faults(BODY, body) == []


@pytest.mark.parametrize(
    "body",
    [
        asking(colour="red"),
        asking(prompt=" "),
        asking(seconds=5.5),
        asking(seconds="five"),
        asking(seed=2**63),
        asking(metadata={"a": 1}),
        asking(user=""),
        asking(frame_images=[{"type": "image_url"}]),
        asking(provider_options={"web_search": {}}),
        asking(input_reference={"image_url": 5}),
    ],
)
def test_a_request_that_its_schema_excludes_is_refused(body: dict[str, Any]) -> None:
    assert faults(BODY, body)
    assert problems(body)


@pytest.mark.parametrize("body", REQUESTS.values(), ids=REQUESTS)
def test_every_request_it_shows_is_taken(body: dict[str, Any]) -> None:
    assert problems(body) == {}


def test_it_is_valid_openapi() -> None:
    """By the specification's own schema; every default is one by its own."""
    assert [str(fault) for fault in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_the_schema_names_the_models_of_the_catalog() -> None:
    told = [one for one in BODY["properties"]["model"]["anyOf"] if one.get("type") == "string"]

    assert told[0]["examples"] == list(CATALOG.names)
    assert FAST in CATALOG.names


@pytest.mark.parametrize("model", CATALOG.models, ids=str)
def test_what_any_model_takes_is_as_the_schema_and_what_none_takes_is_not(model: Model) -> None:
    fields = request_schema(model)["properties"]
    words = [{name: word} for name in ("size", "resolution", "aspect_ratio") for word in fields[name]["enum"]]
    bounds = [{"seconds": fields["seconds"][bound]} for bound in ("minimum", "maximum")]
    for asked in [*words, *bounds, {"prompt": "x" * fields["prompt"]["maxLength"]}]:
        assert faults(BODY, asked) == [], asked
    for excluded in ({"size": "1x1"}, {"resolution": "8k"}, {"seconds": 1}, {"prompt": "x" * 10_001}):
        assert faults(BODY, excluded), excluded
        assert problems(asking(**excluded, model=model.name)), excluded


@pytest.mark.parametrize(("path", "kind"), [("/openapi.json", "application/json"), ("/docs", "text/html")])
def test_both_pages_are_served_to_anyone_and_load_nothing(path: str, kind: str) -> None:
    answered = videos_function.app.resolve(event("GET", path, headers={}), CONTEXT)

    assert answered["statusCode"] == 200
    assert answered["headers"]["Content-Type"].startswith(kind)
    assert undocumented("GET", path, answered) == []
    if path == "/docs":
        assert "<script" not in answered["body"]
        assert "http://" not in answered["body"].partition("<h2>Shapes")[0]
    else:
        assert json.loads(answered["body"]) == DOCUMENT

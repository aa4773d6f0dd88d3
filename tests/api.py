"""Requests as clients send them, and what comes of them, for the tests of the public API."""

import json
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.api.json_object import read_object
from reelhook.api.requests import read_video_request
from reelhook.api.resolver import Resolver, resolver
from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.ports.journal import Metric
from reelhook.domain.request import VideoRequest
from reelhook.providers.catalog import catalog

EVENTS = Path(__file__).resolve().parent.parent / "events"
FAST = "apixo/seedance-2-0-fast"
CATALOG = catalog(None, None)
IMAGE = "https://media.example.com/still.png"


def read(body: bytes | dict[str, Any]) -> VideoRequest:
    """What a body asks for."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_video_request(read_object(raw), FAST, CATALOG).request


def problems(body: bytes | dict[str, Any]) -> dict[str | None, str]:
    """Everything wrong with a body, by field; empty if it is fine."""
    try:
        read(body)
    except InvalidRequestError as error:
        return _by_field(error)
    return {}


def _by_field(error: InvalidRequestError) -> dict[str | None, str]:
    found = {problem.param: problem.message for problem in error.problems}
    assert len(found) == len(error.problems), "a field is named twice"
    return found


def asking(**fields: Any) -> dict[str, Any]:
    """A body with a prompt and these fields."""
    return {"prompt": "A lighthouse at dawn", **fields}


def frame(url: str = IMAGE, frame_type: str = "first_frame") -> dict[str, Any]:
    """One entry of `frame_images`."""
    return {"type": "image_url", "image_url": {"url": url}, "frame_type": frame_type}


def reference(kind: str = "image", url: str = IMAGE) -> dict[str, Any]:
    """One entry of `input_references`."""
    return {"type": f"{kind}_url", f"{kind}_url": {"url": url}}


def event(method: str, path: str, **parts: Any) -> dict[str, Any]:
    """An event of the HTTP API; `parts` are its further members."""
    told: dict[str, Any] = json.loads((EVENTS / "videos.json").read_text())
    told["rawPath"] = path
    told["requestContext"]["http"] |= {"method": method, "path": path}
    return {**told, **parts}


def incoming(**parts: Any) -> APIGatewayProxyEventV2:
    """An event as a route sees it."""
    return APIGatewayProxyEventV2(event("POST", "/v1/videos", **parts))


def ask(app: Resolver, told: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    """Status, headers (names in lower case) and body of an answer."""
    answered = app.resolve(told, LambdaContext())
    headers = {name.lower(): value for name, value in answered["headers"].items()}
    return answered["statusCode"], headers, json.loads(answered["body"] or "null")


class Notes:
    """A journal that can be read again."""

    def __init__(self) -> None:
        self.warnings: list[dict[str, object]] = []

    def note(self, message: str, **fields: object) -> None:
        """Not looked at."""

    def warn(self, message: str, **fields: object) -> None:
        """Keeps it."""
        self.warnings.append({"message": message, **fields})

    def count(self, metric: Metric, value: int = 1) -> None:
        """Not looked at."""


def raising(error: Exception, notes: Notes | None = None) -> Resolver:
    """A resolver whose every route fails in one way."""
    app = resolver(notes or Notes())

    @app.get("/v1/videos/<video_id>")
    def get(video_id: str) -> None:
        assert video_id
        raise error

    @app.post("/v1/videos")
    def post() -> None:
        raise error

    return app

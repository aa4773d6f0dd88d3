"""Models by name, and requests to them, for the tests of the catalog."""

from typing import Any

from reelhook.domain.model import Model
from reelhook.domain.model_rules import problems
from reelhook.domain.request import Mode, VideoRequest
from reelhook.providers.catalog import catalog

CATALOG = catalog(None, None)
IMAGE, VIDEO, AUDIO = "https://a.example/i.png", "https://a.example/v.mp4", "https://a.example/a.mp3"


def model(name: str) -> Model:
    """A declared model."""
    found = CATALOG.find(name)
    assert found is not None, name
    return found


def asked(name: str, mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> VideoRequest:
    """A request with a prompt and these fields."""
    return VideoRequest(**{"model": name, "mode": mode, "prompt": "a boat in the rain", **fields})


def refused(name: str, mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> list[str | None]:
    """The fields for which such a request is refused; none if it is taken."""
    return [problem.param for problem in problems(model(name), asked(name, mode, **fields))]

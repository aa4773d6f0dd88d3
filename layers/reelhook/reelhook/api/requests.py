"""From the fields of a request to a `VideoRequest` that its model can make, or to everything wrong with it."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from reelhook.api.asked import asked_for
from reelhook.api.body import VideoBody
from reelhook.api.json_object import capped, shown
from reelhook.api.wording import problems_of
from reelhook.domain import model_rules
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.references import Asked
from reelhook.domain.request import VideoRequest

_MEDIA = frozenset({"input_reference", "frame_images", "input_references"})


_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


def read_video_request(
    given: dict[str, Any], default_model: str, catalog: Catalog, aliases: Mapping[str, str] = _NO_ALIASES
) -> Asked:
    """What was asked for, of the model by its own name, checked against it.

    Raises `InvalidRequestError` with every problem, `NotConfiguredError` for names that cannot stand.
    """
    _check_names(default_model, catalog, aliases)
    parsed, problems, doubtful = _parse(given)
    clashes = tuple(_clashes(parsed))
    named = default_model if parsed.model is None else parsed.model
    asked = asked_for(parsed, aliases.get(named, named), given)
    if not problems and not clashes:
        checked(asked.request, catalog)
        return asked
    doubtful |= {_field(clash) for clash in clashes}
    raise InvalidRequestError(*capped([*problems, *clashes, *_beyond(doubtful, asked.request, catalog)]))


def _check_names(default_model: str, catalog: Catalog, aliases: Mapping[str, str]) -> None:
    if catalog.find(default_model) is None:
        raise NotConfiguredError("DefaultModel", f"names no known model: {default_model}")
    for alias, name in aliases.items():
        if catalog.find(alias) is not None:
            raise NotConfiguredError("ModelAliases", f"gives a model's own name to another one: {alias}")
        if catalog.find(name) is None:
            raise NotConfiguredError("ModelAliases", f"names no known model: {alias}={name}")


def checked(request: VideoRequest, catalog: Catalog) -> VideoRequest:
    """The same request, if its model exists and takes it."""
    problems = _model_problems(request, catalog)
    if problems:
        raise InvalidRequestError(*problems)
    return request


def _model_problems(request: VideoRequest, catalog: Catalog) -> tuple[Problem, ...]:
    model = catalog.find(request.model)
    if model is None:
        known = ", ".join(catalog.names)
        return (Problem("model", f"model: one of {known}, got {shown(request.model)}"),)
    return model_rules.problems(model, request)


def _parse(given: dict[str, Any]) -> tuple[VideoBody, list[Problem], set[str]]:
    """The sound fields of a body, what is wrong with the others, and which these are."""
    try:
        return VideoBody.model_validate(given), [], set()
    except ValidationError as error:
        unsound = {str(fault["loc"][0]) for fault in error.errors(include_url=False)}
        sound = {name: value for name, value in given.items() if name not in unsound}
        return VideoBody.model_validate(sound), list(problems_of(error)), unsound


def _beyond(doubtful: set[str], request: VideoRequest, catalog: Catalog) -> Iterator[Problem]:
    """What the model says of the sound fields of an unsound body, so that one answer tells it all."""
    if "model" in doubtful:
        return
    if doubtful & _MEDIA:  # the mode is inferred from them, and the model judges the mode
        doubtful = doubtful | _MEDIA | ({"model"} if catalog.find(request.model) else set())
    yield from (problem for problem in _model_problems(request, catalog) if _field(problem) not in doubtful)


def _field(problem: Problem) -> str:
    return re.split(r"[.\[]", problem.param or "", maxsplit=1)[0]


def _clashes(body: VideoBody) -> Iterator[Problem]:
    """Fields that are sound alone and not together, whatever the model."""
    if body.size is not None and (body.resolution is not None or body.aspect_ratio is not None):
        yield Problem("size", "size: give either size, or resolution and aspect_ratio")
    frames = body.frame_images or []
    kinds = [frame.frame_type for frame in frames]
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            param = f"frame_images[{index}].frame_type"
            yield Problem(param, f"{param}: there is a {kind} already")
    if body.input_reference is not None and "first_frame" in kinds:
        yield Problem(
            "input_reference", "input_reference: it is the first frame, and frame_images has one too"
        )

"""What a request may ask of a model: only what its declaration excludes is refused."""

from collections.abc import Iterator

from reelhook.domain.errors.requests import Problem
from reelhook.domain.fields import Field
from reelhook.domain.media_rules import media_problems
from reelhook.domain.model import OPEN_FIELDS, Model
from reelhook.domain.request import VideoRequest

_LACKING = {"generate_audio": "has no choice of audio", "seed": "takes no seed"}


def problems(model: Model, request: VideoRequest) -> tuple[Problem, ...]:
    """Everything the model's declaration excludes, and nothing else, in the client's words."""
    return tuple(_problems(model, request))


def _problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    for name in (*OPEN_FIELDS, "prompt"):
        yield from _field_problems(model, name, model.fields.get(name), getattr(request, name))
    if request.size is not None and request.size not in model.sizes:
        words = f"{', '.join(model.sizes)} for {model.name}, got {request.size:.60}"
        yield Problem("size", f"size: {words}")
    for name, value in request.provider_options.items():
        param = f"provider_options.{name}"
        if name in model.options:
            yield from _field_problems(model, param, model.options[name], value)
        else:
            known = ", ".join(model.options) or "none"
            yield Problem(param, f"{param}: not a field of {model.name} (it has: {known})")
    yield from media_problems(model, request)


def _field_problems(model: Model, param: str, declared: Field | None, value: object) -> Iterator[Problem]:
    if value is None:
        if declared is not None and declared.required:
            yield Problem(param, f"{param}: required by {model.name}")
    elif declared is None:
        yield Problem(param, f"{param}: {model.name} {_LACKING.get(param, f'takes no {param}')}")
    elif (fault := declared.values.fault(value)) is not None:
        expected, got = fault
        yield Problem(param, f"{param}: {expected} for {model.name}, got {got}")

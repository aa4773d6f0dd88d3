"""The catalog against the simulated providers' own reading of the pages: neither may be looser, nor stricter."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from reelhook.domain.fields import Choice, Field, Switch, Text, Whole
from reelhook.domain.model import MediaLimits, Model
from reelhook.domain.model_rules import problems
from reelhook.domain.request import Mode, VideoRequest
from reelhook.providers import apixo_request, modellix_request
from reelhook.providers.catalog import MODELS
from sandbox.provider.judging import complaints
from tests.unit.catalog.grid import grid
from tests.unit.catalog.pages import on_the_wire

# Where we refuse what the pages do not forbid, and why.
STRICTER: dict[str, Callable[[VideoRequest], bool]] = {
    "no page of APIXO's names a longest prompt; ours is 10,000 characters": lambda asked: (
        asked.model.startswith("apixo/") and len(asked.prompt or "") > 10_000
    ),
    "APIXO takes frames as a list whose first is the first frame: a last one alone cannot be told": lambda asked: (
        asked.model.startswith("apixo/") and asked.first_frame is None and asked.last_frame is not None
    ),
    "APIXO's references beside frames: the mode has one list of images, which could not tell them apart": lambda asked: (
        asked.model.startswith("apixo/")
        and asked.mode is Mode.REFERENCE
        and bool(asked.first_frame or asked.last_frame)
    ),
    "the part of the page of mini that we have names neither sound nor web search": lambda asked: (
        asked.model == "apixo/seedance-2-0-mini"
        and (asked.generate_audio is not None or "web_search" in asked.provider_options)
    ),
    "no backend of APIXO's is known to take sound alone": lambda asked: (
        asked.model.startswith("apixo/")
        and bool(asked.reference_audios)
        and not asked.reference_images + asked.reference_videos
    ),
}


def judged(model: Model) -> Iterator[tuple[str | None, set[str]]]:
    """Of each request: what one takes and the other does not, and which reasons to be stricter it needed."""
    for request in grid(model.name):
        refused, disagreement, reasons = problems(model, request), None, set[str]()
        if not refused:
            told = complaints(model.provider, model.slug, sent(model, request))
            disagreement = f"accepted, and forbidden: {told} {shown(request)}" if told else None
        elif not complaints(model.provider, model.slug, on_the_wire(request)):
            reasons = {reason for reason, applies in STRICTER.items() if applies(request)}
            disagreement = None if reasons else f"refused, and allowed: {refused[0].message} {shown(request)}"
        yield disagreement, reasons


def sent(model: Model, request: VideoRequest) -> object:
    """What the provider gets."""
    if model.provider == "apixo":
        return json.loads(apixo_request.body(model, request, "https://callbacks.example.com/1"))
    return json.loads(modellix_request.body(model, request))


def shown(request: VideoRequest) -> str:
    """What it asks for, shortly."""
    fields = {name: getattr(request, name) for name in VideoRequest.__dataclass_fields__}
    return " ".join(f"{name}={value!r:.40}" for name, value in fields.items() if value not in (None, (), {}))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_what_the_page_forbids_is_refused_and_what_it_allows_is_not(model: Model) -> None:
    verdicts = [disagreement for disagreement, _ in judged(model)]

    assert len(verdicts) >= 40
    found = [disagreement for disagreement in verdicts if disagreement]
    assert not found, "\n".join(found[:10])


def test_every_reason_to_be_stricter_is_needed() -> None:
    assert set().union(*(reasons for model in MODELS for _, reasons in judged(model))) == set(STRICTER)


def planted_errors(model: Model) -> dict[str, Model]:
    """Mistakes somebody could make in the model's declaration."""
    errors = {
        f"{name} {words}": replace(model, fields={**model.fields, name: replace(held, values=values)})
        for name, held in model.fields.items()
        for words, values in _spoiled(held.values)
    }
    errors |= {
        f"{name} under another name": replace(
            model, fields={**model.fields, name: replace(held, sent_as=f"{held.sent_as}_")}
        )
        for name, held in model.fields.items()
        if name != "prompt"  # which every provider calls so
    }
    errors |= {
        f"without {option}": replace(
            model, options={other: held for other, held in model.options.items() if other != option}
        )
        for option in model.options
    }
    errors |= {
        f"without {mode}": replace(
            model, modes={other: held for other, held in model.modes.items() if other is not mode}
        )
        for mode in model.modes
    }
    if Mode.REFERENCE in model.modes:
        loose = MediaLimits(frames=(0, 2), images=(0, 10), videos=(0, 4), audios=(0, 4))
        errors["any media"] = replace(model, modes=dict.fromkeys(model.modes, loose))
    errors["an option of its own"] = replace(
        model, options={**model.options, "frames": Field(Whole(0, 999), "frames_")}
    )
    return errors


def _spoiled(values: object) -> list[tuple[str, Text | Whole | Choice | Switch]]:
    match values:
        case Whole(least, most):
            return [("wider", Whole(least, most + 1)), ("narrower", Whole(least + 1, most))]
        case Text(least, most):
            return [("longer", Text(least, most + 1))] if most < 10_000 else []
        case Choice(words):
            return [("one less", Choice(words[1:])), ("one more", Choice((*words, "9:21", "2160p")))]
        case _:
            return []


@pytest.mark.parametrize(
    ("error", "model"),
    [(error, model) for right in MODELS for error, model in planted_errors(right).items()],
    ids=lambda given: given if isinstance(given, str) else given.name,
)
def test_an_error_in_a_declaration_is_noticed(error: str, model: Model) -> None:
    try:
        found = any(disagreement for disagreement, _ in judged(model))
    except KeyError:  # a medium without a name on the wire
        return
    assert found, f"nobody notices {error}"

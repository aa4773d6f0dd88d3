"""`make models`: docs/models.md, written from the catalog. A test compares the two."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from reelhook.domain.fields import Choice, Field, Text, Whole
from reelhook.domain.model import OPEN_FIELDS, MediaLimits, Model
from reelhook.domain.request import Mode
from reelhook.providers.catalog import catalog

PAGE = Path(__file__).resolve().parent.parent / "docs" / "models.md"
_INTRODUCTION = """# The models

Written by `make models` from the catalog; `GET /v1/videos/models` tells the same as JSON schema. What is not set is not
sent to Modellix; APIXO is told every value, the default where you set none. `size` stands in place of `resolution` and
`aspect_ratio` together; `auto` and `adaptive` are one word here. Only what a table excludes is refused. An empty default
means that the provider chooses and its page does not say what.
"""
_MEDIA = {"frames": "frames", "images": "images", "videos": "videos", "audios": "audio files"}


def page() -> str:
    """The whole document."""
    models = catalog(None, None).models
    return "\n".join(
        [_INTRODUCTION, *_overview(models), *(line for model in models for line in _chapter(model))]
    )


def _overview(models: tuple[Model, ...]) -> Iterator[str]:
    yield "| model | modes | seconds | resolutions | USD per second | usually ready within |"
    yield "|---|---|---|---|---|---|"
    for model in models:
        modes = ", ".join(model.modes)
        values = [_values(model.fields[name]) for name in ("seconds", "resolution")]
        ready = f"{model.expected_seconds} s" if model.expected_seconds else "not said"
        rates = "not said" if model.price is None else _rates(model.price.rates)
        yield f"| `{model.name}` | {modes} | {values[0]} | {values[1]} | {rates} | {ready} |"
    yield ""


def _chapter(model: Model) -> Iterator[str]:
    yield f"## {model.name}\n"
    yield f"From [the provider's page]({model.page}); submitted to `{model.path}`.\n"
    yield "| field | sent as | takes | default |"
    yield "|---|---|---|---|"
    yield _row("prompt", model.fields["prompt"])
    for name in OPEN_FIELDS:
        if name in model.fields:
            yield _row(name, model.fields[name])
    for name, held in model.options.items():
        yield _row(f"provider_options.{name}", held)
    yield ""
    for mode, limits in model.modes.items():
        yield f"- **{mode}**{_own_word(model, mode)}: {_limits(limits)}"
    for kind, files in model.files.items():
        least, most = files.seconds
        most_together = f"all of them together {files.together} at most"
        yield f"- {kind.capitalize()} references last {least} to {most} seconds each, {most_together}: looked at in uploads and bytes."
    if model.media_aspect_ratio:
        yield f"- With media the default of `aspect_ratio` is `{model.media_aspect_ratio}`."
    yield f"- Sizes: {', '.join(f'`{size}`' for size in model.sizes)}."
    yield from (f"- {note}" for note in (_price(model), *model.notes, _life(model)))
    yield ""


def _row(name: str, held: Field) -> str:
    usual = held.schema.get("default", "")
    told = {True: "`true`", False: "`false`", "": "required" if held.required else ""}
    default = told.get(usual, f"`{usual}`") if isinstance(usual, bool | str) else f"`{usual}`"
    return f"| `{name}` | `{held.sent_as}` | {_values(held)} | {default} |"


def _values(held: Field) -> str:
    match held.values:
        case Text(least, most):
            return f"{least} to {most} characters"
        case Whole(least, most):
            return f"{least} to {most}"
        case Choice(words):
            return ", ".join(f"`{word}`" for word in words)
        case _:
            return "`true`, `false`"


def _own_word(model: Model, mode: Mode) -> str:
    return f" (`{model.mode_names[mode]}`)" if mode in model.mode_names else ""


def _limits(limits: MediaLimits) -> str:
    ranges: dict[str, Any] = {kind: getattr(limits, kind) for kind in _MEDIA}
    told = [
        f"{least} to {most} {_MEDIA[kind]}" if least != most else f"{most} {_MEDIA[kind]}"
        for kind, (least, most) in ranges.items()
        if most
    ]
    rules = [f"{_MEDIA[one]} not together with {_MEDIA[other]}" for one, other in limits.exclusive]
    if ranges["frames"][1] and not limits.last_frame_alone:
        rules.append("a last frame only with a first one")
    if not limits.audio_alone:
        rules.append("audio only with an image or a video")
    return "; ".join([", ".join(told) or "no media", *rules]) + "."


def _rates(rates: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{rate} ({resolution})" for resolution, rate in rates.items())


def _price(model: Model) -> str:
    price = model.price
    if price is None:
        return "Price: no page that we have says."
    told = f"Price in USD: seconds x {_rates(price.rates)}."
    if price.with_video:
        told += f" With reference videos: (seconds + their seconds, {price.reference_seconds} at most) x "
        told += f"{_rates(price.with_video)}."
    if price.frame_rate:
        told += f" With `frames`: {price.frame_rate} frames are a second, and a started one counts."
    return told


def _life(model: Model) -> str:
    hours = model.life.seconds // 3600
    if model.life.option is None:
        return f"A task is given up {hours} h after it was sent."
    margin = model.life.margin // 3600
    return f"A task is given up {margin} h after its `{model.life.option}` ({hours} h if not set) has passed."


def main() -> None:
    """Write the page."""
    PAGE.write_text(page())
    print(f"{PAGE.relative_to(PAGE.parent.parent)} is written.")


if __name__ == "__main__":
    main()

"""What a provider's model declares, and what a request may ask of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reelhook.domain.errors import Problem
from reelhook.domain.schedule import Timing
from reelhook.domain.video import Mode, VideoRequest


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """How many media of each kind a mode takes, as (least, most)."""

    frames: tuple[int, int] = (0, 0)
    images: tuple[int, int] = (0, 0)
    videos: tuple[int, int] = (0, 0)
    audios: tuple[int, int] = (0, 0)
    audio_alone: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One of the model's own fields, set through `provider_options`; without a default it is sent only if set."""

    kind: type
    words: str
    default: object = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the provider is told besides prompt and media; `None` is not sent."""

    seconds: int | None = None
    resolution: str | None = None
    aspect_ratio: str | None = None
    audio: bool | None = None
    seed: int | None = None
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """One model of one provider; `name` is `provider/slug`. Every figure's source stands in the catalog.

    `defaults` is sent for what the client left open, `media_aspect_ratio` instead of its own where there are media.
    """

    name: str
    provider: str
    slug: str
    modes: Mapping[Mode, MediaLimits]
    seconds: tuple[int, int]
    resolutions: tuple[str, ...]
    aspect_ratios: tuple[str, ...]
    sizes: Mapping[str, tuple[str, str]]
    prompt_characters: int
    audio: bool
    seed: bool
    timing: Timing
    options: Mapping[str, Option] = field(default_factory=dict)
    mode_names: Mapping[Mode, str] = field(default_factory=dict)
    defaults: Settings = field(default_factory=Settings)
    media_aspect_ratio: str | None = None


class Catalog:
    """Every model this stack speaks to."""

    def __init__(self, models: tuple[Model, ...], fallback: Timing) -> None:
        self._models = {model.name: model for model in models}
        self._fallback = fallback

    @property
    def names(self) -> tuple[str, ...]:
        """The models' names, in their declared order."""
        return tuple(self._models)

    def find(self, name: str) -> Model | None:
        """The model of this name, if there is one."""
        return self._models.get(name)

    def timing(self, name: str) -> Timing:
        """A model's schedule; videos of a model that is no longer declared keep the longest one."""
        model = self._models.get(name)
        return self._fallback if model is None else model.timing


def resolved(model: Model, request: VideoRequest) -> Settings:
    """What the provider is told: what the client set (a size by the model's table), else the model's default."""
    asked = (request.resolution, request.aspect_ratio)
    resolution, aspect_ratio = asked if request.size is None else model.sizes[request.size]
    usual = model.defaults
    with_media = request.mode is not Mode.TEXT_TO_VIDEO
    usual_ratio = (model.media_aspect_ratio if with_media else None) or usual.aspect_ratio
    options = {name: option.default for name, option in model.options.items() if option.default is not None}
    return Settings(
        seconds=usual.seconds if request.seconds is None else request.seconds,
        resolution=usual.resolution if resolution is None else resolution,
        aspect_ratio=usual_ratio if aspect_ratio is None else aspect_ratio,
        audio=usual.audio if request.generate_audio is None else request.generate_audio,
        seed=usual.seed if request.seed is None else request.seed,
        options={**options, **request.provider_options},
    )


def problems(model: Model, request: VideoRequest) -> tuple[Problem, ...]:
    """Everything the model's declaration excludes, and nothing else, in the client's words."""
    return tuple(_problems(model, request))


def _problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    least, most = model.seconds
    if request.seconds is not None and not least <= request.seconds <= most:
        yield _limit("seconds", f"{least} to {most}", model, request.seconds)
    if request.resolution is not None and request.resolution not in model.resolutions:
        yield _limit("resolution", ", ".join(model.resolutions), model, request.resolution)
    if request.aspect_ratio is not None and request.aspect_ratio not in model.aspect_ratios:
        yield _limit("aspect_ratio", ", ".join(model.aspect_ratios), model, request.aspect_ratio)
    if request.size is not None and request.size not in model.sizes:
        yield _limit("size", ", ".join(model.sizes), model, request.size)
    if not request.prompt.strip():
        yield Problem("prompt", f"prompt: {model.name} needs one that is not empty")
    if len(request.prompt) > model.prompt_characters:
        yield _limit("prompt", f"at most {model.prompt_characters} characters", model, len(request.prompt))
    if request.generate_audio is not None and not model.audio:
        yield Problem("generate_audio", f"generate_audio: {model.name} has no audio")
    if request.seed is not None and not model.seed:
        yield Problem("seed", f"seed: {model.name} takes no seed")
    yield from _option_problems(model, request.provider_options)
    yield from _media_problems(model, request)


def _option_problems(model: Model, options: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in options.items():
        param = f"provider_options.{name}"
        if name not in model.options:
            known = ", ".join(model.options) or "none"
            yield Problem(param, f"{param}: not a field of {model.name} (it has: {known})")
        elif type(value) is not model.options[name].kind:
            yield Problem(param, f"{param}: {model.options[name].words}, got {value!r:.60}")


def _media_problems(model: Model, request: VideoRequest) -> Iterator[Problem]:
    if request.mode not in model.modes:
        yield Problem("model", f"model: {model.name} does not offer {request.mode}")
        return
    limits = model.modes[request.mode]
    frames = sum(frame is not None for frame in (request.first_frame, request.last_frame))
    images, videos = len(request.reference_images), len(request.reference_videos)
    audios = len(request.reference_audios)
    for param, what, count, (least, most) in (
        ("frame_images", "frames", frames, limits.frames),
        ("input_references", "images", images, limits.images),
        ("input_references", "videos", videos, limits.videos),
        ("input_references", "audio files", audios, limits.audios),
    ):
        if count and not most:
            yield Problem(param, f"{param}: {model.name} takes no {what} in the mode {request.mode}")
        elif not least <= count <= most:
            yield _limit(param, f"{least} to {most} {what}", model, count)
    if request.mode is Mode.FRAMES and frames and request.first_frame is None:
        yield Problem(
            "frame_images", f"frame_images: {model.name} takes a last_frame only with a first_frame"
        )
    if audios and not (images or videos) and not limits.audio_alone:
        yield Problem(
            "input_references", f"input_references: {model.name} takes audio only with an image or a video"
        )
    if request.mode is Mode.REFERENCE and not (images or videos or audios):
        yield Problem("input_references", f"input_references: {model.name} needs at least one reference")


def _limit(param: str, expected: str, model: Model, got: object) -> Problem:
    return Problem(param, f"{param}: {expected} for {model.name}, got {got!s:.60}")

"""What a provider's model declares, and what a request may ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.schedule import Timing


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
class ScalarFields:
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
    defaults: ScalarFields = field(default_factory=ScalarFields)
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


def resolved(model: Model, request: VideoRequest) -> ScalarFields:
    """What the provider is told: what the client set (a size by the model's table), else the model's default."""
    asked = (request.resolution, request.aspect_ratio)
    resolution, aspect_ratio = asked if request.size is None else model.sizes[request.size]
    usual = model.defaults
    with_media = request.mode is not Mode.TEXT_TO_VIDEO
    usual_ratio = (model.media_aspect_ratio if with_media else None) or usual.aspect_ratio
    options = {name: option.default for name, option in model.options.items() if option.default is not None}
    return ScalarFields(
        seconds=usual.seconds if request.seconds is None else request.seconds,
        resolution=usual.resolution if resolution is None else resolution,
        aspect_ratio=usual_ratio if aspect_ratio is None else aspect_ratio,
        audio=usual.audio if request.generate_audio is None else request.generate_audio,
        seed=usual.seed if request.seed is None else request.seed,
        options={**options, **request.provider_options},
    )

"""What a provider's model declares. Every figure's source stands in the catalog, beside the figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from reelhook.domain.fields import Field
from reelhook.domain.price import Price
from reelhook.domain.request import Mode, VideoRequest

OPEN_FIELDS = ("seconds", "resolution", "aspect_ratio", "generate_audio", "seed")  # besides prompt and media


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """How many media of each kind a mode takes, as (least, most), and which of them not together."""

    frames: tuple[int, int] = (0, 0)
    images: tuple[int, int] = (0, 0)
    videos: tuple[int, int] = (0, 0)
    audios: tuple[int, int] = (0, 0)
    exclusive: tuple[tuple[str, str], ...] = ()
    audio_alone: bool = True
    last_frame_alone: bool = True


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How long a file of one kind may be, as (least, most) seconds, and all of that kind together."""

    seconds: tuple[int, int]
    together: int


@dataclass(frozen=True, slots=True)
class TaskLife:
    """After how many seconds the provider gives a task up; `option` names the field that may ask for another life."""

    seconds: int
    option: str | None = None
    margin: int = 0  # on top of either: its clock is not ours


@dataclass(frozen=True, slots=True)
class Model:
    """One model of one provider; `name` is `provider/slug`.

    `path` is where it is submitted, below the provider's base address. `fields` are the unified ones, `options` those
    of `provider_options`. `files` are the limits of files by their kind (image, video, audio). `media_names` are the provider's for first_frame, last_frame, reference_images, ..._videos
    and ..._audios, `mode_names` its words for our modes, if it has any. `media_aspect_ratio` stands in place of the
    default where there are media. `expected_seconds` and `price` are `None` where no page says.
    """

    name: str
    path: str
    page: str
    modes: Mapping[Mode, MediaLimits]
    fields: Mapping[str, Field]
    sizes: Mapping[str, tuple[str, str]]
    media_names: Mapping[str, str]
    life: TaskLife
    result_origins: tuple[str, ...]
    options: Mapping[str, Field] = field(default_factory=dict)
    mode_names: Mapping[Mode, str] = field(default_factory=dict)
    files: Mapping[str, FileLimits] = field(default_factory=dict)
    media_aspect_ratio: str | None = None
    expected_seconds: int | None = None
    price: Price | None = None
    notes: tuple[str, ...] = ()  # what a reader of the documents should know besides

    @property
    def provider(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]

    @property
    def slug(self) -> str:
        """The part of the name after the slash: the provider's own name for the model."""
        return self.name.partition("/")[2]


def declared_field(model: Model, name: str) -> Field:
    """A unified field or an option, by the name it has in `resolved`."""
    return model.fields[name] if name in model.fields else model.options[name]


def resolved(model: Model, request: VideoRequest) -> dict[str, object]:
    """What the provider is told besides prompt and media, under the unified names and in the provider's spelling.

    That is what the client set (a size by the model's table), else the model's default, else nothing.
    """
    told: dict[str, object] = {}
    for name, declared, value in chain(_open_fields(model, request), _options(model, request)):
        chosen = _default(model, request, name, declared) if value is None else value
        if chosen is not None:
            told[name] = declared.values.spelt(chosen)
    return told


def _open_fields(model: Model, request: VideoRequest) -> list[tuple[str, Field, object]]:
    pair = model.sizes.get(request.size or "")
    sized = dict(zip(("resolution", "aspect_ratio"), pair, strict=True)) if pair else {}
    return [
        (name, model.fields[name], sized.get(name, getattr(request, name)))
        for name in OPEN_FIELDS
        if name in model.fields
    ]


def _options(model: Model, request: VideoRequest) -> list[tuple[str, Field, object]]:
    given = request.provider_options
    return [(name, declared, given.get(name)) for name, declared in model.options.items()]


def _default(model: Model, request: VideoRequest, name: str, declared: Field) -> object:
    if name == "aspect_ratio" and model.media_aspect_ratio and request.mode is not Mode.TEXT_TO_VIDEO:
        return model.media_aspect_ratio
    return declared.default

"""`VideoRequest`, what the client asked for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from json import dumps


class Mode(StrEnum):
    """What a request asks for; inferred from its media: references, else frames, else the prompt alone."""

    TEXT_TO_VIDEO = "text_to_video"
    FRAMES = "frames"
    REFERENCE = "reference"


FRAMES = ("first_frame", "last_frame")
REFERENCES = ("reference_images", "reference_videos", "reference_audios")
KIND_OF = dict.fromkeys((*FRAMES, REFERENCES[0]), "image") | {
    "reference_videos": "video",
    "reference_audios": "audio",
}


@dataclass(frozen=True, slots=True)
class VideoRequest:
    """What the client set, and nothing else: `None` and empty mean "not set"."""

    model: str
    mode: Mode
    prompt: str | None = None
    seconds: int | None = None
    size: str | None = None
    resolution: str | None = None
    aspect_ratio: str | None = None
    first_frame: str | None = None
    last_frame: str | None = None
    reference_images: tuple[str, ...] = ()
    reference_videos: tuple[str, ...] = ()
    reference_audios: tuple[str, ...] = ()
    generate_audio: bool | None = None
    seed: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    provider_options: Mapping[str, object] = field(default_factory=dict)

    @property
    def wants_last_frame(self) -> bool:
        """Whether the video's last image is to be kept beside it."""
        return self.provider_options.get("return_last_frame") is True

    def media(self) -> dict[str, tuple[str, ...]]:
        """The links by field, first frame first; fields without any are left out."""
        frames = {name: (link,) for name in FRAMES if (link := getattr(self, name)) is not None}
        return frames | {name: links for name in REFERENCES if (links := getattr(self, name))}


def request_hash(request: VideoRequest) -> str:
    """Covers the fields the client set, and carries a version, so that a later default changes no old hash."""
    fields = {name: getattr(request, name) for name in VideoRequest.__dataclass_fields__}
    told = {name: value for name, value in fields.items() if value not in (None, (), {})}
    canonical = dumps(
        told,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda mapping: dict(mapping),
    )
    return "v1:" + hashlib.sha256(canonical.encode()).hexdigest()

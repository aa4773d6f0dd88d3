"""The formats that are stored, told apart by their first bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reelhook.domain.images import ImageEnd, looks_like_jpeg, looks_like_png, looks_like_webp
from reelhook.domain.mp4 import SNIFFED, BoxWalk, looks_like_mp4
from reelhook.domain.video import ArtifactType

__all__ = ["FORMATS", "MP4", "SNIFFED", "Format", "Walk", "sniffed"]


class Walk(Protocol):
    """Follows a file of unknown length, to see whether its end is one."""

    def feed(self, data: bytes) -> None:
        """The next bytes, in portions of any size."""

    @property
    def whole(self) -> bool:
        """Whether the file, if it ends here, is complete."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its files are named, how they are told, how their end is recognised."""

    extension: str
    content_type: str
    begins: Callable[[bytes], bool]
    walk: Callable[[], Walk]


MP4 = Format("mp4", "video/mp4", looks_like_mp4, BoxWalk)
PNG = Format("png", "image/png", looks_like_png, ImageEnd)
JPEG = Format("jpg", "image/jpeg", looks_like_jpeg, ImageEnd)
WEBP = Format("webp", "image/webp", looks_like_webp, ImageEnd)
FORMATS = {ArtifactType.VIDEO: (MP4,), ArtifactType.LAST_FRAME: (PNG, JPEG, WEBP)}


def sniffed(kind: ArtifactType, start: bytes) -> Format | None:
    """The format of a file that begins so, if it is one that this kind of artifact may have."""
    return next((one for one in FORMATS[kind] if one.begins(start)), None)

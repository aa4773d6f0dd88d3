"""The files of a finished task, in every shape that Modellix's clients read: which are the videos, which the last frame."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reelhook.providers.envelope import text
from reelhook.providers.links import MOST, is_link

_VIDEO_FORMATS = frozenset({"mp4", "mov", "webm"})
_IMAGE_FORMATS = frozenset({"png", "jpg", "jpeg", "webp", "bmp", "gif"})
_PREVIEWS = frozenset({"cover", "thumbnail"})


@dataclass(frozen=True, slots=True)
class Resource:
    """One file: its link, and what the answer calls it; a plain link says nothing but its own ending."""

    url: str
    type: str = ""
    role: str = ""
    format: str = ""

    @property
    def suffix(self) -> str:
        """What its path ends in."""
        name = re.split("[?#]", self.url, maxsplit=1)[0].rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""

    @property
    def is_image(self) -> bool:
        """Called an image, or, if it has no type, of an image's format or ending."""
        return self.type == "image" or (not self.type and bool({self.format, self.suffix} & _IMAGE_FORMATS))

    @property
    def may_be_video(self) -> bool:
        """Nothing says that it is something else."""
        return self.type in ("", "video") and not self.is_image


# The first rule that finds any counts: by type, else by role, by format, by ending; else whatever may be one.
_VIDEO_RULES: tuple[Callable[[Resource], bool], ...] = (
    lambda resource: resource.type == "video",
    lambda resource: resource.may_be_video and resource.role == "primary",
    lambda resource: resource.may_be_video and resource.format in _VIDEO_FORMATS,
    lambda resource: resource.may_be_video and resource.suffix in _VIDEO_FORMATS,
    lambda resource: resource.may_be_video,
)
_FRAME_RULES: tuple[Callable[[Resource], bool], ...] = (
    lambda resource: resource.is_image and resource.role in ("last_frame", "last-frame"),
    lambda resource: resource.is_image and resource.role not in _PREVIEWS,
    lambda resource: resource.is_image,
)


def videos(task: dict[str, Any]) -> tuple[str, ...]:
    """The videos' links in order, none twice, eight at most."""
    return tuple(dict.fromkeys(_chosen(task, _VIDEO_RULES)))[:MOST]


def last_frame(task: dict[str, Any]) -> str | None:
    """The link of the image that came with the video, the likeliest one for its last frame."""
    return next(_chosen(task, _FRAME_RULES), None)


def _chosen(task: dict[str, Any], rules: tuple[Callable[[Resource], bool], ...]) -> Iterator[str]:
    found = resources(task)
    for rule in rules:
        chosen = [resource.url for resource in found if rule(resource)]
        if chosen:
            return iter(chosen)
    return iter(())


def resources(task: dict[str, Any]) -> list[Resource]:
    """At `result.resources`, or directly at `resources`, as objects or as links; what has no link is passed over."""
    result = task.get("result")
    for place in (result if isinstance(result, dict) else {}, task):
        listed = place.get("resources")
        found = [_resource(item) for item in listed] if isinstance(listed, list) else []
        if sound := [resource for resource in found if resource is not None]:
            return sound
    return []


def _resource(item: object) -> Resource | None:
    told = item if isinstance(item, dict) else {"url": item}
    url = text(told.get("url"))
    if not is_link(url):
        return None
    kind, role, extension = (text(told.get(name)).lower() for name in ("type", "role", "format"))
    return Resource(url, kind, role, extension)

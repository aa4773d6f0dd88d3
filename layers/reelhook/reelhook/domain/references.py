"""References: media that a client gave as bytes. They lie in the bucket for as long as their video needs them."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from reelhook.domain.request import FRAMES, REFERENCES, VideoRequest

# How long the provider may fetch one; asked for, that is: a link dies with the credentials that signed it, and those of
# a function's role live some hours.
LINK_SECONDS = 12 * 60 * 60
_IN_A_REQUEST = re.compile(r"reference:([0-9]{1,2}):[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HeldMedia:
    """Bytes and what they are (`None`: nothing that a model takes); `sha256` in lower-case hex."""

    data: bytes = field(repr=False)
    content_type: str | None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the media it holds as bytes: the first is its reference 0."""

    request: VideoRequest
    held: tuple[HeldMedia, ...] = ()


def reference(number: int, media: HeldMedia) -> str:
    """What stands in a request in a link's place. It tells the content, so a request's hash covers it."""
    return f"reference:{number}:{media.sha256}"


def reference_key(owner: str, video_id: str, number: int) -> str:
    """Where a reference lies. An owner is safe as it is; nothing else could leave its own folder either."""
    folder = quote(owner, safe="")
    if not folder.strip("."):
        raise ValueError("this owner cannot be part of a key")
    return f"references/{folder}/{video_id}/{number}"


def with_links(request: VideoRequest, link_to: Callable[[int], str]) -> VideoRequest:
    """The request as a provider may have it: each reference, by its number, is a link."""

    def linked(media: str) -> str:
        found = _IN_A_REQUEST.fullmatch(media)
        return media if found is None else link_to(int(found[1]))

    given = request.media()
    frames = {name: linked(given[name][0]) for name in FRAMES if name in given}
    references = {name: tuple(map(linked, given[name])) for name in REFERENCES if name in given}
    changes: dict[str, object] = {**frames, **references}
    return replace(request, **changes)  # type: ignore[arg-type]

"""References: media that a client gave as bytes. They lie in the bucket for as long as their video needs them."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from reelhook.domain.request import FRAMES, REFERENCES, VideoRequest
from reelhook.domain.uploads import NamedUpload, upload_number

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
    """A request, the media it holds as bytes (the first is its reference 0), and the uploads it names, likewise.

    `params` are what the client calls them, by what stands for them in the request.
    """

    request: VideoRequest
    held: tuple[HeldMedia, ...] = ()
    uploads: tuple[NamedUpload, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


def reference(number: int, media: HeldMedia) -> str:
    """What stands in a request in a link's place. It tells the content, so a request's hash covers it."""
    return f"reference:{number}:{media.sha256}"


def reference_key(owner: str, video_id: str, number: int) -> str:
    """Where a reference lies. An owner is safe as it is; nothing else could leave its own folder either."""
    folder = quote(owner, safe="")
    if not folder.strip("."):
        raise ValueError("this owner cannot be part of a key")
    return f"references/{folder}/{video_id}/{number}"


def with_links(
    request: VideoRequest, reference_link: Callable[[int], str], upload_link: Callable[[int], str]
) -> VideoRequest:
    """The request as a provider may have it: each reference and each upload, by its number, is a link."""

    def linked(media: str) -> str:
        if (number := reference_number(media)) is not None:
            return reference_link(number)
        number = upload_number(media)
        return media if number is None else upload_link(number)

    return with_media(request, linked)


def with_media(request: VideoRequest, changed: Callable[[str], str]) -> VideoRequest:
    """The request with each of its media changed."""
    given = request.media()
    frames = {name: changed(given[name][0]) for name in FRAMES if name in given}
    references = {name: tuple(map(changed, given[name])) for name in REFERENCES if name in given}
    changes: dict[str, object] = {**frames, **references}
    return replace(request, **changes)  # type: ignore[arg-type]


def reference_number(media: str) -> int | None:
    """Which of the video's references this stands for; none if it is something else."""
    found = _IN_A_REQUEST.fullmatch(media)
    return None if found is None else int(found[1])

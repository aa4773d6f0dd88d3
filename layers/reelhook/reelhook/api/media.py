"""The media a request may name, as parts: links, which are never fetched here, or bytes, which are judged by themselves."""

import re
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WrapValidator
from pydantic_core import PydanticCustomError, PydanticKnownError

from reelhook.api.media_bytes import checked, decoded
from reelhook.domain.references import HeldMedia

MAX_URL = 2_048
MIB = 1024 * 1024
MAX_BYTES = {
    "image": 30 * MIB,
    "video": 50 * MIB,
    "audio": 15 * MIB,
}  # ModelArk's pages; the gateway allows less
_DATA_HEAD = re.compile(r"data:[!-~]*;base64", re.IGNORECASE)
_PRINTABLE = re.compile(r"[!-~]+")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# The last label begins with a letter, so no spelling of an address passes (127.1, 0x7f000001, 2130706433, [::1]).
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.?")


class Strict(BaseModel):
    """Takes exactly what is declared: no other fields, no coercion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def check_link(url: str) -> str:
    """A link that a provider may fetch: https to a public host name, without credentials."""
    fault = _link_fault(url)
    if fault is not None:
        raise PydanticCustomError("link", "{fault}", {"fault": fault})
    return url


def _link_fault(url: str) -> str | None:
    if len(url) > MAX_URL:
        return f"must have at most {MAX_URL} characters, got {len(url)}"
    if not _PRINTABLE.fullmatch(url) or "\\" in url:
        return "must have no spaces, backslashes, control or non-ASCII characters (percent-encode them)"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "must be a valid https URL"
    if parts.scheme != "https":
        return "must be an https URL"
    if "@" in parts.netloc:
        return "must have no user name or password"
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > 253 or port == 0:
        return "must name a public host, no IP address or localhost"
    if host.rstrip(".").endswith(".localhost"):
        return "must name a public host, no IP address or localhost"
    return None


def read_source(kind: str, value: Any) -> str | HeldMedia:
    """A link, or the bytes of a data URL or a file, which must be of this kind: image, video or audio."""
    match value:
        case HeldMedia():
            return checked(kind, value)
        case str() if value[:5].lower() == "data:":
            return checked(kind, decoded(value))
        case str():
            return check_link(value)
    raise PydanticKnownError("string_type")


type ImageSource = Annotated[
    str | HeldMedia, PlainValidator(partial(read_source, "image"), json_schema_input_type=str)
]
type VideoSource = Annotated[
    str | HeldMedia, PlainValidator(partial(read_source, "video"), json_schema_input_type=str)
]
type AudioSource = Annotated[
    str | HeldMedia, PlainValidator(partial(read_source, "audio"), json_schema_input_type=str)
]


class ImagePart(Strict):
    """`{"url": "https://..."}`, or a data URL."""

    url: ImageSource


class VideoPart(Strict):
    """The same of a video."""

    url: VideoSource


class AudioPart(Strict):
    """The same of a sound."""

    url: AudioSource


def _image(source: Any) -> ImagePart:
    return ImagePart.model_construct(url=read_source("image", source))


def _link_or_part(value: Any, read: Any) -> Any:
    return _image(value) if isinstance(value, str) else read(value)


class InputReference(Strict):
    """The first frame: `{"image_url": "https://..."}` or `{"image_url": {"url": "https://..."}}`."""

    image_url: Annotated[ImagePart, WrapValidator(_link_or_part, json_schema_input_type=ImagePart | str)]


def file_or_part(value: Any, read: Any) -> Any:
    """A file stands for the whole `InputReference`."""
    return (
        InputReference.model_construct(image_url=_image(value))
        if isinstance(value, HeldMedia)
        else read(value)
    )


class FrameImage(Strict):
    """An image that the video begins or ends with."""

    type: Literal["image_url"]
    image_url: ImagePart
    frame_type: Literal["first_frame", "last_frame"]


class ImageReference(Strict):
    """An image to follow."""

    type: Literal["image_url"]
    image_url: ImagePart


class VideoReference(Strict):
    """A video to follow."""

    type: Literal["video_url"]
    video_url: VideoPart


class AudioReference(Strict):
    """A sound to follow."""

    type: Literal["audio_url"]
    audio_url: AudioPart


type Reference = Annotated[ImageReference | VideoReference | AudioReference, Field(discriminator="type")]

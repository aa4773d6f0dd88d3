"""The media a request may name, as parts: links, which are never fetched here, bytes, which are judged by themselves, or
uploads, which are looked into later.
"""

from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WrapValidator
from pydantic_core import PydanticKnownError

from reelhook.api.links import check_link
from reelhook.api.media_bytes import checked, decoded
from reelhook.domain.references import HeldMedia
from reelhook.domain.uploads import NamedUpload

type Source = str | HeldMedia | NamedUpload


class Strict(BaseModel):
    """Takes exactly what is declared: no other fields, no coercion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def read_source(kind: str, value: Any) -> Source:
    """A link, the bytes of a data URL or a file, which must be of this kind (image, video or audio), or an upload."""
    match value:
        case NamedUpload():
            return value
        case HeldMedia():
            return checked(kind, value)
        case str() if value[:5].lower() == "data:":
            return checked(kind, decoded(value))
        case str():
            return check_link(value)
    raise PydanticKnownError("string_type")


type ImageSource = Annotated[
    Source, PlainValidator(partial(read_source, "image"), json_schema_input_type=str)
]
type VideoSource = Annotated[
    Source, PlainValidator(partial(read_source, "video"), json_schema_input_type=str)
]
type AudioSource = Annotated[
    Source, PlainValidator(partial(read_source, "audio"), json_schema_input_type=str)
]


class ImageLink(Strict):
    """`{"url": "https://..."}`, or a data URL."""

    url: ImageSource


class VideoLink(Strict):
    """The same of a video."""

    url: VideoSource


class AudioLink(Strict):
    """The same of a sound."""

    url: AudioSource


class FilePart(Strict):
    """`{"file_id": "file_..."}`: what was uploaded by `POST /v1/uploads`, in place of a link."""

    file_id: Annotated[str, Field(max_length=64)]


def named_upload(value: Any) -> NamedUpload | None:
    """The upload that a part names in a link's place, if it does just that."""
    if isinstance(value, dict) and value.keys() == {"file_id"} and isinstance(value["file_id"], str):
        return NamedUpload(value["file_id"])
    return None


def _upload_or_link(value: Any, read: Any) -> Any:
    named = named_upload(value)
    return read(value if named is None else {"url": named})


type ImagePart = Annotated[
    ImageLink, WrapValidator(_upload_or_link, json_schema_input_type=ImageLink | FilePart)
]
type VideoPart = Annotated[
    VideoLink, WrapValidator(_upload_or_link, json_schema_input_type=VideoLink | FilePart)
]
type AudioPart = Annotated[
    AudioLink, WrapValidator(_upload_or_link, json_schema_input_type=AudioLink | FilePart)
]


def _image(source: Any) -> ImageLink:
    return ImageLink.model_construct(url=read_source("image", source))


def _text_or_part(value: Any, read: Any) -> Any:
    return _image(value) if isinstance(value, str) else _upload_or_link(value, read)


class InputReference(Strict):
    """The first frame: `{"image_url": "https://..."}` or `{"image_url": {"url": "https://..."}}`."""

    image_url: Annotated[
        ImageLink, WrapValidator(_text_or_part, json_schema_input_type=ImageLink | FilePart | str)
    ]


def file_or_part(value: Any, read: Any) -> Any:
    """A file, or the name of an uploaded one, stands for the whole `InputReference`."""
    source = value if isinstance(value, HeldMedia) else named_upload(value)
    return read(value) if source is None else InputReference.model_construct(image_url=_image(source))


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

"""`VideoBody`: what `POST /v1/videos` is given, field by field; `null` means not set."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, WithJsonSchema, WrapValidator
from pydantic_core import PydanticCustomError

from reelhook.api.media import FilePart, FrameImage, InputReference, Reference, Strict, file_or_part

_DIGITS = re.compile(r"[0-9]{1,4}", re.ASCII)
MAX_METADATA, MAX_NAME, MAX_METADATA_VALUE, MAX_USER = 16, 64, 512, 128
_WHOLE_NUMBER = 2**63  # what every provider, and the table, can hold
# What a validator refuses is told to the readers of the schema as well.
_BOUNDS: dict[str, JsonValue] = {"minimum": -_WHOLE_NUMBER, "maximum": _WHOLE_NUMBER - 1}
_OPTION: dict[str, Any] = {
    "anyOf": [{"type": "boolean"}, {"type": "integer", **_BOUNDS}, {"type": "string", "maxLength": 512}]
}


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "must not be blank")
    return text


def _seconds(value: Any) -> Any:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, bool | str | float | list | dict):
        raise PydanticCustomError("seconds", 'a whole number, as 5 or "5"')
    return value


def _whole_number(value: int) -> int:
    if not -_WHOLE_NUMBER <= value < _WHOLE_NUMBER:
        raise PydanticCustomError("whole_number", "a whole number of at most 64 bits")
    return value


def _option(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _whole_number(value)
    if isinstance(value, str) and len(value) <= 512:
        return value
    raise PydanticCustomError("option", "true, false, a whole number or at most 512 characters")


type Digits = Annotated[str, Field(pattern="^[0-9]{1,4}$")]
type Word = Annotated[str, Field(max_length=64)]
type MetadataKey = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
type MetadataValue = Annotated[str, Field(max_length=MAX_METADATA_VALUE)]


class VideoBody(Strict):
    """What a client may say; what the chosen model makes of it is checked afterwards."""

    model: Annotated[str, Field(max_length=128)] | None = None
    prompt: Annotated[str, AfterValidator(_not_blank), Field(json_schema_extra={"pattern": r"\S"})] | None = (
        None
    )
    seconds: Annotated[int | None, BeforeValidator(_seconds, json_schema_input_type=int | Digits | None)] = (
        None
    )
    size: Word | None = None
    resolution: Word | None = None
    aspect_ratio: Word | None = None
    input_reference: Annotated[
        InputReference | None,
        WrapValidator(file_or_part, json_schema_input_type=InputReference | FilePart | None),
    ] = None
    frame_images: Annotated[list[FrameImage], Field(max_length=2)] | None = None
    input_references: Annotated[list[Reference], Field(max_length=32)] | None = None
    generate_audio: bool | None = None
    seed: Annotated[int, AfterValidator(_whole_number), Field(json_schema_extra=_BOUNDS)] | None = None
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=MAX_METADATA)] | None = None
    user: Annotated[str, Field(min_length=1, max_length=MAX_USER)] | None = None
    provider_options: (
        Annotated[
            dict[MetadataKey, Annotated[Any, AfterValidator(_option), WithJsonSchema(_OPTION)]],
            Field(max_length=16),
        ]
        | None
    ) = None

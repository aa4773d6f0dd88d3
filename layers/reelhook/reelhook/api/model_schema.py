"""What a model takes, as JSON schema (2020-12) of the body of `POST /v1/videos`: the rules that refuse, told before."""

from typing import Any

from reelhook.api.body import MAX_METADATA, MAX_METADATA_VALUE, MAX_NAME, MAX_USER
from reelhook.api.links import MAX_URL
from reelhook.domain.model import OPEN_FIELDS, MediaLimits, Model
from reelhook.domain.request import Mode

type Schema = dict[str, Any]

_URL: Schema = {"type": "string", "format": "uri", "pattern": "^https://", "maxLength": MAX_URL}
_FILE_ID: Schema = {"type": "string", "pattern": "^file_[a-z2-7]{26}$"}
_KINDS = {"images": "image_url", "videos": "video_url", "audios": "audio_url"}


def request_schema(model: Model) -> Schema:
    """Everything that may be asked of this model, in its plainest form.

    Beyond it we take `null` and empty lists for "not set", and `seconds` as digits.
    """
    properties: Schema = {"model": {"const": model.name}, "prompt": model.fields["prompt"].schema}
    properties |= {name: model.fields[name].schema for name in OPEN_FIELDS if name in model.fields}
    properties |= {"size": {"type": "string", "enum": list(model.sizes)}, **_media(model)}
    properties |= {"metadata": _METADATA, "user": {"type": "string", "minLength": 1, "maxLength": MAX_USER}}
    options = {name: held.schema for name, held in model.options.items()}
    properties["provider_options"] = {
        "type": "object",
        "properties": options,
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["prompt"] if model.fields["prompt"].required else [],
        "additionalProperties": False,
        "anyOf": [_mode(mode, limits) for mode, limits in model.modes.items()],
        "not": _all(_has("size"), _any(_has("resolution"), _has("aspect_ratio"))),
    }


_METADATA: Schema = {
    "type": "object",
    "maxProperties": MAX_METADATA,
    "propertyNames": {"minLength": 1, "maxLength": MAX_NAME},
    "additionalProperties": {"type": "string", "maxLength": MAX_METADATA_VALUE},
}


def _media(model: Model) -> Schema:
    held: Schema = {}
    if "first_frame" in model.media_names:
        shorthand = {"anyOf": [_LINK, _FILE, _URL]}
        held["input_reference"] = {"anyOf": [_entry({"image_url": shorthand}), _FILE]}
        frame_type = {"enum": ["first_frame", "last_frame"]}
        held["frame_images"] = {
            "type": "array",
            "maxItems": 2,
            "items": _entry({"type": {"const": "image_url"}, "image_url": _PART, "frame_type": frame_type}),
        }
    kinds = [kind for name, kind in _REFERENCES.items() if name in model.media_names]
    if kinds:
        items = [_entry({"type": {"const": kind}, kind: _PART}) for kind in kinds]
        held["input_references"] = {"type": "array", "items": {"anyOf": items}}
    return held


_REFERENCES = {
    "reference_images": "image_url",
    "reference_videos": "video_url",
    "reference_audios": "audio_url",
}
_FIRST = {"properties": {"frame_type": {"const": "first_frame"}}}
_LAST = {"properties": {"frame_type": {"const": "last_frame"}}}


def _mode(mode: Mode, limits: MediaLimits) -> Schema:
    """What has to hold of the media for a request of this mode."""
    references, frames = _some("input_references"), _any(_has("input_reference"), _some("frame_images"))
    rules: list[Schema] = [references if mode is Mode.REFERENCE else {"not": references}]
    if mode is Mode.FRAMES:
        rules.append(frames)
    elif not limits.frames[1]:
        rules.append({"not": frames})
    if limits.frames[1]:
        rules += [_count("frame_images", _LAST, 0, 1), _count("frame_images", _FIRST, 0, 1)]
        rules.append({"not": _all(_has("input_reference"), _count("frame_images", _FIRST, 1, 2))})
    if limits.frames[1] and not limits.last_frame_alone:
        rules.append(_any(_has("input_reference"), _count("frame_images", _FIRST, 1, 1), {"not": frames}))
    if mode is Mode.REFERENCE:
        rules += [_kind(kind, *getattr(limits, kind)) for kind in _KINDS]
        some = {"frames": frames, **{kind: _kind(kind, 1, None) for kind in _KINDS}}
        rules += [{"not": _all(some[one], some[other])} for one, other in limits.exclusive]
        if not limits.audio_alone:
            rules.append(_any(some["images"], some["videos"]))
    return {"title": mode.value, "allOf": rules}


def _entry(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_LINK, _FILE = _entry({"url": _URL}), _entry({"file_id": _FILE_ID})
_PART: Schema = {"anyOf": [_LINK, _FILE]}


def _kind(kind: str, least: int, most: int | None) -> Schema:
    return _count("input_references", {"properties": {"type": {"const": _KINDS[kind]}}}, least, most)


def _count(name: str, entry: Schema, least: int, most: int | None) -> Schema:
    held: Schema = {"contains": entry, "minContains": least}
    if most is not None:
        held["maxContains"] = most
    return {"properties": {name: held}, **({"required": [name]} if least else {})}


def _some(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"minItems": 1}}}


def _has(name: str) -> Schema:
    return {"required": [name]}


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _all(*schemas: Schema) -> Schema:
    return {"allOf": list(schemas)}

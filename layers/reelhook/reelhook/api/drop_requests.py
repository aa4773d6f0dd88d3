"""Requests of drops, by the same rules as clients': where a link may stand, a key of the inbox may stand too."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reelhook.api.incoming import MAX_BODY
from reelhook.api.json_object import read_object
from reelhook.api.requests import read_video_request
from reelhook.domain.catalog import Catalog
from reelhook.domain.media_types import MAX_BYTES
from reelhook.domain.ports.drops import Named
from reelhook.domain.references import Asked, HeldMedia

_FIELDS = ("input_reference", "frame_images", "input_references")
_KINDS = {"image_url": "image", "video_url": "video", "audio_url": "audio"}
_SHORT = "input_reference.image_url"  # may be the link itself, in place of {"url": ...}
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE | re.ASCII)


class DropRequestReader:
    """`RequestReader` over the API's own reader."""

    most = MAX_BODY
    most_image = MAX_BYTES["image"]

    def __init__(self, default_model: str, catalog: Catalog, aliases: Mapping[str, str]) -> None:
        self._default_model, self._catalog, self._aliases = default_model, catalog, aliases

    def fields(self, raw: bytes) -> dict[str, Any]:
        return read_object(raw)

    def named(self, fields: Mapping[str, Any]) -> tuple[Named, ...]:
        return tuple(
            Named(path, text, MAX_BYTES[kind])
            for name in _FIELDS
            if name in fields
            for path, kind, text in _texts(name, fields[name], "image")
            if not _LINK.match(text)
        )

    def asked(self, fields: Mapping[str, Any], media: Mapping[str, HeldMedia]) -> Asked:
        filled = {name: _filled(name, value, media) for name, value in fields.items()}
        return read_video_request(filled, self._default_model, self._catalog, self._aliases)


def _texts(path: str, value: Any, kind: str) -> Iterator[tuple[str, str, str]]:
    """Where links stand in a field, of which kind, and what stands there: paths as the API's problems name them."""
    match value:
        case list():
            for index, part in enumerate(value):
                yield from _texts(f"{path}[{index}]", part, kind)
        case dict():
            for name, inner in value.items():
                at, of = f"{path}.{name}", _KINDS.get(name, kind)
                if isinstance(inner, str):
                    if name == "url" or at == _SHORT:
                        yield at, of, inner
                else:
                    yield from _texts(at, inner, of)


def _filled(path: str, value: Any, media: Mapping[str, HeldMedia]) -> Any:
    if path in media:
        return {"url": media[path]} if path == _SHORT else media[path]
    match value:
        case list():
            return [_filled(f"{path}[{index}]", part, media) for index, part in enumerate(value)]
        case dict():
            return {name: _filled(f"{path}.{name}", inner, media) for name, inner in value.items()}
    return value

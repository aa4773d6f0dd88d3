"""multipart/form-data, as the official SDKs send every create, as the object that JSON would have held."""

import re
from typing import Any

from reelhook.api.errors import RequestTooLargeError
from reelhook.api.form_parts import Part, parts_of
from reelhook.api.json_object import besides_data_urls, capped, read_field, shown
from reelhook.api.media_bytes import held
from reelhook.domain.errors.requests import InvalidRequestError, Problem

MAX_TEXT = (
    512 * 1024
)  # of all JSON in it, data URLs aside; any other text is one string, which costs its bytes
FILE = "input_reference"
OBJECTS = ("metadata", "provider_options", FILE)
JSON_FIELDS = ("metadata", "provider_options", "frame_images", "input_references")
_NAME = re.compile(r"(?P<root>[^\[\]\x00-\x1f]{1,64})(?P<path>(?:\[[^\[\]\x00-\x1f]*\])*)")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,19})", re.ASCII)
_CHARSETS = (None, "utf-8", "utf8", "us-ascii", "ascii")


def read_form(body: bytes, content_type: str) -> dict[str, Any]:
    """The fields of a form, as JSON would have them, and files as `HeldMedia`.

    Raises `InvalidRequestError` with every problem, `RequestTooLargeError`.
    """
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    left = MAX_TEXT
    for part in parts_of(body, content_type):
        if not part.is_file and part.data.lstrip()[:1] in (b"[", b"{"):
            left -= besides_data_urls(part.data)
        if left < 0:
            raise RequestTooLargeError(MAX_TEXT, "The JSON in this form, data URLs aside,")
        try:
            _add(fields, part)
        except InvalidRequestError as error:
            problems += error.problems
    if problems:
        raise InvalidRequestError(*capped(list({problem.param: problem for problem in problems}.values())))
    return fields


def _add(fields: dict[str, Any], part: Part) -> None:
    """Puts one part where it belongs; raises `InvalidRequestError`."""
    name = shown(part.name)
    parsed = _NAME.fullmatch(part.name)
    if parsed is None:
        raise _invalid(name, "a field's name, as metadata[user], was expected")
    root, path = parsed["root"], re.findall(r"\[([^\[\]]*)\]", parsed["path"])
    if "" in path:
        raise _invalid(name, f'give the whole list as one field of JSON, as {shown(root)}=[{{"type": ...}}]')
    if path and root not in OBJECTS:
        raise _invalid(name, "only metadata, provider_options and input_reference have names in brackets")
    place = fields
    for outer in [root, *path][:-1]:
        place = place.setdefault(outer, {})
        if not isinstance(place, dict):
            raise _invalid(name, "given twice")
    last = [root, *path][-1]
    if last in place:
        raise _invalid(name, "given twice")
    place[last] = _value(part, root, path)


def _value(part: Part, root: str, path: list[str]) -> Any:
    name = shown(part.name)
    if part.is_file:
        if root != FILE or path:
            raise _invalid(name, f"text was expected, not a file; only {FILE} can be a file")
        return held(part.data)
    text = _text(part)
    if not path and (root in JSON_FIELDS or (root == FILE and text.lstrip().startswith("{"))):
        return read_field(name, text)
    match root:
        case "input_reference" if not path:
            return {"image_url": text}
        case "generate_audio":
            return _switch(text)
        case "seed":
            return _whole(text)
        case "provider_options":
            return _switch(_whole(text))
    return text


def _text(part: Part) -> str:
    if part.charset is not None and part.charset.lower() not in _CHARSETS:
        raise _invalid(shown(part.name), "UTF-8 was expected")
    try:
        return part.data.decode()
    except UnicodeDecodeError:
        raise _invalid(shown(part.name), "UTF-8 was expected") from None


def _switch(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value)


def _whole(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text


def _invalid(name: str, what: str) -> InvalidRequestError:
    return InvalidRequestError(Problem(name, f"{name}: {what}"))

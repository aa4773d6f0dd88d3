"""What pydantic found wrong, as problems in the client's words."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from reelhook.api.json_object import kind_of, shown
from reelhook.domain.errors.requests import Problem

_TYPES = {
    "string_type": "a string",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}
_WORDS = {
    "missing": "required",
    "extra_forbidden": "unknown field",
    "union_tag_not_found": "required",
    "literal_error": "must be {expected}",
    "union_tag_invalid": "must be one of {expected_tags}",
    "string_too_short": "at least {min_length} character",
    "string_too_long": "at most {max_length} characters",
    "too_long": "at most {max_length} entries",
    "too_short": "at least {min_length} entry",
}
_FILE = "a string such as file_..., alone in its part, in place of a url"


def problems_of(error: ValidationError) -> Iterator[Problem]:
    """One problem for each thing wrong, named as the client wrote it."""
    found = error.errors(include_url=False)
    files = {tuple(fault["loc"][:-1]) for fault in found if _is_file(fault)}
    for fault in found:
        if fault["type"] == "missing" and tuple(fault["loc"][:-1]) in files:
            continue  # the file stands in place of what is missing
        param = _param(fault)
        yield Problem(param, f"{param}: {_words(fault)}")


def _is_file(fault: Any) -> bool:
    return fault["type"] == "extra_forbidden" and fault["loc"][-1] == "file_id" and len(fault["loc"]) > 1


def _words(fault: Any) -> str:
    kind: str = fault["type"]
    if fault["loc"][-1] == "[key]":
        return "a name has 1 to 64 characters"
    if _is_file(fault):
        return _FILE
    if kind in _TYPES:
        return f"{_TYPES[kind]}, got {kind_of(fault['input'])}"
    if kind in _WORDS:
        context = {name: str(value).replace("'", "") for name, value in fault.get("ctx", {}).items()}
        return _WORDS[kind].format(**context)
    return str(fault["msg"])


def _param(fault: Any) -> str:
    place = list(fault["loc"])
    if place[0] == "input_references" and len(place) > 2:
        del place[2]  # pydantic names the branch it took, which is the entry's type
    if fault["type"].startswith("union_tag"):
        place.append("type")
    if place[-1] == "[key]":
        del place[-2:]
    return _joined(place)


def _joined(place: Sequence[str | int]) -> str:
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{shown(part)}" for part in place)
    return name.removeprefix(".")

"""Whether an answer is as the committed document says: its status, its headers, its type and its body."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from tests.template import ROOT

DOCUMENT: dict[str, Any] = json.loads((ROOT / "docs" / "openapi.json").read_text())


def faults(schema: Mapping[str, Any], value: Any) -> list[str]:
    """What of a value is not as its schema, which may refer to the document's shapes."""
    validator = Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    return [f"{error.json_path}: {error.message:.200}" for error in validator.iter_errors(value)]


def undocumented(method: str, path: str, answered: Mapping[str, Any]) -> list[str]:
    """What of a function's answer on this route the document does not say."""
    responses = DOCUMENT["paths"][path][method.lower()]["responses"]
    response = responses.get(str(answered["statusCode"]))
    if response is None:
        return [f"status {answered['statusCode']}, documented are {', '.join(responses)}"]
    headers = {name.lower(): value for name, value in answered["headers"].items()}
    kind = headers.pop("content-type", "").partition(";")[0]
    told = {name.lower() for name in response.get("headers", {})}
    found = [f"header {name}" for name in headers if name not in told | _NOT_OURS_TO_TELL]
    content = response.get("content", {})
    if not answered["body"]:
        return [*found, *(["no body"] if content else [])]
    if kind not in content:
        return [*found, f"content type {kind!r}"]
    body = json.loads(answered["body"]) if kind == "application/json" else answered["body"]
    return [*found, *faults(content[kind]["schema"], body)]


_NOT_OURS_TO_TELL = {"content-security-policy", "x-content-type-options"}  # for browsers, on any page

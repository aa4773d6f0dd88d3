"""Whether an answer is as the committed document says: its status, its headers, its type and its body."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
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
    validator = _validator_of(method, path, str(answered["statusCode"]), kind)
    return [*found, *(f"{error.json_path}: {error.message:.200}" for error in validator.iter_errors(body))]


@cache
def _validator_of(method: str, path: str, status: str, kind: str) -> Draft202012Validator:
    schema = DOCUMENT["paths"][path][method.lower()]["responses"][status]["content"][kind]["schema"]
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def check_documented(answer: httpx.Response) -> None:
    """Fails for an answer that the document does not have; for requests of no route there is nothing to say."""
    method, asked = answer.request.method, answer.request.url.path
    paths = [path for path, pattern in _PATTERNS.items() if pattern.fullmatch(asked)]
    path = asked if asked in DOCUMENT["paths"] else next(iter(paths), "")
    if method.lower() not in DOCUMENT["paths"].get(path, {}):
        return
    body = answer.read().decode()
    told = {"statusCode": answer.status_code, "headers": dict(answer.headers), "body": body}
    assert undocumented(method, path, told) == [], f"{method} {path}"


_PATTERNS = {path: re.compile(re.sub(r"{\w+}", "[^/]+", path)) for path in DOCUMENT["paths"]}
# For browsers, on any page; and what HTTP and the gateway add.
_NOT_OURS_TO_TELL = {
    *("content-security-policy", "x-content-type-options"),
    *("date", "content-length", "connection", "apigw-requestid", "vary"),
}

"""The document as a page for people: no scripts, nothing from elsewhere."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "pre{background:#f4f4f4;padding:.75rem;overflow:auto;font-size:.85rem}h2{margin-top:2.5rem}"
    "td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}"
)


def page(document: dict[str, Any]) -> str:
    """The whole page."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: dict[str, Any]) -> Iterator[str]:
    info = document["info"]
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(info["title"])}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
    yield f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"
    yield '<p>The contract is <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield from _operation(f"{method.upper()} {path}", operation)
    yield "<h2>Shapes</h2>"
    for name, schema in document["components"]["schemas"].items():
        shown = escape(json.dumps(schema, indent=1))
        yield f'<details id="{escape(name)}"><summary>{escape(name)}</summary><pre>{shown}</pre></details>'


def _operation(title: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{operation["operationId"]}"><code>{escape(title)}</code></h2>'
    public = operation.get("security") == []
    yield f"<p>{escape(operation['summary'])}{' (no key needed)' if public else ''}.</p><table>"
    for one in operation.get("parameters", ()):
        shown = escape(json.dumps(one["schema"]))
        yield f"<tr><td><code>{escape(one['name'])}</code><td>{one['in']}<td><code>{shown}</code></tr>"
    yield "</table><table>"
    for status, response in operation["responses"].items():
        yield f"<tr><th>{status}<td>{escape(response['description'])}</tr>"
    yield "</table>"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _example("Request", content)
    for content in next(iter(operation["responses"].values())).get("content", {}).values():
        yield from _example("Answer", content)


def _example(title: str, content: dict[str, Any]) -> Iterator[str]:
    if "example" in content:
        shown = escape(json.dumps(content["example"], indent=1, ensure_ascii=False))
        yield f"<details><summary>{title}</summary><pre>{shown}</pre></details>"

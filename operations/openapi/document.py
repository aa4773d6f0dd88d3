"""The OpenAPI 3.1 document of the public API, from what the code declares."""

import re
from typing import Any

from operations.openapi.choices import tell_choices
from operations.openapi.examples import REQUESTS, examples
from operations.openapi.failing import error_responses
from operations.openapi.operations import HEADERS, OPERATIONS, Operation
from operations.openapi.schemas import Schema, ref, schemas
from reelhook.api.routes import PUBLIC, ROUTES
from reelhook.providers.catalog import catalog

_ABOUT = """A prompt, with or without images, becomes an MP4 in the operator's own bucket.

Requests and answers follow the OpenAI Videos shape. A retry with the same `Idempotency-Key` is the same video."""


def _links(*operations: str, **more: str) -> Schema:
    """Where a video's id leads."""
    to = {"parameters": {"video_id": "$response.body#/id"}, **more}
    return {name: {"operationId": name, **to} for name in operations}


_LINKS = {
    "create_video": _links("get_video", "get_content", "cancel_video", "delete_video"),
    "delete_video": _links("get_video", "get_content", "delete_video", description="404 from now on."),
}


def document() -> dict[str, Any]:
    """The whole document."""
    models = catalog(None, None)
    told = examples(models)
    shapes = schemas()
    tell_choices(shapes["VideoBody"], models)
    del shapes["Word"]  # all that it stood for is told word by word
    paths: Schema = {}
    for path, methods in ROUTES.items():
        for method in methods:
            one = _operation(method, path, OPERATIONS[method, path], told.get((method, path)))
            paths.setdefault(path, {})[method.lower()] = one
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reelhook", "version": "1", "description": _ABOUT, "license": {"name": "MIT"}},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": shapes,
            "headers": HEADERS,
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key (`rh_...`), or a JWT of the configured issuer.",
                }
            },
        },
    }


def _operation(method: str, path: str, operation: Operation, example: Any) -> Schema:
    told: Schema = {"operationId": operation.name, "summary": operation.summary}
    if path in PUBLIC:
        told["security"] = []
    parameters = list(operation.parameters)
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    if places or parameters:
        told["parameters"] = [*places, *parameters]
    if (method, path) == ("POST", "/v1/videos"):
        told["requestBody"] = _body()
    elif operation.body is not None:
        told["requestBody"] = _json_body(*operation.body, required=operation.body_required)
    content: Schema = {"schema": operation.schema}
    if example is not None:
        content["example"] = example
    success: Schema = {
        "description": operation.success,
        "headers": _headers("x-request-id", *operation.headers),
        "content": {operation.content_type: content},
    }
    if operation.name in _LINKS:
        success["links"] = _LINKS[operation.name]
    told["responses"] = {str(operation.status): success}
    told["responses"] |= {
        str(status): {"description": about, "headers": _headers("x-request-id", *names)}
        for status, about, names in operation.bodiless
    }
    told["responses"] |= error_responses(method, path)
    return told


def _body() -> Schema:
    """JSON by its own schema; a form has the same names, with texts and files for values."""
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": ref("VideoBody"),
                "examples": {name: {"value": request} for name, request in REQUESTS.items()},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "The fields of `VideoBody`; objects and lists each as one field of JSON, or by brackets (`metadata[scene]`).",
                    "properties": {
                        "prompt": {"type": "string"},
                        "input_reference": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "format": "binary",  # 3.0's word for a file; makers of clients still go by it
                        },
                    },
                }
            },
        },
    }


def _json_body(schema: Schema, example: Any, *, required: bool) -> Schema:
    return {"required": required, "content": {"application/json": {"schema": schema, "example": example}}}


def _headers(*names: str) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}

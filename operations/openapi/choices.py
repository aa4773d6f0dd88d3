"""What the models take, all of them together: the bounds of a request before its model is known."""

from operations.openapi.schemas import Schema
from reelhook.api.model_schema import request_schema
from reelhook.domain.catalog import Catalog

_WORDS = ("size", "resolution", "aspect_ratio")
_ONE_OF = "What the models take, all of them together; `GET /v1/videos/models` tells which takes what."
_NAME = "Its own name, or one that the operator gave it; answers show its own."


def tell_choices(body: Schema, catalog: Catalog) -> None:
    """Adds to the schema of a request what no model of the catalog exceeds."""
    fields = [request_schema(model)["properties"] for model in catalog.models]
    told: Schema = {name: {"type": "string", "enum": _words(fields, name)} for name in _WORDS}
    for name, choices in told.items():
        body["properties"][name] |= {"anyOf": [choices, {"type": "null"}], "description": _ONE_OF}
    seconds = [each["seconds"] for each in fields]
    bounds = {
        "minimum": min(each["minimum"] for each in seconds),
        "maximum": max(each["maximum"] for each in seconds),
    }
    _branch(body, "seconds", "integer").update(bounds)
    _branch(body, "prompt", "string")["maxLength"] = max(each["prompt"]["maxLength"] for each in fields)
    _branch(body, "model", "string").update(examples=list(catalog.names), description=_NAME)


def _words(fields: list[Schema], name: str) -> list[str]:
    """Every word that some model takes, in the models' order."""
    return list(dict.fromkeys(word for each in fields for word in each[name]["enum"]))


def _branch(body: Schema, name: str, kind: str) -> Schema:
    """The branch of a field that is not null, of this type."""
    [branch] = [one for one in body["properties"][name]["anyOf"] if one.get("type") == kind]
    found: Schema = branch
    return found

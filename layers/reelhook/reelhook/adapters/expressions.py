"""The domain's writes and conditions as DynamoDB's expressions; every name and value goes through a placeholder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reelhook.adapters.items.attributes import attribute, to_key
from reelhook.adapters.items.videos import fingerprint_to_item, tombstone_to_item, video_to_item
from reelhook.adapters.items.webhooks import delivery_to_item
from reelhook.adapters.questions import Question
from reelhook.domain.conditions import Absent, Condition, Either, Equals, Every, Less, OneOf, Present
from reelhook.domain.fingerprint import Fingerprint
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import Video
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.writes import Write


@dataclass(slots=True)
class _Placeholders:
    """The names and values of one request."""

    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """The placeholder of an attribute's name: half of ours are reserved words."""
        self.names[f"#{name}"] = name
        return f"#{name}"

    def value(self, value: Any) -> str:
        """A new placeholder for a value."""
        placeholder = f":{len(self.values)}"
        self.values[placeholder] = attribute(value)
        return placeholder

    def parameters(self) -> dict[str, Any]:
        """Both, without what is empty, which DynamoDB refuses."""
        told = {"ExpressionAttributeNames": self.names, "ExpressionAttributeValues": self.values}
        return {name: held for name, held in told.items() if held}


def put_parameters(write: Write) -> dict[str, Any]:
    """The arguments of PutItem, but for the table."""
    if write.put is None:
        raise ValueError(f"{write.name} puts nothing")
    places = _Placeholders()
    item = _item(write.put)
    told = {"Item": item, **_condition(write.condition, places)}
    return {**told, **places.parameters(), "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


def _item(put: Video | Tombstone | Fingerprint | Delivery) -> dict[str, Any]:
    match put:
        case Video():
            return video_to_item(put)
        case Tombstone():
            return tombstone_to_item(put)
        case Fingerprint():
            return fingerprint_to_item(put)
        case Delivery():
            return delivery_to_item(put)


def update_parameters(write: Write) -> dict[str, Any]:
    """The arguments of UpdateItem, but for the table."""
    places = _Placeholders()
    told = {"Key": to_key(write.key), **_condition(write.condition, places)}
    # removing what is not there changes nothing, and not every DynamoDB takes an update without an expression
    expression = _update(write, places) or f"REMOVE {places.name('nothing')}"
    return {
        **told,
        "UpdateExpression": expression,
        **places.parameters(),
        "ReturnValues": "ALL_NEW",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def query_parameters(question: Question) -> dict[str, Any]:
    """The arguments of Query, but for the table and the page."""
    places = _Placeholders()
    name, value = question.partition
    condition = f"{places.name(name)} = {places.value(value)}"
    if (bound := question.bound) is not None:
        condition += f" AND {places.name(bound.name)} {bound.comparison} {places.value(bound.value)}"
    told: dict[str, Any] = {"IndexName": question.index, "KeyConditionExpression": condition}
    told |= {"ScanIndexForward": question.forward}
    if question.states:
        told["FilterExpression"] = _expression(OneOf("state", question.states), places)
    if question.page is not None:
        told["Limit"] = question.page
    return {**told, **places.parameters()}


def _update(write: Write, places: _Placeholders) -> str:
    """SET, ADD and REMOVE; a change to an absent value is a removal."""
    changed: Mapping[str, Any] = write.change
    removed = {*write.remove, *(name for name, value in changed.items() if not value)}
    clauses = {
        "SET": [f"{places.name(name)} = {places.value(value)}" for name, value in changed.items() if value],
        "ADD": [f"{places.name(name)} {places.value(value)}" for name, value in write.add.items() if value],
        "REMOVE": [places.name(name) for name in sorted(removed)],
    }
    return " ".join(f"{verb} {', '.join(terms)}" for verb, terms in clauses.items() if terms)


def _condition(condition: Condition | None, places: _Placeholders) -> dict[str, Any]:
    text = "" if condition is None else _expression(condition, places)
    return {"ConditionExpression": text} if text else {}


def _expression(condition: Condition, places: _Placeholders) -> str:
    match condition:
        case Equals(name, value):
            return f"{places.name(name)} = {places.value(value)}"
        case OneOf(name, values):
            return f"{places.name(name)} IN ({', '.join(places.value(value) for value in values)})"
        case Less(name, value):
            return f"{places.name(name)} < {places.value(value)}"
        case Absent(name):
            return f"attribute_not_exists({places.name(name)})"
        case Present(name):
            return f"attribute_exists({places.name(name)})"
        case Every(terms):
            return " AND ".join(f"({_expression(term, places)})" for term in terms)
        case Either(terms):
            return " OR ".join(f"({_expression(term, places)})" for term in terms)

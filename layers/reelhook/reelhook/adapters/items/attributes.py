"""DynamoDB's items as the wire has them, and their values as ours. Absent is `None`, 0, False or empty: never stored."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from reelhook.adapters.shapes import ShapeError, from_plain, to_plain
from reelhook.domain.errors.running import UnreadableItemError
from reelhook.domain.writes import Key

type Item = dict[str, Any]  # typed as the wire has it: {"pk": {"S": "video#..."}}

_SERIALIZE = TypeSerializer().serialize
_DESERIALIZE = TypeDeserializer().deserialize


def to_key(key: Key) -> Item:
    """The primary key of an item."""
    return {"pk": {"S": f"{key.kind}#{key.id}"}, "sk": {"S": key.part or key.kind}}


def id_in(item: Mapping[str, Any]) -> str:
    """The id in an item's primary key."""
    return str(item["pk"]["S"]).partition("#")[2]


def attribute(value: Any) -> Any:
    """One value as the wire has it; domain types become plain ones."""
    return _SERIALIZE(to_plain(value))


def built[T](shape: type[T], name: str, values: Mapping[str, Any]) -> T:
    """What these values make. Raises `UnreadableItemError` with this name."""
    try:
        return from_plain(shape, values)
    except ShapeError as error:
        raise UnreadableItemError(name, str(error)) from error


def plain(item: Item) -> dict[str, Any]:
    """The values of an item as Python has them."""
    return {name: _whole(_DESERIALIZE(value)) for name, value in item.items()}


def _whole(value: Any) -> Any:
    """DynamoDB knows decimals only; a fraction stays one, to be refused wherever no money is declared."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case list():
            return [_whole(held) for held in value]
        case dict():
            return {name: _whole(held) for name, held in value.items()}
        case _:
            return value

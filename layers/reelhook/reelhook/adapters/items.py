"""Videos, gates and accounts as DynamoDB items, and back. Absent is `None`, 0, False or empty: such values are never stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from json import dumps
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from reelhook.adapters.shapes import ShapeError, default_of, from_plain, to_plain
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.fingerprint import Fingerprint
from reelhook.domain.gate import Gate
from reelhook.domain.ledger import Day, InFlight
from reelhook.domain.listing import place
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State, Video
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key

type Item = dict[str, Any]  # typed as the wire has it: {"pk": {"S": "video#..."}}

_SERIALIZE = TypeSerializer().serialize
_DESERIALIZE = TypeDeserializer().deserialize
_STATES = frozenset(State)
_REQUIRED = frozenset(field.name for field in fields(Video) if default_of(field) is MISSING)


def to_key(key: Key) -> Item:
    """The primary key of an item."""
    return {"pk": {"S": f"{key.kind}#{key.id}"}, "sk": {"S": key.part or key.kind}}


def id_in(item: Mapping[str, Any]) -> str:
    """The id in an item's primary key."""
    return str(item["pk"]["S"]).partition("#")[2]


def attribute(value: Any) -> Any:
    """One value as the wire has it; domain types become plain ones."""
    return _SERIALIZE(to_plain(value))


def video_to_item(video: Video) -> Item:
    """A whole video, with what only its indexes need."""
    held = {field.name: getattr(video, field.name) for field in fields(video) if field.name != "video_id"}
    told = {name: value for name, value in held.items() if value or name in _REQUIRED}
    told |= {"kind": "video", "owner_order": place(video.created_at, video.video_id)}
    if video.request.user:
        told |= {"user": video.request.user, "owner_user": user_partition(video.owner, video.request.user)}
    return to_key(Key("video", video.video_id)) | {name: attribute(value) for name, value in told.items()}


def fingerprint_to_item(fingerprint: Fingerprint) -> Item:
    """A whole fingerprint."""
    held = {field.name: getattr(fingerprint, field.name) for field in fields(fingerprint)}
    told = {name: value for name, value in held.items() if value and name != "fingerprint"}
    told |= {"kind": "fingerprint"}
    return to_key(Key("fingerprint", fingerprint.fingerprint)) | {n: attribute(v) for n, v in told.items()}


def fingerprint_from_item(item: Item) -> Fingerprint:
    """The fingerprint. Raises `UnreadableItemError`."""
    return _built(Fingerprint, "a fingerprint", _plain(item) | {"fingerprint": id_in(item)})


def user_partition(owner: str, user: str) -> str:
    """One value for an owner's end user, whatever characters the two are made of."""
    canonical = dumps(["user-index", owner, user], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def delivery_to_item(delivery: Delivery) -> Item:
    """A whole delivery."""
    told = to_plain(delivery) | {"kind": "delivery"}
    key = Key("delivery", delivery.endpoint_id, delivery.event_id)
    return to_key(key) | {name: attribute(value) for name, value in told.items()}


def delivery_from_item(item: Item) -> Delivery:
    """The delivery. Raises `UnreadableItemError`."""
    return _built(Delivery, "a delivery", _plain(item))


def book_from_item(owner: str, item: Item | None) -> EndpointBook:
    """An owner's endpoints; without an item none. Raises `UnreadableItemError`."""
    return _built(
        EndpointBook, f"the endpoints of {owner}", (_plain(item) if item else {}) | {"owner": owner}
    )


def tombstone_to_item(tombstone: Tombstone) -> Item:
    """A tombstone; without `owner_order` it is in no list, so that lists never look through what was deleted."""
    told = to_plain(tombstone) | {"kind": "tombstone"}
    del told["video_id"]
    return to_key(Key("video", tombstone.video_id)) | {name: attribute(value) for name, value in told.items()}


def tombstone_from_item(item: Item | None) -> Tombstone | None:
    """The tombstone; none for anything else. Raises `UnreadableItemError`."""
    if not item or item.get("kind") != {"S": "tombstone"}:
        return None
    return _built(Tombstone, id_in(item), _plain(item) | {"video_id": id_in(item)})


def day_from_item(item: Item) -> Day:
    """An account's day. Raises `UnreadableItemError`."""
    return _built(Day, "a day of the ledger", _plain(item))


def in_flight_from_item(item: Item) -> InFlight:
    """How many videos an account has in flight. Raises `UnreadableItemError`."""
    return _built(InFlight, "a count in flight", _plain(item))


def video_from_item(item: Item | None) -> Video | None:
    """The video; none for a tombstone. Raises `UnknownStateError`, `UnreadableItemError`."""
    if not item:
        return None
    video_id, plain = id_in(item), _plain(item)
    if plain.get("kind") == "tombstone":
        return None
    if plain.get("kind") != "video":
        raise UnreadableItemError(video_id, "its kind is not video")
    state = plain.get("state")
    if isinstance(state, str) and state not in _STATES:
        raise UnknownStateError(video_id, state)
    return _built(Video, video_id, plain | {"video_id": video_id})


def gate_from_item(provider: str, item: Item | None) -> Gate:
    """The gate; one without an item is open. Raises `UnreadableItemError`."""
    return _built(Gate, provider, (_plain(item) if item else {}) | {"provider": provider})


def key_from_item(item: Item) -> ApiKey:
    """What is known of an API key. Raises `UnreadableItemError`."""
    return _built(ApiKey, "an API key", _plain(item))


def owner_from_item(name: str, item: Item) -> Owner:
    """The owner as it was written down. Raises `UnreadableItemError`."""
    return _built(Owner, f"the owner {name}", _plain(item) | {"name": name})


def _built[T](shape: type[T], name: str, plain: Mapping[str, Any]) -> T:
    try:
        return from_plain(shape, plain)
    except ShapeError as error:
        raise UnreadableItemError(name, str(error)) from error


def _plain(item: Item) -> dict[str, Any]:
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

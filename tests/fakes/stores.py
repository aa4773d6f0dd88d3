"""The tables, in memory: attributes by name, absent ones missing, conditions judged by the domain itself."""

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from reelhook.domain.conditions import holds
from reelhook.domain.errors.running import UnknownStateError
from reelhook.domain.fingerprint import Fingerprint
from reelhook.domain.gate import Gate
from reelhook.domain.ledger import Day, InFlight, day_id
from reelhook.domain.listing import Listing, place
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.ports.videos import Unusable
from reelhook.domain.time import Instant
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State, Video
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key, Outcome, Stood, Together, Transaction, Write

type Attributes = Mapping[str, Any]

STATES = frozenset(State)
NAMES = {
    shape: tuple(field.name for field in fields(shape))
    for shape in (Video, Tombstone, Fingerprint, Day, InFlight, Gate, Delivery, EndpointBook)
}
REQUIRED = frozenset(
    field.name for field in fields(Video) if field.default is MISSING and field.default_factory is MISSING
)


def attributes_of(put: Video | Tombstone | Fingerprint | Delivery) -> dict[str, Any]:
    """What is stored of it: an optional attribute that is `None`, 0, False or empty is not."""
    held = {name: getattr(put, name) for name in NAMES[type(put)]}
    told = {name: value for name, value in held.items() if value or name in REQUIRED}
    if isinstance(put, Fingerprint):
        return told | {"pk": f"fingerprint#{put.fingerprint}", "kind": "fingerprint"}
    if isinstance(put, Delivery):
        return told | {"pk": f"delivery#{put.endpoint_id}", "kind": "delivery"}
    kind = "tombstone" if isinstance(put, Tombstone) else "video"
    return told | {"pk": f"video#{put.video_id}", "kind": kind}


class Table:
    """Items by key; `applied` keeps the names of the writes that stood."""

    def __init__(self) -> None:
        self.items: dict[Key, Attributes] = {}
        self.applied: list[str] = []

    def __len__(self) -> int:
        return len(self.items)

    def allows(self, write: Write) -> bool:
        """Whether what stands there meets the write's condition."""
        return write.condition is None or holds(write.condition, self.items.get(write.key, {}))

    def write(self, write: Write) -> tuple[bool, Attributes | None]:
        """As DynamoDB: refused with what stood there, or applied with what stands there now."""
        old = self.items.get(write.key, {})
        if not self.allows(write):
            return False, old or None
        new = attributes_of(write.put) if write.put is not None else _updated(old, write)
        self.items[write.key] = new
        self.applied.append(write.name)
        return True, new


def _updated(old: Attributes, write: Write) -> Attributes:
    touched = [*write.change, *write.add, *write.remove]
    assert len(touched) == len(set(touched)), f"{write.name} touches an attribute twice"
    new = {**old, "pk": f"{write.key.kind}#{write.key.id}", **write.change}
    for name, value in write.add.items():
        new[name] = (
            value | new.get(name, frozenset()) if isinstance(value, frozenset) else new.get(name, 0) + value
        )
    return {
        name: value for name, value in new.items() if name not in write.remove and (value or name in REQUIRED)
    }


class InMemoryVideos(Table):
    """`VideoStore`."""

    def read(self, video_id: str) -> Video | None:
        return _video(video_id, self.items.get(Key("video", video_id)))

    def tombstone(self, video_id: str) -> Tombstone | None:
        item = self.items.get(Key("video", video_id), {})
        return Tombstone(**known(Tombstone, item)) if item.get("kind") == "tombstone" else None

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        assert 0 < len(set(video_ids)) == len(video_ids) <= 100, "not what BatchGetItem takes"
        standing = ((video_id, self._video_or_reason(video_id)) for video_id in video_ids)
        return {video_id: found for video_id, found in standing if found is not None}

    def listed(self, listing: Listing) -> Iterator[str]:
        places = sorted(
            (place(item["created_at"], key.id), key.id)
            for key, item in self.items.items()
            if item["kind"] == "video"
            and item["owner"] == listing.owner
            and listing.user in (None, item["request"].user)
            and (not listing.states or item["state"] in listing.states)
        )
        if listing.newest_first:
            places.reverse()
        after = listing.after
        if after is None:
            return iter([video_id for _, video_id in places])
        beyond = operator.lt if listing.newest_first else operator.gt
        return iter([video_id for at, video_id in places if beyond(at, after)])

    def apply(self, write: Write) -> Outcome[Video]:
        applied, item = self.write(write)
        return Outcome(applied, _video(write.key.id, item))

    def with_task(self, task_id: str) -> tuple[str, ...]:
        return tuple(key.id for key, item in self.items.items() if item.get("task_id") == task_id)

    def due(self, now: Instant) -> Iterator[str]:
        indexed = self._indexed("open", "due_at")
        return iter([video_id for due_at, video_id in indexed if due_at <= now])

    def queued(self, provider: str) -> Iterator[str]:
        return iter([i for _, i in self._indexed("queue", "queued_order", provider)])

    def plant(self, *videos: Video) -> None:
        """Puts videos there, as if they had always stood so."""
        for video in videos:
            self.items[Key("video", video.video_id)] = attributes_of(video)

    def spoil(self, video_id: str, **changes: Any) -> None:
        """Gives an item attributes that no code of today writes."""
        key = Key("video", video_id)
        self.items[key] = {**self.items[key], **changes}

    def _video_or_reason(self, video_id: str) -> Video | Unusable | None:
        try:
            return _video(video_id, self.items.get(Key("video", video_id)))
        except UnknownStateError as reason:
            return reason

    def _indexed(self, partition: str, order: str, value: object = None) -> list[tuple[Any, str]]:
        """A sparse index: only items with both attributes are in it."""
        held = [(key, item) for key, item in self.items.items() if partition in item and order in item]
        return sorted((item[order], key.id) for key, item in held if value in (None, item[partition]))


def _video(video_id: str, item: Attributes | None) -> Video | None:
    if item is None or item.get("kind") == "tombstone":
        return None
    if item["state"] not in STATES:
        raise UnknownStateError(video_id, item["state"])
    return Video(**known(Video, item) | {"video_id": video_id})


def known(shape: type[Any], item: Attributes) -> dict[str, Any]:
    """What of an item belongs to this shape."""
    return {name: item[name] for name in NAMES[shape] if name in item}


class InMemoryTransactions:
    """`Transactions` over a table of videos; items of other kinds have one of their own here."""

    def __init__(self, videos: Table) -> None:
        self._videos, self.others = videos, Table()

    def apply(self, transaction: Transaction) -> Together:
        refused = {
            write.name: _stood(write.key, self._of(write).items.get(write.key, {}))
            for write in transaction.writes
            if not self._of(write).allows(write)
        }
        if not refused:
            for write in transaction.writes:
                self._of(write).write(write)
        return Together(refused)

    def _of(self, write: Write) -> Table:
        return self._videos if write.key.kind == "video" else self.others


def _stood(key: Key, item: Attributes) -> Stood:
    if key.kind == "video":
        return _video(key.id, item or None)
    shape = {"fingerprint": Fingerprint, "day": Day, "in_flight": InFlight}[key.kind]
    stood: Stood = shape(**known(shape, item)) if item else None
    return stood


class InMemoryLedger:
    """`Ledger` over the items that transactions wrote."""

    def __init__(self, transactions: InMemoryTransactions) -> None:
        self._items = transactions.others.items

    def days(self, key: str, days: Sequence[str]) -> Mapping[str, Day]:
        assert 0 < len(set(days)) == len(days) <= 100, "not what BatchGetItem takes"
        found = {day: self._items.get(Key("day", day_id(key, day))) for day in days}
        return {day: Day(**known(Day, item)) for day, item in found.items() if item}


class InMemoryGates(Table):
    """`GateStore`."""

    def read(self, provider: str) -> Gate:
        return Gate(**{"provider": provider} | known(Gate, self.items.get(Key("gate", provider), {})))

    def apply(self, write: Write) -> Outcome[Gate]:
        applied, item = self.write(write)
        if item is None:
            return Outcome(applied, None)
        return Outcome(applied, Gate(**{"provider": write.key.id} | known(Gate, item)))


class InMemoryAccounts:
    """`Accounts`: keys by their hashes, owners by their names."""

    def __init__(self, keys: Mapping[str, ApiKey] | None = None, *owners: Owner) -> None:
        self.keys = dict(keys or {})
        self.owners = {owner.name: owner for owner in owners}

    def find_key(self, key_hash: str) -> ApiKey | None:
        return self.keys.get(key_hash)

    def find_owner(self, name: str) -> Owner | None:
        return self.owners.get(name)

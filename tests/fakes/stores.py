"""The tables, in memory: attributes by name, absent ones missing, conditions judged by the domain itself."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from reelhook.domain.conditions import holds
from reelhook.domain.errors import UnknownStateError
from reelhook.domain.gate import Gate
from reelhook.domain.owners import Owner
from reelhook.domain.ports import ApiKey
from reelhook.domain.time import Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Key, Outcome, Write

type Attributes = Mapping[str, Any]

REQUIRED = frozenset(
    field.name for field in fields(Video) if field.default is MISSING and field.default_factory is MISSING
)


def attributes_of(video: Video) -> dict[str, Any]:
    """What is stored of a video: an optional attribute that is `None`, 0, False or empty is not."""
    held = {field.name: getattr(video, field.name) for field in fields(video)}
    told = {name: value for name, value in held.items() if value or name in REQUIRED}
    return told | {"pk": f"video#{video.video_id}", "kind": "video"}


class _Table:
    """Items by key; `applied` keeps the names of the writes that stood."""

    def __init__(self) -> None:
        self.items: dict[Key, Attributes] = {}
        self.applied: list[str] = []

    def __len__(self) -> int:
        return len(self.items)

    def write(self, write: Write) -> tuple[bool, Attributes | None]:
        """As DynamoDB: refused with what stood there, or applied with what stands there now."""
        old = self.items.get(write.key, {})
        if write.condition is not None and not holds(write.condition, old):
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


class InMemoryVideos(_Table):
    """`VideoStore`."""

    def read(self, video_id: str) -> Video | None:
        return _video(video_id, self.items.get(Key("video", video_id)))

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

    def _indexed(self, partition: str, order: str, value: object = None) -> list[tuple[Any, str]]:
        """A sparse index: only items with both attributes are in it."""
        held = [(key, item) for key, item in self.items.items() if partition in item and order in item]
        return sorted((item[order], key.id) for key, item in held if value in (None, item[partition]))


def _video(video_id: str, item: Attributes | None) -> Video | None:
    if item is None or item.get("kind") == "tombstone":
        return None
    if item["state"] not in list(State):
        raise UnknownStateError(video_id, item["state"])
    return Video(**_known(Video, item) | {"video_id": video_id})


def _known(shape: type[Any], item: Attributes) -> dict[str, Any]:
    return {field.name: item[field.name] for field in fields(shape) if field.name in item}


class InMemoryGates(_Table):
    """`GateStore`."""

    def read(self, provider: str) -> Gate:
        return Gate(**{"provider": provider} | _known(Gate, self.items.get(Key("gate", provider), {})))

    def apply(self, write: Write) -> Outcome[Gate]:
        applied, item = self.write(write)
        if item is None:
            return Outcome(applied, None)
        return Outcome(applied, Gate(**{"provider": write.key.id} | _known(Gate, item)))


class InMemoryAccounts:
    """`Accounts`: keys by their hashes, owners by their names."""

    def __init__(self, keys: Mapping[str, ApiKey] | None = None, *owners: Owner) -> None:
        self.keys = dict(keys or {})
        self.owners = {owner.name: owner for owner in owners}

    def find_key(self, key_hash: str) -> ApiKey | None:
        return self.keys.get(key_hash)

    def find_owner(self, name: str) -> Owner | None:
        return self.owners.get(name)

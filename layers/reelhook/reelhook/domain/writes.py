"""A write is one conditional change of one item, a transaction several of them; an outcome says whether it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reelhook.domain.conditions import Condition
from reelhook.domain.fingerprint import Fingerprint
from reelhook.domain.ledger import Day, InFlight
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import Video
from reelhook.domain.webhooks.delivery import Delivery

type Stood = Video | Fingerprint | Day | InFlight | None  # what a refused write of a transaction met


@dataclass(frozen=True, slots=True)
class Key:
    """Which item: its kind and its id, and which `part` of it, where one id has several."""

    kind: str
    id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """The claim or lease by which an actor recognises its own write after a hidden retry."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Write:
    """One conditional write on one item; `name` is its row in the specification of the lifecycle.

    `put` replaces the whole item; otherwise `change` sets, `add` adds a number or joins a set, `remove` removes.
    """

    name: str
    key: Key
    condition: Condition | None
    put: Video | Tombstone | Fingerprint | Delivery | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, int | frozenset[str]] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    mine: Mine | None = None


@dataclass(frozen=True, slots=True)
class Outcome[Item]:
    """`applied`: the write stands and `item` is the new one; else `item` is what was there, if anything."""

    applied: bool
    item: Item | None


@dataclass(frozen=True, slots=True)
class Transaction:
    """Writes on several items, of different names, that stand together or not at all.

    `token` (at most 36 characters) lets the table recognise an SDK's hidden retry.
    """

    writes: tuple[Write, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Together:
    """What a transaction came to: without `refused` all of it stands.

    `refused` names the writes whose conditions did not hold, and what stood there, if anything.
    """

    refused: Mapping[str, Stood] = field(default_factory=dict)


def is_mine(write: Write, item: object) -> bool:
    """Whether a refused write was really this actor's own: the SDK had retried it unseen."""
    return write.mine is not None and getattr(item, write.mine.name, None) == write.mine.value

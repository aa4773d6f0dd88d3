"""The ledger's oracle: what the books have to say of the videos that were seen, by the table of how each end counts."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reelhook.domain.ledger import Reservation
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.writes import Key, Write

LEDGER = {"reservation", "booked", "open", "due_at"}  # what settling changes in a final video
NOT_SENT = ("provider_busy", "owner_disabled")

type Item = Mapping[str, Any]


def but_for_the_ledger(write: Write, item: Item) -> dict[str, Any]:
    """An item without what this write may change in a final video."""
    settles = write.name in ("T16", "T16a")
    return {name: value for name, value in item.items() if not (settles and name in LEDGER)}


class Books:
    """What every video held and how it was last seen; `items` are the accounts' own."""

    def __init__(self) -> None:
        self.items: Mapping[Key, Item] = {}
        self._held: dict[str, Reservation] = {}
        self._last: dict[str, Item] = {}

    def saw(self, video_id: str, item: Item) -> None:
        """A video as it stands now."""
        if item.get("kind") != "tombstone":
            self._last[video_id] = item
        if "reservation" in item:
            self._held.setdefault(video_id, item["reservation"])

    def over(self, limits: OwnerLimits) -> Iterator[str]:
        """The limits that are exceeded just now."""
        owners = {_hash("owner", str(item["owner"])) for item in self._last.values()}
        for key, item in self.items.items():
            bounds = limits.owner if key.id.partition("#")[0] in owners else limits.user
            for what, most in _bounds(key.kind, bounds):
                if most is not None and item.get(what, 0) > most:
                    yield f"OVER THE LIMIT: {what} {item[what]} of {most}"
            below = [name for name, value in item.items() if isinstance(value, int) and value < 0]
            if below:
                yield f"BELOW NOTHING: {below} in {key}"

    def at_rest(self) -> Iterator[str]:
        """The ledger is what the videos came to; nothing is held any more."""
        days, names = dict[str, Counter[str]](), ("videos", "committed", "unconfirmed", "reserved")
        for video_id, held in self._held.items():
            last = self._last[video_id]
            spent, unconfirmed = _counts(last, held)
            if held.keys != _accounts(last):
                yield f"LEDGER: {video_id} is booked for somebody else"
            for account in held.keys:
                told = {"videos": 1, "committed": spent, "unconfirmed": unconfirmed}
                days.setdefault(f"{account}#{held.day}", Counter()).update(told)
        for key, item in self.items.items():
            if key.kind == "in_flight" and item.get("videos", 0):
                yield f"LEDGER: {item['videos']} in flight at rest"
            truth = days.pop(key.id, Counter()) if key.kind == "day" else None
            if truth is not None and any(item.get(name, 0) != truth[name] for name in names):
                stands = {name: item.get(name, 0) for name in names}
                yield f"LEDGER: {stands} at rest, not {dict(truth)}"
        yield from (f"LEDGER: nothing of {left}" for left in days)
        for video_id, last in self._last.items():
            if "reservation" in last:
                yield f"LEDGER: a reservation at rest: {video_id}"
            if "booked" in last and last["state"] != "expired":
                yield f"LEDGER: {last['state']} with booked: {video_id}"


def _counts(item: Item, held: Reservation) -> tuple[int, int]:
    """What an end counts as spent, and what stays unconfirmed (millionths of a dollar)."""
    usage, error = item.get("usage"), item.get("error")
    cost = None if usage is None else int(Decimal(usage.cost) * 1_000_000)
    match str(item["state"]):
        case "stored" | "transfer_failed":
            return held.usd if cost is None else cost, 0
        case "rejected" | "canceled":
            return 0, 0
        case "failed" if cost is not None:
            return cost, 0
        case "failed":
            assert error is not None
            free = error.code in NOT_SENT or error.billed == "no"
            return 0, 0 if free else held.usd
    return held.usd, 0


def _accounts(item: Item) -> tuple[str, ...]:
    owner, user = str(item["owner"]), item["request"].user
    return (_hash("owner", owner), *([_hash("user", owner, user)] if user else []))


def _hash(*name: str) -> str:
    return hashlib.sha256(json.dumps(name, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _bounds(kind: str, limits: Limits) -> list[tuple[str, int | None]]:
    if kind == "in_flight":
        return [("videos", limits.in_flight)]
    usd = limits.usd_per_day
    cap = None if usd is None else int(usd * 1_000_000)
    return [("videos", limits.videos_per_day), ("committed", cap)] if kind == "day" else []

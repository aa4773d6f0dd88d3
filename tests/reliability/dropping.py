"""The inbox in virtual time: what was dropped, what was told of it, which events nobody could handle; and its oracle."""

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from reelhook.domain.drops import Drop
from reelhook.domain.outcomes import DropOutcome
from reelhook.domain.ports.drops import Content, Inbox, Outcomes, Standing
from reelhook.domain.time import MINUTE, SECOND, Instant
from reelhook.domain.writes import Key
from tests.fakes import InMemoryInbox, InMemoryOutcomes
from tests.reliability.failing import NO_STORE
from tests.reliability.fault_port import FaultPort

INBOX = "inbox"
ENDS = {  # what each end is called outside
    "stored": "completed",
    "failed": "failed",
    "rejected": "failed",
    "transfer_failed": "failed",
    "canceled": "canceled",
    "expired": "expired",
}
RETRIES = (MINUTE, 2 * MINUTE)  # Lambda, "Asynchronous invocation": after one minute, then after two


class FaultyInbox:
    """`Inbox`."""

    def __init__(self, port: FaultPort, real: Inbox) -> None:
        self._port, self._real = port, real

    def find(self, key: str) -> Standing | None:
        return self._port.call("inbox.find", partial(self._real.find, key), NO_STORE, key)

    def read(self, key: str, etag: str, version_id: str | None = None) -> Content | None:
        read = partial(self._real.read, key, etag, version_id)
        return self._port.call("inbox.read", read, NO_STORE, key)


class FaultyOutcomes:
    """`Outcomes`."""

    def __init__(self, port: FaultPort, real: Outcomes) -> None:
        self._port, self._real = port, real

    def begin(self, outcome: DropOutcome) -> None:
        self._port.call("outcomes.begin", partial(self._real.begin, outcome), NO_STORE, outcome.status)

    def end(self, outcome: DropOutcome) -> None:
        self._port.call("outcomes.end", partial(self._real.end, outcome), NO_STORE, outcome.status)


class Dropped:
    """Every drop there was, by its event."""

    def __init__(self) -> None:
        self.inbox, self.outcomes = InMemoryInbox(), InMemoryOutcomes()
        self.drops: list[Drop] = []
        self.failed: list[Mapping[str, Any]] = []  # the queue of events that nobody could handle

    def put(self, key: str, data: bytes, request: str | None, now: Instant) -> dict[str, Any]:
        """An object is put; S3's event of it."""
        version = self.inbox.put(key, data, request)
        sequencer = f"{len(self.drops) + 1:016X}"
        self.drops.append(Drop(INBOX, key, sequencer, now // SECOND * SECOND, version.version_id))
        told = {"key": key, "size": len(data), "etag": version.etag, "sequencer": sequencer}
        return {
            "source": "aws.s3",
            "detail-type": "Object Created",
            "time": datetime.fromtimestamp(now // SECOND, UTC).isoformat(),
            "detail": {"bucket": {"name": INBOX}, "object": {**told, "version-id": version.version_id}},
        }

    def at_rest(self, items: Mapping[Key, Mapping[str, Any]]) -> Iterator[str]:
        """Nothing disappears: each drop is a video or a refusal, and told so, or its event waits for the operator."""
        failed = {event["detail"]["object"]["sequencer"] for event in self.failed}
        for drop in self.drops:
            video_id = id_of(drop)
            item, told = (
                items.get(Key("video", video_id)),
                self.outcomes.told.get(f"outcomes/{drop.key}/{video_id}.json"),
            )
            if told is None and drop.sequencer not in failed:
                yield f"D1: nobody was told of {drop.key}"
            if item is not None and item.get("drop", drop) != drop:
                yield f"D2: {drop.key} is on record as {item['drop']}"
            if item is None and told is not None and told.status not in ("refused", "superseded"):
                yield f"D3: {drop.key} is told to be {told.status}, and there is no video"
            if (
                item is not None
                and told is not None
                and told.status != ENDS.get(item.get("state", ""), told.status)
            ):
                yield f"D4: {drop.key} is told to be {told.status}, and its video is {item['state']}"
        known = {id_of(drop) for drop in self.drops}
        for key, item in items.items():
            if "drop" in item and key.id not in known:
                yield f"D2: {key.id} is nobody's drop"


def id_of(drop: Drop) -> str:
    """Worked out here once more, so that the oracle does not believe what it judges."""
    parts = ["drop", drop.key.split("/")[1], INBOX, drop.key, drop.version_id]
    canonical = json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
    return "video_" + b32encode(hashlib.sha256(canonical).digest()).decode().lower()[:26]

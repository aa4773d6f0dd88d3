"""The table's stream and the bus as neighbours: records in their order, again until they are done; and whom an end wakes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reelhook.adapters.items.videos import video_to_item
from reelhook.domain.ports.events import EventBus
from reelhook.domain.time import MINUTE, SECOND, Instant
from reelhook.domain.video import Video
from reelhook.domain.writes import Write
from tests.fakes.stores import NAMES
from tests.reliability.failing import NO_BUS
from tests.reliability.fault_port import FaultPort
from tests.reliability.telling import Told
from tests.template import source

type Item = Mapping[str, Any]
type Record = dict[str, Any]
type Later = Callable[[int, Callable[[], object]], None]
type Invoke = Callable[[str, Mapping[str, Any]], Any]

POLL, LONGEST_PAUSE = SECOND, 17 * MINUTE  # between two tries of a failing batch: twice as long each time


@cache
def reading() -> dict[str, Any]:
    """How the template has the stream read."""
    function = source()["Resources"]["PublishEvents"]["Properties"]
    told: dict[str, Any] = function["Events"]["Changes"]["Properties"]
    return told


@cache
def patterns() -> list[dict[str, Any]]:
    """What of the stream reaches PublishEvents."""
    return [json.loads(each["Pattern"]) for each in reading()["FilterCriteria"]["Filters"]]


@cache
def waking() -> dict[str, Any]:
    """The pattern of the rule before DispatchVideos."""
    function = source()["Resources"]["DispatchVideos"]["Properties"]
    pattern: dict[str, Any] = function["Events"]["VideoEnded"]["Properties"]["Pattern"]
    return pattern


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """A pattern of lists of values, as event filters and rules have them."""
    return all(
        matches(wanted, event.get(name) or {}) if isinstance(wanted, Mapping) else event.get(name) in wanted
        for name, wanted in pattern.items()
    )


def image(video_id: str, item: Item) -> Item:
    """An item as DynamoDB has it; of what is no video nothing but its kind."""
    if item["kind"] != "video":
        return {"kind": {"S": item["kind"]}}
    held = {name: item[name] for name in NAMES[Video] if name in item}
    return video_to_item(Video(**held | {"video_id": video_id}))


@dataclass(slots=True)
class Stream:
    """One shard. A batch that fails holds up what is behind it until it is too old; it is halved where it crashes.

    `copies`: how often each batch that went well comes nevertheless.
    """

    clock: Callable[[], Instant]
    later: Later
    invoke: Invoke
    told: Told = field(default_factory=Told)
    copies: int = 1
    aside: list[Record] = field(default_factory=list)
    _left: list[Record] = field(default_factory=list)
    _number: int = 0
    _most: int = 0  # records in one batch, less while it is halved
    _tries: int = 0
    _copy: int = 0
    _asked: bool = False

    def saw(self, write: Write, old: Item, new: Item) -> None:
        """A write that was applied to a video's item."""
        if old == new:
            return  # DynamoDB makes no record of a write that changed nothing
        self.told.saw(write.key.id, old, new, self.clock())
        self._number += 1
        images = {"NewImage": image(write.key.id, new)}
        if old:
            images["OldImage"] = image(write.key.id, old)
        made = {
            "ApproximateCreationDateTime": self.clock() // SECOND,
            "SequenceNumber": f"{self._number:021d}",
        }
        record = {"eventSource": "aws:dynamodb", "dynamodb": {**made, **images}}
        if any(matches(pattern, record) for pattern in patterns()):
            self._left.append(record)
            self._read_after(POLL)

    def redrive(self) -> None:
        """The operator has what was set aside handed over again."""
        again, self.aside = self.aside, []
        answer = self.invoke("PublishEvents", {"Records": again}) if again else {"batchItemFailures": []}
        if answer is None or answer["batchItemFailures"]:
            self.aside = again
            self.later(MINUTE, self.redrive)

    def _read_after(self, pause: int) -> None:
        if not self._asked:
            self._asked = True
            self.later(pause, self._read)

    def _read(self) -> None:
        batch = self._left[: self._most or reading()["BatchSize"]]
        answer = self.invoke("PublishEvents", {"Records": batch})
        self._asked = False
        if answer is None:
            self._most = max(1, len(batch) // 2)
            self._failed(batch)
        elif failures := answer["batchItemFailures"]:
            numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
            done = numbers.index(failures[0]["itemIdentifier"])
            del self._left[:done]
            self._tries = 0 if done else self._tries
            self._failed(batch[done:])
        elif self._copy + 1 < self.copies:
            self._copy += 1
            self._read_after(POLL)
        else:
            del self._left[: len(batch)]
            self._most = self._tries = self._copy = 0
            if self._left:
                self._read_after(POLL)

    def _failed(self, batch: list[Record]) -> None:
        oldest = batch[0]["dynamodb"]["ApproximateCreationDateTime"]
        if self.clock() // SECOND - oldest > reading()["MaximumRecordAgeInSeconds"]:
            self.aside.append(self._left.pop(0))
            self.told.given_up = True
            self._most = self._tries = 0
        if self._left:
            self._tries += 1
            self._read_after(min(POLL * 2**self._tries, LONGEST_PAUSE))


class Bus:
    """`EventBus`: whoever listens hears it, and an end wakes DispatchVideos by the template's rule."""

    def __init__(self, told: Told, later: Later, invoke: Invoke) -> None:
        self._told, self._later, self._invoke = told, later, invoke

    def put(self, event_type: str, at: Instant, detail: Mapping[str, object]) -> None:
        self._told.hears(event_type, at, detail)
        event = {"source": "reelhook", "detail-type": event_type, "detail": detail}
        if matches(waking(), event):
            self._later(SECOND, lambda: self._invoke("DispatchVideos", event))


class FaultyBus:
    """`EventBus`, behind the fault port."""

    def __init__(self, port: FaultPort, real: EventBus) -> None:
        self._port, self._real = port, real

    def put(self, event_type: str, at: Instant, detail: Mapping[str, object]) -> None:
        self._port.call("bus.put", lambda: self._real.put(event_type, at, detail), NO_BUS, event_type)

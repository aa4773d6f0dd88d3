"""The stores of videos and gates in DynamoDB."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reelhook.adapters.items.attributes import Item, id_in
from reelhook.adapters.items.gates import gate_from_item
from reelhook.adapters.items.videos import tombstone_from_item, video_from_item
from reelhook.adapters.questions import Question, due_in, listed
from reelhook.adapters.table import Table
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.gate import Gate
from reelhook.domain.lifecycle.writing import SHARDS
from reelhook.domain.listing import Listing
from reelhook.domain.ports.videos import Unusable
from reelhook.domain.time import Instant
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import Video
from reelhook.domain.writes import Key, Outcome, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoVideos:
    """`VideoStore` in the table of videos."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def read(self, video_id: str) -> Video | None:
        return video_from_item(self._table.read(Key("video", video_id)))

    def tombstone(self, video_id: str) -> Tombstone | None:
        return tombstone_from_item(self._table.read(Key("video", video_id)))

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        items = self._table.read_many([Key("video", video_id) for video_id in video_ids])
        standing = ((id_in(item), _video_or_reason(item)) for item in items)
        return {video_id: found for video_id, found in standing if found is not None}

    def listed(self, listing: Listing) -> Iterator[str]:
        return (id_in(item) for item in self._table.query(listed(listing)))

    def apply(self, write: Write) -> Outcome[Video]:
        applied, item = self._table.apply(write)
        return Outcome(applied, video_from_item(item))

    def with_task(self, task_id: str) -> tuple[str, ...]:
        return tuple(id_in(item) for item in self._table.query(Question("task", ("task_id", task_id))))

    def due(self, now: Instant) -> Iterator[str]:
        shards = [self._table.query(due_in(shard, now)) for shard in range(SHARDS)]
        return (id_in(item) for item in heapq.merge(*shards, key=lambda item: int(item["due_at"]["N"])))

    def queued(self, provider: str) -> Iterator[str]:
        return (id_in(item) for item in self._table.query(Question("queue", ("queue", provider))))


class DynamoGates:
    """`GateStore`, beside the videos."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def read(self, provider: str) -> Gate:
        return gate_from_item(provider, self._table.read(Key("gate", provider)))

    def apply(self, write: Write) -> Outcome[Gate]:
        applied, item = self._table.apply(write)
        return Outcome(applied, gate_from_item(write.key.id, item) if item else None)


def _video_or_reason(item: Item) -> Video | Unusable | None:
    try:
        return video_from_item(item)
    except (UnknownStateError, UnreadableItemError) as reason:
        return reason

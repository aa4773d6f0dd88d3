"""Table and bucket under watch: every change is seen, and an index may lag as DynamoDB's may."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reelhook.domain.ports.media import ObjectIdentity, ResultStream, StoredObject
from reelhook.domain.time import Instant
from reelhook.domain.writes import Key, Write
from tests.fakes import InMemoryMedia, InMemoryVideos

type Item = Mapping[str, Any]


class WatchedVideos(InMemoryVideos):
    """The table, with somebody who sees each change. `lag`: how far (ms) its indexes, by name, are behind it."""

    def __init__(self, seen: Callable[[Write, Item, Item], None], clock: Callable[[], Instant]) -> None:
        super().__init__()
        self._seen, self._clock = seen, clock
        self._past: list[tuple[Instant, Key, Item]] = []
        self.lag: dict[str, int] = {}
        self.listeners: list[Callable[[Write, Item, Item], None]] = []

    def write(self, write: Write) -> tuple[bool, Item | None]:
        old = self.items.get(write.key, {})
        applied, item = super().write(write)
        if applied and item is not None:
            self._past.append((self._clock(), write.key, item))
            self._seen(write, old, item)
            for listen in self.listeners:
                listen(write, old, item)
        return applied, item

    def with_task(self, task_id: str) -> tuple[str, ...]:
        return self._then("task").with_task(task_id)

    def due(self, now: Instant) -> Iterator[str]:
        return self._then("due").due(now)

    def queued(self, provider: str) -> Iterator[str]:
        return self._then("queue").queued(provider)

    def _then(self, index: str) -> InMemoryVideos:
        """The table as this index shows it."""
        shown, until = InMemoryVideos(), self._clock() - self.lag.get(index, 0)
        if index in self.lag:
            shown.items = {key: item for written, key, item in self._past if written <= until}
        else:
            shown.items = self.items
        return shown


class WatchedMedia(InMemoryMedia):
    """The bucket, which counts the versions of each object."""

    def __init__(self) -> None:
        super().__init__()
        self.versions: Counter[str] = Counter()

    def put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        old = self.contents.get(key)
        stored = super().put(key, stream, identity)
        self.versions[key] += self.contents[key] is not old
        return stored

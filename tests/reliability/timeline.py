"""Virtual time: what happens when, and the minutes in which a tick finds something to do."""

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from reelhook.domain.errors import ReelhookError
from reelhook.domain.time import MINUTE, SECOND, Instant
from reelhook.domain.writes import Key
from tests.builders import NOW
from tests.fakes import ManualClock
from tests.reliability.watch import Watch

MOST_STEPS = 20_000


class Timeline(ABC):
    """Events in their order, and the clock that follows them."""

    def __init__(self) -> None:
        self.clock = ManualClock(NOW)
        self.watch = Watch(self.clock)
        self.beside: Mapping[Key, Mapping[str, Any]] = {}  # what else may be due
        self._events: list[tuple[Instant, int, Callable[[], object]]] = []
        self._count = self._steps = 0

    @abstractmethod
    def dispatch(self) -> None:
        """The dispatcher's tick."""

    @abstractmethod
    def reconcile(self) -> None:
        """The reconciler's tick."""

    def later(self, after: int, act: Callable[[], object]) -> None:
        """Does it that much later."""
        self._count += 1
        heapq.heappush(self._events, (self.clock() + after, self._count, act))

    def wait(self, duration: int) -> None:
        """Time passes inside a call; what falls into it happens meanwhile, unless it is too short to matter."""
        if duration < SECOND:
            self.clock.advance(duration)
        else:
            self.pass_time(self.clock() + duration)

    def pass_time(self, until: Instant | None) -> None:
        """Everything that happens until then, or until nothing is left to do."""
        while True:
            tick = self._next_tick()
            event = self._events[0][0] if self._events else None
            at = min((time for time in (tick, event) if time is not None), default=None)
            if at is None or (until is not None and at > until):
                self.clock.now = max(self.clock.now, until or 0)
                return
            self._steps += 1
            if self._steps > MOST_STEPS:
                self.watch.violations.append("I3: it never comes to rest")
                self._events.clear()
                return
            self.clock.now = max(self.clock.now, at)
            if at == event:
                try:
                    heapq.heappop(self._events)[2]()
                except ReelhookError:
                    continue  # a request that arrived late, and that nobody waits for
            else:
                self._tick()

    def _tick(self) -> None:
        items = self._items()
        if any("queue" in item for item in items):
            self.dispatch()
        if any("open" in item and item["due_at"] <= self.clock() for item in items):
            self.reconcile()

    def _items(self) -> list[Mapping[str, Any]]:
        return [*self.watch.videos.items.values(), *self.beside.values()]

    def _next_tick(self) -> Instant | None:
        """The next minute in which a tick finds something: the quiet ones in between change nothing."""
        if self._steps > MOST_STEPS:
            return None
        times = list[Instant]()
        for item in self._items():
            if "open" in item:
                times.append(item["due_at"])
            if "queue" in item:
                gate = self.watch.gates.items.get(Key("gate", item["queue"]), {})
                times.append(max(gate.get("not_before", 0), gate.get("lease_until", -1) + 1))
        if not times:
            return None
        return -(-max(min(times), self.clock() + 1) // MINUTE) * MINUTE

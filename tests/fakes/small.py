"""The small ones: clock, randomness, keys, queue, journal."""

from collections import Counter
from collections.abc import Mapping

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.running import EventBusError, StoreError
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import Instant
from reelhook.domain.token import KeyRing


class ManualClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: Instant) -> None:
        self.now = now

    def __call__(self) -> Instant:
        return self.now

    def advance(self, by: int) -> Instant:
        """Goes on by so many milliseconds; what time it is then."""
        self.now += by
        return self.now


class CountingRandomness:
    """Never the same bytes twice, and always the same ones in the same order."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, amount: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(amount, "little")


class FixedKeys:
    """`CallbackKeys`; `newer` is what a second look would find."""

    def __init__(self, ring: KeyRing, newer: KeyRing | None = None) -> None:
        self.current, self.newer = ring, newer
        self.error: ReelhookError | None = None
        self.looks = 0

    def ring(self) -> KeyRing:
        if self.error is not None:
            raise self.error
        return self.current

    def newer_ring(self) -> KeyRing:
        self.looks += 1
        self.current = self.newer or self.current
        return self.current


class RecordingTransferQueue:
    """`TransferQueue`: `sent` are the ids, in order; a broken one takes nothing."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.broken = False

    def send(self, video_id: str) -> None:
        if self.broken:
            raise StoreError("SQS: ServiceUnavailable")
        self.sent.append(video_id)


class RecordingEventBus:
    """`EventBus`: `events` that it took, in order; not those whose id is `refused`, and none while `broken`."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Instant, Mapping[str, object]]] = []
        self.refused: set[object] = set()
        self.broken = False

    def put(self, event_type: str, at: Instant, detail: Mapping[str, object]) -> None:
        if self.broken or detail["id"] in self.refused:
            raise EventBusError("EventBridge: InternalFailure")
        self.events.append((event_type, at, detail))


class RecordingJournal:
    """`Journal`, for reading back."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, dict[str, object]]] = []
        self.warnings: list[tuple[str, dict[str, object]]] = []
        self.counts: Counter[Metric] = Counter()

    def note(self, message: str, **fields: object) -> None:
        self.notes.append((message, fields))

    def warn(self, message: str, **fields: object) -> None:
        self.warnings.append((message, fields))

    def count(self, metric: Metric, value: int = 1) -> None:
        self.counts[metric] += value

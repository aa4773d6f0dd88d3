"""In-memory doubles of every port. The contract tests hold each one to what its real adapter does."""

from tests.fakes.inbox import InMemoryInbox, InMemoryOutcomes
from tests.fakes.media import InMemoryMedia, StaticResults, StaticStream
from tests.fakes.provider import FakeProvider
from tests.fakes.references import InMemoryReferences
from tests.fakes.small import (
    CountingRandomness,
    FixedKeys,
    ManualClock,
    RecordingEventBus,
    RecordingJournal,
    RecordingTransferQueue,
)
from tests.fakes.stores import (
    InMemoryAccounts,
    InMemoryGates,
    InMemoryLedger,
    InMemoryTransactions,
    InMemoryVideos,
)

__all__ = [
    "CountingRandomness",
    "FakeProvider",
    "FixedKeys",
    "InMemoryAccounts",
    "InMemoryGates",
    "InMemoryInbox",
    "InMemoryLedger",
    "InMemoryMedia",
    "InMemoryOutcomes",
    "InMemoryReferences",
    "InMemoryTransactions",
    "InMemoryVideos",
    "ManualClock",
    "RecordingEventBus",
    "RecordingJournal",
    "RecordingTransferQueue",
    "StaticResults",
    "StaticStream",
]

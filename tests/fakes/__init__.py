"""In-memory doubles of every port. The contract tests hold each one to what its real adapter does."""

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
from tests.fakes.webhooks import (
    InMemoryDeliveries,
    InMemoryEndpoints,
    RecordingWebhookQueue,
    ScriptedTarget,
)

__all__ = [
    "CountingRandomness",
    "FakeProvider",
    "FixedKeys",
    "InMemoryAccounts",
    "InMemoryDeliveries",
    "InMemoryEndpoints",
    "InMemoryGates",
    "InMemoryLedger",
    "InMemoryMedia",
    "InMemoryReferences",
    "InMemoryTransactions",
    "InMemoryVideos",
    "ManualClock",
    "RecordingEventBus",
    "RecordingJournal",
    "RecordingTransferQueue",
    "RecordingWebhookQueue",
    "ScriptedTarget",
    "StaticResults",
    "StaticStream",
]

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
from tests.fakes.uploads import FixedProbe, InMemoryUploads
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
    "FixedProbe",
    "InMemoryAccounts",
    "InMemoryDeliveries",
    "InMemoryEndpoints",
    "InMemoryGates",
    "InMemoryInbox",
    "InMemoryLedger",
    "InMemoryMedia",
    "InMemoryOutcomes",
    "InMemoryReferences",
    "InMemoryTransactions",
    "InMemoryUploads",
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

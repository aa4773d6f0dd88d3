"""The use cases over in-memory neighbours: a whole stack without a wire, with time in the test's hands."""

from collections.abc import Callable
from typing import Any

from reelhook.domain.callback import Callback
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.running import StoreError
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.model import Model
from reelhook.domain.owners import OwnerLimits
from reelhook.domain.references import Asked
from reelhook.domain.request import VideoRequest
from reelhook.domain.schedule import Timing
from reelhook.domain.time import DAY, HOUR, SECOND
from reelhook.domain.token import Bearing, mint
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write
from reelhook.use_cases.awaiting import Awaiting
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.copying import CopyTools
from reelhook.use_cases.dispatch import Dispatch
from reelhook.use_cases.ending import Ending
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.rechecking import Rechecking
from reelhook.use_cases.reconciliation import Reconciliation
from reelhook.use_cases.recording import Recording
from reelhook.use_cases.referencing import References
from reelhook.use_cases.removal import Removal
from reelhook.use_cases.sending import Sender, SendingRules
from reelhook.use_cases.settlement import Settlement
from reelhook.use_cases.submission import Submission
from reelhook.use_cases.transfer import InlineTransfer, Transfers
from reelhook.use_cases.uploading import Uploading
from tests.builders import LINK, NOW, RING, TIMING, a_request, an_mp4
from tests.fakes import (
    CountingRandomness,
    FakeProvider,
    FixedKeys,
    FixedProbe,
    InMemoryAccounts,
    InMemoryGates,
    InMemoryLedger,
    InMemoryMedia,
    InMemoryReferences,
    InMemoryTransactions,
    InMemoryUploads,
    InMemoryVideos,
    ManualClock,
    RecordingJournal,
    RecordingTransferQueue,
    StaticResults,
)

MAX_AGE = 168 * HOUR
STAGE = "prod"
UPLOADS_PER_DAY = 3


class Videos(InMemoryVideos):
    """A table whose writes can fail: `fault` is asked before (False) and after (True) each one."""

    fault: Callable[[Write, bool], None] = staticmethod(lambda _write, _after: None)
    unreadable = False

    def read(self, video_id: str) -> Video | None:
        if self.unreadable:
            raise StoreError("DynamoDB: down")
        return super().read(video_id)

    def apply(self, write: Write) -> Outcome[Video]:
        self.fault(write, False)
        outcome = super().apply(write)
        self.fault(write, True)
        return outcome


class SilentTransactions(InMemoryTransactions):
    """Transactions whose answers get lost: applied (True) or not, as many as there are."""

    silent: tuple[bool, ...] | list[bool] = ()

    def apply(self, transaction: Transaction) -> Together:
        first = transaction.writes[0]
        self.fault(first, False)
        if not self.silent:
            outcome = super().apply(transaction)
            self.fault(first, True)
            return outcome
        applied, *self.silent = self.silent
        if applied:
            super().apply(transaction)
        raise StoreError("DynamoDB: no answer")

    def fault(self, write: Write, after: bool) -> None:
        """What becomes of the first write becomes of all."""
        videos = self._videos
        assert isinstance(videos, Videos)
        videos.fault(write, after)


def once(name: str, *, after: bool) -> Callable[[Write, bool], None]:
    """A fault: the first write of this name is not answered; it was applied (`after`) or not."""
    left = [name]

    def fault(write: Write, applied: bool) -> None:
        if applied is after and write.name in left:
            left.remove(write.name)
            raise StoreError("DynamoDB: no answer")

    return fault


class World:
    """Everything that the functions are made of, and what happened to it."""

    def __init__(
        self,
        *,
        inline_seconds: int = 18,
        retention_days: int = 0,
        timing: Timing = TIMING,
        models: tuple[Model, ...] = (),
        others: dict[str, FakeProvider] | None = None,
    ) -> None:
        self.clock, self.randomness = ManualClock(NOW), CountingRandomness()
        self.videos, self.gates, self.accounts = Videos(), InMemoryGates(), InMemoryAccounts()
        self.transactions = SilentTransactions(self.videos)
        self.ledger = InMemoryLedger(self.transactions)
        self.limits = OwnerLimits()
        self.provider, self.keys = FakeProvider(), FixedKeys(RING)
        self.queue, self.journal = RecordingTransferQueue(), RecordingJournal()
        self.settlement = Settlement(self.transactions, self.randomness, self.journal)
        self.media, self.results = InMemoryMedia(), StaticResults({LINK: an_mp4()})
        self.catalog = Catalog(models, fallback=timing)
        providers = {**(others or {}), "apixo": self.provider}
        rules = SendingRules(STAGE, "https://callbacks.example", MAX_AGE, retention_days)
        self.references, self.uploads, self.probe = InMemoryReferences(), InMemoryUploads(), FixedProbe()
        references = References(self.references)
        self.uploading = Uploading(
            self.uploads, self.transactions, self.clock, self.randomness, UPLOADS_PER_DAY
        )
        self.examination = Examination(self.uploads, self.probe, self.catalog)
        sender = Sender(
            self.videos,
            self.gates,
            providers,
            references,
            self.catalog,
            self.keys,
            self.clock,
            self.journal,
            rules,
        )
        confirmation = Confirmation(
            self.videos, providers, self.catalog, self.clock, self.journal, retention_days
        )
        tools = CopyTools(
            self.videos, self.results, self.media, lambda: confirmation, self.clock, self.journal
        )
        self.recording = Recording(self.videos, self.transactions, references, self.catalog, self.clock)
        self.submission = Submission(
            self.videos,
            self.gates,
            self.recording,
            sender,
            self.settlement,
            self.catalog,
            self.clock,
            self.randomness,
            self.journal,
            MAX_AGE,
        )
        self.dispatch = Dispatch(
            self.videos,
            self.gates,
            Owners(self.accounts, self.clock),
            sender,
            self.catalog,
            providers,
            self.clock,
            self.randomness,
            self.journal,
            retention_days,
        )
        self.transfers = Transfers(tools, self.queue, self.randomness, retention_days)
        self.callbacks = Callbacks(
            self.videos,
            providers,
            self.keys,
            confirmation,
            InlineTransfer(self.transfers, self.clock, inline_seconds),
            self.clock,
            self.journal,
            STAGE,
        )
        awaiting = Awaiting(
            self.videos, self.queue, confirmation, self.catalog, self.clock, self.journal, retention_days
        )
        self.reconciliation = Reconciliation(
            self.videos,
            self.queue,
            awaiting,
            Removal(self.videos, self.media, references, self.clock, self.journal),
            references,
            self.settlement,
            self.clock,
            self.journal,
            retention_days,
        )
        self.reading = Reading(self.videos, self.media, self.settlement, self.clock)
        self.ending = Ending(
            self.reading, self.videos, self.settlement, self.clock, self.journal, retention_days
        )
        self.rechecking = Rechecking(self.videos, self.queue, confirmation, self.clock, self.journal)

    def submit(self, key: str | None = "key-1", request: VideoRequest | None = None, retry: int = 0) -> Video:
        """A client's request, which arrives as it is handled."""
        attempt = Attempt(self.clock(), retry)
        asked = request or a_request()
        return self.submission.submit("owner-1", asked, key, attempt, limits=self.limits).video

    def submit_held(self, asked: Asked, key: str | None = "key-1", retry: int = 0) -> Video:
        """The same of a request that came with bytes."""
        attempt = Attempt(self.clock(), retry)
        return self.submission.submit("owner-1", asked.request, key, attempt, asked.held).video

    def deliver(self, video: Video, raw: bytes | None = None, **changes: Any) -> int:
        """A callback as the provider would send it; the status it is answered."""
        task_id = video.task_id or "task-1"
        whole = f'{{"taskId":"{task_id}","state":"success"}}'.encode() if raw is None else raw
        token = mint(RING.current, Bearing(STAGE, "apixo", video.video_id), self.clock() + TIMING.token_life)
        given = {
            "provider": "apixo",
            "video_id": video.video_id,
            "token": token,
            "headers": {},
            "body": whole.decode(),
        }
        callback = Callback(**{**given, "is_base64": False, **changes})
        return self.callbacks.receive(callback, self.clock() + 28 * SECOND)

    def tick(self, after: int = 0) -> None:
        """The minute's tick of the reconciler, some time later."""
        self.clock.advance(after)
        self.reconciliation.tick(self.clock() + 60 * SECOND)

    def dispatch_tick(self, after: int = 0, *, woken: bool = False) -> None:
        """The minute's tick of the dispatcher, some time later."""
        self.clock.advance(after)
        self.dispatch.run(self.clock() + 120 * SECOND, woken=woken)

    def work(self) -> None:
        """TransferVideo takes every message there is."""
        sent, self.queue.sent = self.queue.sent, []
        for video_id in sent:
            self.transfers.from_queue(video_id, self.clock() + 280 * SECOND)

    def see(self, video: Video) -> Video:
        """The video as it stands."""
        standing = self.videos.read(video.video_id)
        assert standing is not None
        return standing

    def only_video(self) -> Video:
        """The one video there is."""
        [key] = self.videos.items
        standing = self.videos.read(key.id)
        assert standing is not None
        return standing

    def state(self, video: Video) -> State:
        """Where the video stands."""
        return self.see(video).state


LONG = 60 * DAY

"""Sending queued videos, oldest first, for as long as the provider has room."""

from collections.abc import Iterable

from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.running import (
    ProviderKeyError,
    StoreError,
    UnknownStateError,
    UnreadableItemError,
)
from reelhook.domain.gate import end_round, lease_round
from reelhook.domain.lifecycle.sending import claim_queued, refuse_owner
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import GateStore, VideoStore
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import is_mine
from reelhook.use_cases.claiming import take
from reelhook.use_cases.owners import Owners
from reelhook.use_cases.sending import Sender

ROUND_MARGIN = 30 * SECOND  # longer than one POST with its two connects: no round is cut in mid-send


class Dispatch:
    """One round per provider; the lease keeps order and spares refusals, safety rests on the claim alone."""

    def __init__(
        self,
        videos: VideoStore,
        gates: GateStore,
        owners: Owners,
        sender: Sender,
        catalog: Catalog,
        providers: Iterable[str],
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._videos, self._gates, self._sender, self._catalog = videos, gates, sender, catalog
        self._owners, self._retention_days = owners, retention_days
        self._providers, self._clock = tuple(providers), clock
        self._randomness, self._journal = randomness, journal

    def run(self, until: Instant, *, woken: bool = False) -> None:
        """Sends what may be sent before `until`, the function's end; `woken` by a video's end, or by the tick."""
        for provider in filter(self._has_queued, self._providers):
            lease = self._randomness(16).hex()
            if self._leased(provider, lease, until, woken):
                try:
                    self._round(provider, until - ROUND_MARGIN)
                except (StoreError, ProviderKeyError) as error:  # another provider's videos may go out
                    self._journal.warn("round ended early", provider=provider, detail=str(error))
                finally:
                    self._end(provider, lease)

    def _has_queued(self, provider: str) -> bool:
        """Mostly nothing waits, and to see that costs a tenth of a lease and its end."""
        try:
            return next(iter(self._videos.queued(provider)), None) is not None
        except StoreError:
            self._journal.warn("queue not read", provider=provider)
            return False

    def _leased(self, provider: str, lease: str, until: Instant, woken: bool) -> bool:
        write = lease_round(provider, lease, until, self._clock(), woken=woken)
        try:
            outcome = self._gates.apply(write)
        except StoreError:
            self._journal.warn("gate not leased", provider=provider)
            return False
        return outcome.applied or is_mine(write, outcome.item)

    def _round(self, provider: str, until: Instant) -> None:
        for video_id in self._videos.queued(provider):
            if self._clock() >= until or not self._send(video_id):
                return

    def _send(self, video_id: str) -> bool:
        """Whether the round goes on: it ends at the first video that has to wait."""
        try:
            video = self._videos.read(video_id)
            if video is None or video.state is not State.QUEUED:
                return True
            disabled = self._owners.find(video.owner).disabled
        except (UnknownStateError, UnreadableItemError) as error:
            self._journal.warn("queued video is not readable", video_id=video_id, detail=str(error))
            self._journal.count(Metric.ITEM_POISONED)
            return True
        if disabled:
            self._refuse(video)
            return True
        submission = self._sender.prepare(video)
        timing = self._catalog.timing(video.request)
        claim = self._randomness(16).hex()
        claimed = take(self._videos, claim_queued(video, claim, self._clock(), timing))
        if not claimed.applied or claimed.item is None:
            return True
        return not self._sender.send(claimed.item, submission, from_queue=True).waits

    def _refuse(self, video: Video) -> None:
        self._videos.apply(refuse_owner(video, self._clock(), self._retention_days))
        self._journal.note("owner disabled", video_id=video.video_id)

    def _end(self, provider: str, lease: str) -> None:
        try:
            self._gates.apply(end_round(provider, lease))
        except StoreError:
            self._journal.warn("gate's lease left to lapse", provider=provider)

"""Accepting a request: record first, then submit, once per idempotency key."""

from dataclasses import dataclass

from reelhook.domain.catalog import Catalog
from reelhook.domain.errors import IdempotencyKeyReuseError, StoreError
from reelhook.domain.lifecycle.sending import claim_new, enqueue_new
from reelhook.domain.ports import Clock, GateStore, Journal, Randomness, VideoStore
from reelhook.domain.request import VideoRequest, request_hash
from reelhook.domain.video import State, Video
from reelhook.domain.video_ids import derived_video_id, random_video_id
from reelhook.domain.writes import Outcome
from reelhook.use_cases.claiming import take
from reelhook.use_cases.sending import Sender


@dataclass(frozen=True, slots=True)
class Submitted:
    """The video a request stands for; `replayed`: an earlier request with the same key made it."""

    video: Video
    replayed: bool = False


class Submission:
    """Takes requests that are already parsed, checked and authorised."""

    def __init__(
        self,
        videos: VideoStore,
        gates: GateStore,
        sender: Sender,
        catalog: Catalog,
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
        max_age: int,
    ) -> None:
        self._videos, self._gates, self._sender, self._catalog = videos, gates, sender, catalog
        self._clock, self._randomness, self._journal, self._max_age = clock, randomness, journal, max_age

    def submit(self, owner: str, request: VideoRequest, key: str | None) -> Submitted:
        """One request, one video, at most one paid task.

        Raises `IdempotencyKeyReuseError`, `NotConfiguredError`, and `StoreError` when nothing was sent.
        """
        draft = self._draft(owner, request, key)
        if self._gate_closed(draft.provider):
            outcome = take(self._videos, enqueue_new(draft, self._max_age))
            return Submitted(outcome.item or draft) if outcome.applied else _earlier(draft, outcome)
        submission = self._sender.prepare(draft)
        timing = self._catalog.timing(draft.request)
        claimed = take(self._videos, claim_new(draft, self._randomness(16).hex(), self._clock(), timing))
        if not claimed.applied or claimed.item is None:
            return _earlier(draft, claimed)
        return Submitted(self._sender.send(claimed.item, submission, from_queue=False).video)

    def _draft(self, owner: str, request: VideoRequest, key: str | None) -> Video:
        video_id = (
            random_video_id(self._randomness(17)) if key is None else derived_video_id("header", owner, key)
        )
        return Video(
            video_id=video_id,
            owner=owner,
            request=request,
            request_hash=request_hash(request),
            provider=request.model.partition("/")[0],
            model=request.model,
            created_at=self._clock(),
            state=State.QUEUED,
        )

    def _gate_closed(self, provider: str) -> bool:
        try:
            return self._gates.read(provider).closed(self._clock())
        except StoreError:
            self._journal.warn("gate not readable, taken as open", provider=provider)
            return False


def _earlier(draft: Video, outcome: Outcome[Video]) -> Submitted:
    if outcome.item is None or outcome.item.request_hash != draft.request_hash:
        raise IdempotencyKeyReuseError("This Idempotency-Key was used for a different request.")
    return Submitted(outcome.item, replayed=True)

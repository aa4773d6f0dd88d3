"""Accepting a request: record first, then submit, once per idempotency key, or per attempt and its SDK's retries."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelhook.domain.catalog import Catalog
from reelhook.domain.errors import (
    IdempotencyKeyReuseError,
    ObjectConflictError,
    StoreError,
    VideoGoneError,
)
from reelhook.domain.fingerprint import Attempt, Fingerprint, fingerprint_of
from reelhook.domain.lifecycle.recognising import leave_fingerprint
from reelhook.domain.lifecycle.sending import claim_new, enqueue_new
from reelhook.domain.ports import Clock, GateStore, Journal, Randomness, Transactions, VideoStore
from reelhook.domain.references import HeldMedia
from reelhook.domain.request import VideoRequest, request_hash
from reelhook.domain.video import State, Video
from reelhook.domain.video_ids import derived_video_id, random_video_id
from reelhook.domain.writes import Transaction, Write
from reelhook.use_cases.claiming import take, take_together
from reelhook.use_cases.referencing import References
from reelhook.use_cases.sending import Sender


@dataclass(frozen=True, slots=True)
class Submitted:
    """The video a request stands for; `replayed`: an earlier attempt made it, by its key or its fingerprint."""

    video: Video
    replayed: bool = False


class Submission:
    """Takes requests that are already parsed, checked and authorised."""

    def __init__(
        self,
        videos: VideoStore,
        transactions: Transactions,
        gates: GateStore,
        references: References,
        sender: Sender,
        catalog: Catalog,
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
        max_age: int,
    ) -> None:
        self._videos, self._transactions, self._gates = videos, transactions, gates
        self._references, self._sender, self._catalog = references, sender, catalog
        self._clock, self._randomness, self._journal, self._max_age = clock, randomness, journal, max_age

    def submit(
        self,
        owner: str,
        request: VideoRequest,
        key: str | None,
        attempt: Attempt,
        held: Sequence[HeldMedia] = (),
    ) -> Submitted:
        """One request, one video, at most one paid task; `held` are the bytes of the request's references.

        Raises `IdempotencyKeyReuseError`, `VideoGoneError`, `NotConfiguredError`, and `StoreError` when nothing was sent.
        """
        draft, claim = self._draft(owner, request, key, len(held)), self._randomness(16).hex()
        if held and key is not None and (earlier := self._met(draft)) is not None:
            return earlier
        if self._gate_closed(draft.provider):
            self._keep(draft, held)
            return self._recorded(enqueue_new(draft, claim, self._max_age), draft, claim, key, attempt)
        submission = self._sender.prepare(draft)
        self._keep(draft, held)
        write = claim_new(draft, claim, self._clock(), self._catalog.timing(draft.request))
        recorded = self._recorded(write, draft, claim, key, attempt)
        if recorded.replayed:
            return recorded
        return Submitted(self._sender.send(recorded.video, submission, from_queue=False).video)

    def _recorded(
        self, write: Write, draft: Video, claim: str, key: str | None, attempt: Attempt
    ) -> Submitted:
        """The video that is on record now: this draft, or the one that this very request became before."""
        if key is not None:
            taken = take(self._videos, write)
            return Submitted(taken.item or draft) if taken.applied else _earlier(draft, taken.item)
        fingerprint = fingerprint_of(draft.owner, draft.request_hash)
        left = leave_fingerprint(fingerprint, draft.video_id, attempt, self._clock())
        together = take_together(self._videos, self._transactions, Transaction((write, left), claim))
        met = together.refused.get(left.name)
        if isinstance(met, Fingerprint):
            return _earlier(draft, self._videos.read(met.video_id))
        if together.refused or not isinstance(write.put, Video):
            raise StoreError("this random id is taken")  # 130 bits: it would be our mistake
        return Submitted(write.put)

    def _met(self, draft: Video) -> Submitted | None:
        """What this key stands for already: then its references may be gone, and nobody would remove new ones."""
        standing = self._videos.read(draft.video_id)
        if standing is None and self._videos.tombstone(draft.video_id) is None:
            return None
        return _earlier(draft, standing)

    def _keep(self, draft: Video, held: Sequence[HeldMedia]) -> None:
        """What is kept for a request that then comes to no video goes with the bucket's lifecycle."""
        try:
            self._references.keep(draft, held)
        except ObjectConflictError:  # an earlier attempt got no further than this
            raise _reused() from None

    def _draft(self, owner: str, request: VideoRequest, key: str | None, references: int) -> Video:
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
            references=references,
        )

    def _gate_closed(self, provider: str) -> bool:
        try:
            return self._gates.read(provider).closed(self._clock())
        except StoreError:
            self._journal.warn("gate not readable, taken as open", provider=provider)
            return False


def _earlier(draft: Video, video: Video | None) -> Submitted:
    if video is None:
        raise VideoGoneError
    if video.request_hash != draft.request_hash:
        raise _reused()
    return Submitted(video, replayed=True)


def _reused() -> IdempotencyKeyReuseError:
    return IdempotencyKeyReuseError("This Idempotency-Key was used for a different request.")

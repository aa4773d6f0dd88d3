"""Accepting a request: record first, then submit, once per idempotency key, or per attempt and its SDK's retries."""

from collections.abc import Sequence
from dataclasses import dataclass

from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.requests import IdempotencyKeyReuseError, VideoGoneError
from reelhook.domain.errors.results import ObjectConflictError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.fingerprint import Attempt, Fingerprint, fingerprint_of
from reelhook.domain.lifecycle.recognising import leave_fingerprint
from reelhook.domain.lifecycle.sending import claim_new, enqueue_new
from reelhook.domain.owners import OwnerLimits
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.videos import GateStore, VideoStore
from reelhook.domain.references import HeldMedia
from reelhook.domain.request import VideoRequest
from reelhook.domain.uploads import UploadVersion
from reelhook.domain.video import Video
from reelhook.domain.video_ids import derived_video_id, random_video_id
from reelhook.domain.writes import Write
from reelhook.use_cases.recording import Recording
from reelhook.use_cases.sending import Sender
from reelhook.use_cases.settlement import Settlement

NO_LIMITS = OwnerLimits()


@dataclass(frozen=True, slots=True)
class Submitted:
    """The video a request stands for; `replayed`: an earlier attempt made it, by its key or its fingerprint."""

    video: Video
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class _Asking:
    """One request on its way to the record."""

    draft: Video
    claim: str
    key: str | None
    attempt: Attempt
    limits: OwnerLimits


class Submission:
    """Takes requests that are already parsed, checked and authorised."""

    def __init__(
        self,
        videos: VideoStore,
        gates: GateStore,
        recording: Recording,
        sender: Sender,
        settlement: Settlement,
        catalog: Catalog,
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
        max_age: int,
    ) -> None:
        self._videos, self._gates, self._recording = videos, gates, recording
        self._sender, self._settlement, self._catalog = sender, settlement, catalog
        self._clock, self._randomness, self._journal, self._max_age = clock, randomness, journal, max_age

    def submit(
        self,
        owner: str,
        request: VideoRequest,
        key: str | None,
        attempt: Attempt,
        held: Sequence[HeldMedia] = (),
        uploads: Sequence[UploadVersion] = (),
        *,
        limits: OwnerLimits = NO_LIMITS,
    ) -> Submitted:
        """One request, one video, at most one paid task; `held` are the bytes of the request's references.

        `uploads` are what it names besides, by the versions that were looked into.

        An earlier attempt's video counts against no limit again.

        Raises `IdempotencyKeyReuseError`, `VideoGoneError`, `QuotaExceededError`, `PriceUnknownError`,
        `NotConfiguredError`, and `StoreError` when nothing was sent.
        """
        draft = self._recording.draft(self._video_id(owner, key), owner, request, limits, len(held), uploads)
        claim = self._randomness(16).hex()
        asking = _Asking(draft, claim, key, attempt, limits)
        if held and key is not None and (earlier := self._met(draft)) is not None:
            return earlier
        if self._gate_closed(draft.provider):
            self._keep(draft, held)
            return self._recorded(enqueue_new(draft, claim, self._max_age), asking)
        submission = self._sender.prepare(draft)
        self._keep(draft, held)
        write = claim_new(draft, claim, self._clock(), self._catalog.timing(draft.request))
        recorded = self._recorded(write, asking)
        if recorded.replayed:
            return recorded
        video = self._sender.send(recorded.video, submission, from_queue=False).video
        self._settlement.try_to_settle(video)
        return Submitted(video)

    def _recorded(self, write: Write, asking: _Asking) -> Submitted:
        """The video that is on record now: this draft, or the one that this very request became before."""
        draft, also = asking.draft, list[Write]()
        if asking.key is None:
            fingerprint = fingerprint_of(draft.owner, draft.request_hash)
            also.append(leave_fingerprint(fingerprint, draft.video_id, asking.attempt, self._clock()))
        met = self._recording.record(write, draft, asking.limits, asking.claim, *also)
        if write.name in met and also:
            raise StoreError("this random id is taken")  # 130 bits: it would be our mistake
        if write.name in met:
            stood = met[write.name]
            return _earlier(draft, stood if isinstance(stood, Video) else None)
        for stood in met.values():
            return _earlier(
                draft, self._videos.read(stood.video_id) if isinstance(stood, Fingerprint) else None
            )
        return Submitted(write.put if isinstance(write.put, Video) else draft)

    def _met(self, draft: Video) -> Submitted | None:
        """What this key stands for already: then its references may be gone, and nobody would remove new ones."""
        standing = self._recording.standing(draft.video_id)
        if standing is None:
            return None
        return _earlier(draft, standing if isinstance(standing, Video) else None)

    def _keep(self, draft: Video, held: Sequence[HeldMedia]) -> None:
        """What is kept for a request that then comes to no video goes with the bucket's lifecycle."""
        try:
            self._recording.keep(draft, held)
        except ObjectConflictError:  # an earlier attempt got no further than this
            raise _reused() from None

    def _video_id(self, owner: str, key: str | None) -> str:
        return (
            random_video_id(self._randomness(17)) if key is None else derived_video_id("header", owner, key)
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

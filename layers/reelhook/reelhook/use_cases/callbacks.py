"""Receiving a callback: verify, record, confirm, transfer. It is a hint; the provider's own answer is the truth."""

from collections.abc import Mapping

from reelhook.domain import token as tokens
from reelhook.domain.answers import Hint
from reelhook.domain.callback import Callback
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.running import StoreError, TryAgainError, UnknownStateError
from reelhook.domain.lifecycle.confirming import AWAITING, MAX_ASKED, hint
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.providers import CallbackKeys, Provider
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.time import Instant
from reelhook.domain.video import State, Video
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.transfer import InlineTransfer

LOOK_UP_SECONDS = 3.0
READS = 3  # the state as read, and again at most twice


class Callbacks:
    """Verifies and records deliveries; after the record the answer is 200, whatever happens next."""

    def __init__(
        self,
        videos: VideoStore,
        providers: Mapping[str, Provider],
        keys: CallbackKeys,
        confirmation: Confirmation,
        transfer: InlineTransfer,
        clock: Clock,
        journal: Journal,
        stage: str,
    ) -> None:
        self._videos, self._providers, self._keys = videos, providers, keys
        self._confirmation, self._transfer = confirmation, transfer
        self._clock, self._journal, self._stage = clock, journal, stage

    def receive(self, callback: Callback, until: Instant) -> int:
        """The HTTP status for the provider: exactly 200 once a durable write stands; `until` is the function's end.

        404 for every token that is not ours, 500 and 503 where the provider should come again.
        """
        try:
            if not self._genuine(callback):
                self._journal.count(Metric.CALLBACK_REFUSED)
                return 404
            claimed = self._read(callback)
            confirmed = self._record(callback.video_id, claimed)
        except TryAgainError as error:
            self._journal.warn("callback not recorded", video_id=callback.video_id, reason=str(error))
            return 503
        except UnknownStateError as error:
            self._journal.warn("unknown state, left alone", video_id=callback.video_id, state=error.state)
            self._journal.count(Metric.UNKNOWN_STATE)
            return 503
        except ReelhookError as error:
            reason = type(error).__name__
            self._journal.warn(
                "callback not recorded", video_id=callback.video_id, reason=reason, detail=str(error)
            )
            return 500
        if confirmed is not None:
            self._confirm(*confirmed, until)
        return 200

    def _genuine(self, callback: Callback) -> bool:
        token = tokens.read(callback.token, callback.video_id)
        if token is None or callback.provider not in self._providers:
            return False
        ring = self._keys.ring()
        if ring.find(token.key_id) is None:
            ring = self._keys.newer_ring()
        bearing = tokens.Bearing(self._stage, callback.provider, callback.video_id)
        return tokens.verify(token, ring, bearing, self._clock())

    def _read(self, callback: Callback) -> Hint:
        body = callback.decoded()
        if body is None:
            return Hint(None)
        return self._providers[callback.provider].read_callback(callback.headers, body)

    def _record(self, video_id: str, claimed: Hint) -> tuple[Video, str] | None:
        """T5. Answers what to confirm; nothing where no callback is awaited any more."""
        video = self._videos.read(video_id)
        for _ in range(READS):
            if video is None or video.state not in AWAITING:
                self._note_late(video_id, video, claimed)
                return None
            task_id = video.task_id or claimed.task_id
            if task_id is None:
                raise TryAgainError("no task id in the item or in the body")
            if video.asked >= MAX_ASKED:
                raise TryAgainError("this video's confirmations are used up")
            outcome = self._videos.apply(hint(video, task_id, self._clock()))
            if outcome.applied and outcome.item is not None:
                self._journal.note("callback", video_id=video_id, task_id=task_id)
                return outcome.item, task_id
            video = outcome.item
        raise StoreError("the video changed under every read")

    def _confirm(self, video: Video, task_id: str, until: Instant) -> None:
        """From here on the item is due in a minute, so no failure is worth another delivery."""
        try:
            answer = self._confirmation.look_up(video, task_id, LOOK_UP_SECONDS)
            settled = self._confirmation.settle(video, task_id, answer)
            if settled is not None and settled.state is State.RESULT_READY:
                self._transfer.begin(settled, until)
        except ReelhookError as error:
            self._journal.warn(
                "left to the reconciler",
                video_id=video.video_id,
                reason=type(error).__name__,
                detail=str(error),
            )

    def _note_late(self, video_id: str, video: Video | None, claimed: Hint) -> None:
        state = "none" if video is None else video.state
        self._journal.note("callback after the fact", video_id=video_id, state=state)
        unpaid = (State.FAILED, State.REJECTED, State.CANCELED)
        if claimed.claims_success and video is not None and video.state in unpaid:
            self._journal.count(Metric.LATE_RESULT)

"""Copying a result from the provider's link to the bucket, by whoever holds the lease."""

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    LinkRefusedError,
    MediaError,
    NotAVideoError,
    ObjectConflictError,
    OutOfTimeError,
    ResultError,
    UnknownOriginError,
)
from reelhook.domain.lifecycle import transferring
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Metric
from reelhook.domain.ports.videos import TransferQueue
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.transfer_errors import is_final, told
from reelhook.domain.video import Artifact, State, Video
from reelhook.use_cases.claiming import settle, take
from reelhook.use_cases.copying import Copy, CopyTools, LeaseLostError, TooLargeInlineError

INLINE_END_MARGIN = 5 * SECOND


class Transfers:
    """Runs attempts and records how each one ended."""

    def __init__(
        self, tools: CopyTools, queue: TransferQueue, randomness: Randomness, retention_days: int
    ) -> None:
        self._tools, self._queue, self._randomness = tools, queue, randomness
        self._retention_days = retention_days

    def from_queue(self, video_id: str, until: Instant) -> None:
        """One message of the queue: the item says whether there is anything to do.

        A copy of a message that was already tried is none: it would use up at once what a young link has left.
        """
        video = self._tools.videos.read(video_id)
        if video is None or video.state not in (State.RESULT_READY, State.TRANSFERRING):
            return
        if not video.tries or video.sends > video.failed_sends:
            self.attempt(video, until, inline=False)

    def attempt(self, video: Video, until: Instant, *, inline: bool) -> None:
        """One attempt that ends by `until`; what it comes to is recorded. Raises `StoreError` only."""
        lease = self._randomness(16).hex()
        write = transferring.take(video, lease, until, self._tools.clock())
        outcome = take(self._tools.videos, write)
        if not outcome.applied or outcome.item is None:
            return
        copy = Copy(self._tools, outcome.item, lease, until, inline=inline)
        try:
            artifacts = copy.run()
        except LeaseLostError:
            self._tools.journal.warn("lease lost", video_id=video.video_id)
        except (OutOfTimeError, TooLargeInlineError) as error:
            if inline:
                self._hand_over(copy.video, lease, error)
            else:
                self._fail(copy, lease, error)
        except (ResultError, MediaError) as error:
            self._fail(copy, lease, error)
        else:
            self._store(copy.video, lease, artifacts)

    def hand_to_queue(self, video: Video) -> None:
        """Asks TransferVideo for it; raises `StoreError`, after which the item is still due."""
        self._queue.send(video.video_id)

    def _hand_over(self, video: Video, lease: str, error: ReelhookError) -> None:
        self._tools.journal.note("handed over", video_id=video.video_id, reason=type(error).__name__)
        outcome = settle(self._tools.videos, transferring.hand_over(video, lease, self._tools.clock()))
        if outcome.applied:
            self.hand_to_queue(video)

    def _store(self, video: Video, lease: str, artifacts: tuple[Artifact, ...]) -> None:
        now, days = self._tools.clock(), self._retention_days
        outcome = settle(self._tools.videos, transferring.store(video, lease, artifacts, now, days))
        size = sum(artifact.size for artifact in artifacts)
        self._tools.journal.note(
            "stored", video_id=video.video_id, files=len(artifacts), bytes=size, recorded=outcome.applied
        )

    def _fail(self, copy: Copy, lease: str, error: ReelhookError) -> None:
        video = copy.video
        bad = video.bad + 1 if isinstance(error, LinkRefusedError | NotAVideoError) else 0
        self._tools.journal.warn(
            "transfer failed",
            video_id=video.video_id,
            reason=type(error).__name__,
            detail=str(error),
            tries=video.tries + 1,
            bad=bad,
        )
        now, over = self._tools.clock(), is_final(error, bad, refreshed=video.refreshed)
        if copy.all_videos and (over or now >= transferring.link_end(video)):
            # only the last frame is missing, and no attempt can fetch it any more: the paid video is not lost for it
            self._count_cause(error)
            self._tools.journal.warn("stored without its last frame", video_id=video.video_id)
            self._store(video, lease, copy.all_videos)
            return
        if over:
            self._tools.journal.count(Metric.TRANSFER_FAILED)
            self._count_cause(error)
            write = transferring.give_up(video, lease, told(error), now, self._retention_days)
        else:
            write = transferring.fail_attempt(video, lease, bad, now)
        settle(self._tools.videos, write)

    def _count_cause(self, error: ReelhookError) -> None:
        if isinstance(error, UnknownOriginError):
            self._tools.journal.count(Metric.UNKNOWN_ORIGIN)
        if isinstance(error, ObjectConflictError):
            self._tools.journal.count(Metric.OBJECT_CONFLICT)


class InlineTransfer:
    """The transfer inside a callback: as long as the budget lasts, else the queue's. A budget of 0 is none."""

    def __init__(self, transfers: Transfers, clock: Clock, budget_seconds: int) -> None:
        self._transfers, self._clock, self._budget = transfers, clock, budget_seconds * SECOND

    def begin(self, video: Video, function_end: Instant) -> None:
        """Ends at the budget's end, and at the latest 5 s before the function's."""
        until = min(self._clock() + self._budget, function_end - INLINE_END_MARGIN)
        if self._budget and until > self._clock():
            self._transfers.attempt(video, until, inline=True)
        else:
            self._transfers.hand_to_queue(video)


def queue_deadline(function_end: Instant, transfer_seconds: int) -> Instant:
    """When TransferVideo's attempt ends: a tenth of its time (2 to 20 s) before its time-out."""
    return function_end - min(max(transfer_seconds * SECOND // 10, 2 * SECOND), 20 * SECOND)

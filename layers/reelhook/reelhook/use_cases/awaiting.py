"""Waiting for a provider's word that no callback brought: look-ups when they are due, and the end of waiting."""

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskAnswer
from reelhook.domain.catalog import Catalog
from reelhook.domain.failure import VideoError
from reelhook.domain.lifecycle import reconciling
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import TransferQueue, VideoStore
from reelhook.domain.schedule import given_up, hint_time_left, sent_at, token_end
from reelhook.domain.time import Instant
from reelhook.domain.video import State, Video
from reelhook.use_cases.confirmation import Confirmation

LOOK_UP_SECONDS = 5.0


class Awaiting:
    """What becomes of a video that was sent, or may have been, and whose outcome nobody has told."""

    def __init__(
        self,
        videos: VideoStore,
        queue: TransferQueue,
        confirmation: Confirmation,
        catalog: Catalog,
        clock: Clock,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._videos, self._queue, self._confirmation, self._catalog = videos, queue, confirmation, catalog
        self._clock, self._journal = clock, journal
        self._retention_days = retention_days

    def submit_outcome(self, video: Video) -> None:
        """A submit nobody has heard of: only its callback can tell, for some hours."""
        now, timing = self._clock(), self._catalog.timing(video.request)
        self._journal.warn("submit outcome unknown", video_id=video.video_id)
        self._journal.count(Metric.SUBMIT_UNKNOWN)
        if now >= sent_at(video) + timing.unknown_submit:
            self._expire(video, reconciling.SUBMISSION_UNKNOWN)
        else:
            self._videos.apply(reconciling.await_unknown(video, now, timing))

    def look(self, seen: Video, until: Instant) -> None:
        """Asks about its task, or about each candidate until one has succeeded; none is begun past `until`."""
        timing = self._catalog.timing(seen.request)
        locked = self._videos.apply(reconciling.lock_look_up(seen, self._clock(), timing))
        if not locked.applied or locked.item is None:
            return
        video, answers = locked.item, list[TaskAnswer]()
        for task_id in [video.task_id] if video.task_id else sorted(video.candidates):
            if self._clock() >= until:
                answers.append(NotAnswered("the tick is over"))
                break
            answer = self._confirmation.look_up(video, task_id, LOOK_UP_SECONDS)
            settled = self._confirmation.settle(video, task_id, answer)
            if settled is not None:
                if settled.state is State.RESULT_READY:
                    self._queue.send(video.video_id)
                return
            answers.append(answer)
        self._conclude(video, answers)

    def _conclude(self, video: Video, answers: list[TaskAnswer]) -> None:
        """Nothing was settled: the end of waiting, or a reason to look again."""
        now, timing = self._clock(), self._catalog.timing(video.request)
        authoritative = not any(isinstance(answer, NotAnswered) for answer in answers)
        # a success whose links are not published yet still has its day
        unpublished = any(isinstance(answer, Succeeded) and not answer.results for answer in answers)
        past_end, over = given_up(video, now, timing), now >= token_end(video, timing)
        hopeless = over or (authoritative and not unpublished and not hint_time_left(video, now))
        if video.state is State.EXPIRED and hopeless:
            working = not past_end and any(isinstance(answer, Running) for answer in answers)
            write = reconciling.await_task(video, now, timing) if working else reconciling.forget_hint(video)
            self._videos.apply(write)
        elif video.state is not State.EXPIRED and hopeless and past_end:
            self._expire(video, reconciling.PROVIDER_TIMEOUT)
        elif not authoritative and not over:
            self._videos.apply(reconciling.miss_look_up(video, now))

    def _expire(self, video: Video, error: VideoError) -> None:
        write = reconciling.expire(video, error, self._clock(), self._retention_days)
        if self._videos.apply(write).applied:
            self._journal.warn("expired", video_id=video.video_id, code=error.code)
            self._journal.count(Metric.VIDEO_EXPIRED)

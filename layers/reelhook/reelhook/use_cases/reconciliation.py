"""Finishing whatever is due and nobody finished: lost callbacks, dead functions, lapsed leases."""

from collections import Counter
from dataclasses import dataclass, field

from reelhook.domain.answers import NotAnswered, Succeeded, TaskAnswer
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.results import MediaUnavailableError
from reelhook.domain.errors.running import NotConfiguredError, StoreError, UnknownStateError
from reelhook.domain.failure import VideoError
from reelhook.domain.lifecycle import reconciling, transferring
from reelhook.domain.lifecycle.sending import too_old
from reelhook.domain.lifecycle.writing import unsettled
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import TransferQueue, VideoStore
from reelhook.domain.schedule import given_up, hint_time_left, sent_at, token_end
from reelhook.domain.time import DAY, MINUTE, SECOND, Instant
from reelhook.domain.transfer_errors import told
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.referencing import References
from reelhook.use_cases.removal import Removal
from reelhook.use_cases.settlement import Settlement

LOOK_UPS_PER_TICK = 5  # per provider: a free APIXO key has 10 requests a minute for everything
LOOK_UP_SECONDS = 5.0
REMOVALS_PER_TICK = 200  # some 20 s: whoever deletes thousands of videos does not delay the others
OVERDUE = 15 * MINUTE  # 15 rounds of 5 look-ups per provider are 75 lost callbacks
END_MARGIN = 10 * SECOND  # longer than one look-up with its writes


@dataclass(slots=True)
class _Tick:
    """When this tick ends, how many videos of each provider it has looked up, how many deleted ones it has cleared."""

    until: Instant
    cleared: int = 0
    looked_up: Counter[str] = field(default_factory=Counter)


class Reconciliation:
    """One tick handles each due video by itself; one that cannot be handled never stops the rest."""

    def __init__(
        self,
        videos: VideoStore,
        queue: TransferQueue,
        confirmation: Confirmation,
        removal: Removal,
        references: References,
        settlement: Settlement,
        catalog: Catalog,
        clock: Clock,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._videos, self._queue, self._confirmation, self._removal = videos, queue, confirmation, removal
        self._references, self._settlement, self._catalog = references, settlement, catalog
        self._clock, self._journal = clock, journal
        self._retention_days = retention_days

    def tick(self, until: Instant) -> None:
        """Handles what is due before `until`, the function's end."""
        tick, oldest = _Tick(until - END_MARGIN), 0
        for video_id in self._videos.due(self._clock()):
            if self._clock() >= tick.until:
                self._journal.warn("tick ended early, the rest is for the next one")
                break
            oldest = max(oldest, self._isolated(video_id, tick))
        if oldest > OVERDUE:
            self._journal.warn("videos overdue", oldest_seconds=oldest // SECOND)
            self._journal.count(Metric.VIDEOS_OVERDUE)

    def _isolated(self, video_id: str, tick: _Tick) -> int:
        """Handles one video whatever it does; for how long (ms) it was due."""
        try:
            return self._finish(video_id, tick)
        except UnknownStateError as error:
            self._journal.warn("unknown state, left alone", video_id=video_id, state=error.state)
            self._journal.count(Metric.UNKNOWN_STATE)
        except (StoreError, MediaUnavailableError) as error:
            self._journal.warn("left for the next tick", video_id=video_id, detail=str(error))
        except NotConfiguredError as error:
            self._journal.warn("not configured", video_id=video_id, detail=str(error))
            self._journal.count(Metric.ACCOUNT_PROBLEM)
        except Exception as error:  # noqa: BLE001 - one poisoned item, whatever is wrong with it, never stops the rest
            self._journal.warn("poisoned item", video_id=video_id, reason=type(error).__name__)
            self._journal.count(Metric.ITEM_POISONED)
        return 0

    def _finish(self, video_id: str, tick: _Tick) -> int:
        video, now = self._videos.read(video_id), self._clock()
        if video is None:
            tick.cleared += 1
            return self._removal.finish(video_id) if tick.cleared <= REMOVALS_PER_TICK else 0
        if video.due_at is None or video.due_at > now:
            return 0
        due_at = video.due_at
        if video.state in FINAL_STATES and unsettled(video, video.state):
            self._settlement.try_to_settle(video)  # else at the next tick; a hint does not wait for it
            video = self._videos.read(video_id) if video.asked or video.references else None
            if video is None or video.due_at != due_at:
                return now - due_at
        if video.state in FINAL_STATES and video.references and not unsettled(video, video.state):
            self._references.remove(video)
            self._videos.apply(reconciling.forget_references(video, now))
            return now - due_at
        match video.state:
            case State.QUEUED:
                self._videos.apply(too_old(video, now, self._retention_days))
            case State.SUBMITTING if not video.task_id and not video.candidates:
                self._await_unknown(video)
            case State.SUBMITTING | State.SUBMITTED | State.EXPIRED:
                if tick.looked_up[video.provider] < LOOK_UPS_PER_TICK:
                    tick.looked_up[video.provider] += 1
                    self._look(video, tick.until)
            case State.RESULT_READY | State.TRANSFERRING:
                self._send_again(video)
        return now - due_at

    def _await_unknown(self, video: Video) -> None:
        now, timing = self._clock(), self._catalog.timing(video.request)
        self._journal.warn("submit outcome unknown", video_id=video.video_id)
        self._journal.count(Metric.SUBMIT_UNKNOWN)
        if now >= sent_at(video) + timing.unknown_submit:
            self._expire(video, reconciling.SUBMISSION_UNKNOWN)
        else:
            self._videos.apply(reconciling.await_unknown(video, now, timing))

    def _look(self, seen: Video, until: Instant) -> None:
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
        over = now >= token_end(video, timing)
        hopeless = authoritative and not hint_time_left(video, now)
        if video.state is State.EXPIRED and (hopeless or over):
            self._videos.apply(reconciling.forget_hint(video))
        elif video.state is not State.EXPIRED and given_up(video, now, timing):
            # a success whose links are not published yet still has its day
            unpublished = any(isinstance(answer, Succeeded) and not answer.results for answer in answers)
            if over or (hopeless and not unpublished):
                self._expire(video, reconciling.PROVIDER_TIMEOUT)
                return
        if not authoritative and not over:
            self._videos.apply(reconciling.miss_look_up(video, now))

    def _expire(self, video: Video, error: VideoError) -> None:
        write = reconciling.expire(video, error, self._clock(), self._retention_days)
        if self._videos.apply(write).applied:
            self._journal.warn("expired", video_id=video.video_id, code=error.code)
            self._journal.count(Metric.VIDEO_EXPIRED)

    def _send_again(self, video: Video) -> None:
        now = self._clock()
        if now >= transferring.link_end(video) + DAY:
            write = transferring.give_up_unfinished(video, told(None), now, self._retention_days)
            if self._videos.apply(write).applied:
                self._journal.count(Metric.TRANSFER_FAILED)
        elif self._videos.apply(transferring.resend(video, now)).applied:
            self._queue.send(video.video_id)

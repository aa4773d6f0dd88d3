"""Finishing whatever is due and nobody finished: lost callbacks, dead functions, lapsed leases."""

from collections import Counter
from dataclasses import dataclass, field

from reelhook.domain.errors.results import MediaUnavailableError
from reelhook.domain.errors.running import NotConfiguredError, StoreError, UnknownStateError
from reelhook.domain.lifecycle import reconciling, transferring
from reelhook.domain.lifecycle.sending import too_old
from reelhook.domain.lifecycle.writing import unsettled
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.videos import TransferQueue, VideoStore
from reelhook.domain.time import DAY, MINUTE, SECOND, Instant
from reelhook.domain.transfer_errors import told
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.use_cases.awaiting import Awaiting
from reelhook.use_cases.referencing import References
from reelhook.use_cases.removal import Removal
from reelhook.use_cases.settlement import Settlement

LOOK_UPS_PER_TICK = 5  # per provider: a free APIXO key has 10 requests a minute for everything
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
        awaiting: Awaiting,
        removal: Removal,
        references: References,
        settlement: Settlement,
        clock: Clock,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._videos, self._queue, self._awaiting, self._removal = videos, queue, awaiting, removal
        self._references, self._settlement = references, settlement
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
                self._awaiting.submit_outcome(video)
            case State.SUBMITTING | State.SUBMITTED | State.EXPIRED:
                if tick.looked_up[video.provider] < LOOK_UPS_PER_TICK:
                    tick.looked_up[video.provider] += 1
                    self._awaiting.look(video, tick.until)
            case State.RESULT_READY | State.TRANSFERRING:
                self._send_again(video)
        return now - due_at

    def _send_again(self, video: Video) -> None:
        now = self._clock()
        if now >= transferring.link_end(video) + DAY:
            write = transferring.give_up_unfinished(video, told(None), now, self._retention_days)
            if self._videos.apply(write).applied:
                self._journal.count(Metric.TRANSFER_FAILED)
        elif self._videos.apply(transferring.resend(video, now)).applied:
            self._queue.send(video.video_id)

"""What the operator sets going by hand: one more look at a video's task, or the task of a submit nobody heard of."""

from dataclasses import dataclass, field
from enum import StrEnum

from reelhook.domain.answers import NotAnswered, TaskAnswer, UnknownTask
from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle.confirming import RECHECKABLE, hint
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.videos import TransferQueue, VideoStore
from reelhook.domain.video import State, Video
from reelhook.use_cases.confirmation import Confirmation

LOOK_UP_SECONDS = 10.0
UNHEARD_OF = (State.SUBMITTING, State.EXPIRED)  # where a task may be missing


class Verdict(StrEnum):
    """What the operator's word came to."""

    NO_VIDEO = "no_video"
    NOT_OPEN_TO_THIS = "not_open_to_this"  # its state has no use for it; nobody was asked
    NO_TASK = "no_task"
    TASK_TAKEN = "task_taken"
    NOT_ADOPTED = "not_adopted"  # the provider knows no such task, or did not answer
    TRANSFERRING = "transferring"  # a confirmed success, sent to the queue
    FAILED = "failed"  # a confirmed failure, recorded
    ADOPTED = "adopted"  # the task is on record; the rest is for its callback and the reconciler
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Rechecked:
    """The verdict, the video as it then stands, and what the provider answered for each task it was asked about."""

    verdict: Verdict
    video: Video | None = None
    answers: dict[str, TaskAnswer] = field(default_factory=dict)


class Rechecking:
    """Every write here is one that a callback or the reconciler makes too, but for the state it may re-open."""

    def __init__(
        self,
        videos: VideoStore,
        queue: TransferQueue,
        confirmation: Confirmation,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._videos, self._queue, self._confirmation = videos, queue, confirmation
        self._clock, self._journal = clock, journal

    def recheck(self, video_id: str) -> Rechecked:
        """One look-up of the video's task (else of each candidate, until one is settled), and what follows from it."""
        video = self._videos.read(video_id)
        if video is None:
            return Rechecked(Verdict.NO_VIDEO)
        if video.state not in RECHECKABLE:
            return Rechecked(Verdict.NOT_OPEN_TO_THIS, video)
        task_ids = [video.task_id] if video.task_id else sorted(video.candidates)
        if not task_ids:
            return Rechecked(Verdict.NO_TASK, video)
        answers = dict[str, TaskAnswer]()
        for task_id in task_ids:
            answers[task_id] = self._confirmation.look_up(video, task_id, LOOK_UP_SECONDS)
            verdict, standing = self._settle(video, task_id, answers[task_id])
            if verdict is not Verdict.UNCHANGED:
                return Rechecked(verdict, standing, answers)
        return Rechecked(Verdict.UNCHANGED, self._videos.read(video_id), answers)

    def adopt(self, video_id: str, task_id: str) -> Rechecked:
        """Gives a submit that nobody heard of its task, as a callback would have: on record first (T5), then settled."""
        video = self._videos.read(video_id)
        if video is None:
            return Rechecked(Verdict.NO_VIDEO)
        if video.state not in UNHEARD_OF or video.task_id is not None:
            return Rechecked(Verdict.NOT_OPEN_TO_THIS, video)
        if self._confirmation.belongs_elsewhere(video, task_id):
            return Rechecked(Verdict.TASK_TAKEN, video)
        answer = self._confirmation.look_up(video, task_id, LOOK_UP_SECONDS)
        answers = {task_id: answer}
        if isinstance(answer, UnknownTask | NotAnswered):
            return Rechecked(Verdict.NOT_ADOPTED, video, answers)
        recorded = self._videos.apply(hint(video, task_id, self._clock()))
        if not recorded.applied or recorded.item is None:
            return Rechecked(Verdict.UNCHANGED, recorded.item, answers)
        verdict, standing = self._settle(recorded.item, task_id, answer)
        return Rechecked(
            Verdict.ADOPTED if verdict is Verdict.UNCHANGED else verdict, standing or recorded.item, answers
        )

    def _settle(self, video: Video, task_id: str, answer: TaskAnswer) -> tuple[Verdict, Video | None]:
        settled = self._confirmation.settle(video, task_id, answer, recheck=True)
        if settled is None:
            return Verdict.UNCHANGED, None
        if settled.state is not State.RESULT_READY:
            return Verdict.FAILED, settled
        try:
            self._queue.send(settled.video_id)
        except StoreError as error:  # it is due in a minute all the same
            self._journal.warn("left to the reconciler", video_id=settled.video_id, detail=str(error))
        return Verdict.TRANSFERRING, settled

"""What an authoritative answer settles: the same rules for a callback's look-up and for the reconciler's."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reelhook.domain.answers import NotAnswered, Succeeded, TaskAnswer, TaskFailed
from reelhook.domain.catalog import Catalog
from reelhook.domain.charging import billed_usage, formula_usage
from reelhook.domain.failure import Category
from reelhook.domain.lifecycle.confirming import failure, success
from reelhook.domain.link_life import EXPIRED, links_ran_out
from reelhook.domain.model_rules import problems
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.providers import Provider
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.price import Usage
from reelhook.domain.video import Video


class Confirmation:
    """Looks tasks up and records what was confirmed."""

    def __init__(
        self,
        videos: VideoStore,
        providers: Mapping[str, Provider],
        catalog: Catalog,
        clock: Clock,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._videos, self._providers, self._catalog = videos, providers, catalog
        self._clock, self._journal, self._retention_days = clock, journal, retention_days

    def look_up(self, video: Video, task_id: str, seconds: float) -> TaskAnswer:
        """One authenticated look-up of at most `seconds`."""
        answer = self._providers[video.provider].look_up(video.model, task_id, seconds)
        self._journal.note(
            "looked up", video_id=video.video_id, task_id=task_id, answer=type(answer).__name__
        )
        if isinstance(answer, NotAnswered):
            self._journal.warn("look-up not answered", video_id=video.video_id, reason=answer.reason)
            if answer.account:
                self._journal.count(Metric.ACCOUNT_PROBLEM)
        return answer

    def settle(
        self, video: Video, task_id: str, answer: TaskAnswer, *, recheck: bool = False
    ) -> Video | None:
        """Records a success with links (T3) or a failure (T4); the video as it then stands, if it was settled.

        Only the operator's `recheck` re-opens a transfer that was given up.
        """
        now = self._clock()
        match answer:
            case Succeeded(results, expires_at, last_frame, charged) if results:
                if video.task_id is None and self.belongs_elsewhere(video, task_id):
                    return None
                write = success(
                    video,
                    task_id,
                    results,
                    now,
                    expires_at,
                    last_frame=last_frame if video.request.wants_last_frame else None,
                    usage=self._usage(video, charged),
                    recheck=recheck,
                )
            case TaskFailed(error, detail, charged, unfetched):
                if unfetched and links_ran_out(video, now):
                    error = replace(EXPIRED, billed=error.billed)
                self._journal.warn("task failed", video_id=video.video_id, code=error.code, detail=detail)
                if error.category is Category.ACCOUNT:
                    self._journal.count(Metric.ACCOUNT_PROBLEM)
                billed = None if charged is None else billed_usage(charged)
                write = failure(video, task_id, error, now, self._retention_days, billed)
            case _:
                return None
        outcome = self._videos.apply(write)
        return outcome.item if outcome.applied else None

    def _usage(self, video: Video, charged: Decimal | None) -> Usage | None:
        """What the provider says, else what its formula says; nothing of a model that is not offered so any more."""
        if charged is not None:
            return billed_usage(charged)
        model = self._catalog.find(video.model)
        if model is None or problems(model, video.request):
            return None
        return formula_usage(model, video.request)

    def belongs_elsewhere(self, video: Video, task_id: str) -> bool:
        """Whether another video carries this task, which then is not this one's."""
        others = [other for other in self._videos.with_task(task_id) if other != video.video_id]
        if others:
            self._journal.warn("task belongs to another video", video_id=video.video_id, task_id=task_id)
            self._journal.count(Metric.TASK_ID_CONFLICT)
        return bool(others)

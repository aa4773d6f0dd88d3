"""What an owner may end: a video that waits is canceled, one that has come to its end is deleted."""

from reelhook.domain.errors.requests import VideoNotCancelableError, VideoNotFinalError, VideoNotFoundError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle import ending
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.use_cases.claiming import settle
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.settlement import Settlement

TRIES = 3  # a video that changes under every one of them is for another request


class Ending:
    """Ends one owner's videos; everybody else's do not exist."""

    def __init__(
        self,
        reading: Reading,
        videos: VideoStore,
        settlement: Settlement,
        clock: Clock,
        journal: Journal,
        retention_days: int,
    ) -> None:
        self._reading, self._videos, self._settlement = reading, videos, settlement
        self._clock, self._journal, self._retention_days = clock, journal, retention_days

    def cancel(self, owner: str, video_id: str) -> Video:
        """The canceled video, now or before; raises `VideoNotFoundError`, `VideoNotCancelableError`, `StoreError`."""
        video = self._reading.video(owner, video_id)
        if video.state is State.QUEUED:
            write = ending.cancel(video, self._clock(), self._retention_days)
            outcome = settle(self._videos, write)
            if outcome.item is None:
                raise VideoNotFoundError("There is no such video.")  # canceled and deleted meanwhile
            video = outcome.item
            self._journal.note("cancel", video_id=video_id, canceled=outcome.applied)
            self._settlement.try_to_settle(video)
        if video.state is not State.CANCELED:
            raise VideoNotCancelableError(video.status)
        return video

    def delete(self, owner: str, video_id: str) -> None:
        """Puts the tombstone; the objects are removed by the reconciler, which finds it due.

        Raises `VideoNotFoundError`, also the second time, `VideoNotFinalError`, `StoreError`.
        """
        video = self._reading.video(owner, video_id)
        for _ in range(TRIES):
            if video.state not in FINAL_STATES:
                raise VideoNotFinalError(video.status)
            self._settlement.settle(video)  # unless its reading did
            outcome = settle(self._videos, ending.bury(video, self._clock()))
            if outcome.applied or outcome.item is None:
                self._journal.note("deleted", video_id=video_id)
                return
            video = outcome.item  # opened again by a late success or the operator, or not settled yet
        raise StoreError("the video changed under every read")

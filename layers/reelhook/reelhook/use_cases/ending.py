"""What an owner may end: a video that waits is canceled, one that has come to its end is deleted."""

from reelhook.domain.errors import VideoNotCancelableError, VideoNotFinalError, VideoNotFoundError
from reelhook.domain.lifecycle import ending
from reelhook.domain.ports import Clock, Journal, VideoStore
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.use_cases.claiming import settle
from reelhook.use_cases.reading import Reading


class Ending:
    """Ends one owner's videos; everybody else's do not exist."""

    def __init__(
        self, reading: Reading, videos: VideoStore, clock: Clock, journal: Journal, retention_days: int
    ) -> None:
        self._reading, self._videos = reading, videos
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
        if video.state is not State.CANCELED:
            raise VideoNotCancelableError(video.status)
        return video

    def delete(self, owner: str, video_id: str) -> None:
        """Puts the tombstone; the objects are removed by the reconciler, which finds it due.

        Raises `VideoNotFoundError`, also the second time, `VideoNotFinalError`, `StoreError`.
        """
        video = self._reading.video(owner, video_id)
        if video.state not in FINAL_STATES:
            raise VideoNotFinalError(video.status)
        outcome = settle(self._videos, ending.bury(video, self._clock()))
        if not outcome.applied and outcome.item is not None:
            raise VideoNotFinalError(outcome.item.status)  # opened again by a late success or the operator
        self._journal.note("deleted", video_id=video_id)

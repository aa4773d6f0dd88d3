"""Removing what a deleted video has left in the bucket."""

from reelhook.domain.lifecycle import ending
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.media import MediaStore
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.time import MINUTE
from reelhook.domain.video_ids import folder_of
from reelhook.use_cases.referencing import References

# A transfer that lost its lease may still be writing when its video is deleted: for as long as any function may run
# (Lambda's own limit of 15 minutes), and S3 may take a moment more.
LAST_WRITER = 16 * MINUTE


class Removal:
    """Clears a video's folder at once, and once more when nobody can be writing there any longer."""

    def __init__(
        self,
        videos: VideoStore,
        media: MediaStore,
        references: References,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._videos, self._media, self._references = videos, media, references
        self._clock, self._journal = clock, journal

    def finish(self, video_id: str) -> int:
        """Clears what a tombstone that is due stands for; for how long (ms) it was due, 0 if it is not.

        Raises `MediaUnavailableError`, `StoreError`: then it stays due, and is done again.
        """
        tombstone, now = self._videos.tombstone(video_id), self._clock()
        if tombstone is None or tombstone.due_at is None or tombstone.due_at > now:
            return 0
        files = self._media.clear(folder_of(video_id))
        self._references.remove(tombstone)
        if files:
            self._journal.note("objects removed", video_id=video_id, files=files)
        last = tombstone.deleted_at + LAST_WRITER
        self._videos.apply(ending.rest(tombstone) if now >= last else ending.come_again(tombstone, last))
        return now - tombstone.due_at

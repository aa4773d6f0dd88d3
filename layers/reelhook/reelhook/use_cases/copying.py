"""One attempt at copying every result of a video: existing objects are kept, dead links are refreshed once."""

from dataclasses import dataclass

from reelhook.domain.answers import NotAnswered, Succeeded
from reelhook.domain.errors import LinkRefusedError, ObjectConflictError, ReelhookError, ResultError
from reelhook.domain.lifecycle import transferring
from reelhook.domain.ports import (
    Clock,
    Journal,
    MediaStore,
    ObjectIdentity,
    ResultSource,
    StoredObject,
    VideoStore,
)
from reelhook.domain.time import Instant
from reelhook.domain.video import Artifact, Video
from reelhook.use_cases.claiming import settle
from reelhook.use_cases.confirmation import Confirmation

INLINE_MAX_BYTES = (
    64 * 1024 * 1024
)  # what one streamed PutObject takes; more is not for a callback's half minute
REFRESH_SECONDS = 3.0


class LeaseLostError(ReelhookError):
    """Another holder has the lease by now."""


class TooLargeInlineError(ResultError):
    """The result is too large to be copied inside a callback."""


@dataclass(frozen=True, slots=True)
class CopyTools:
    """What copying needs of the outside world."""

    videos: VideoStore
    results: ResultSource
    media: MediaStore
    confirmation: Confirmation
    clock: Clock
    journal: Journal


class Copy:
    """Copies the results of `video`, which is replaced when its links are refreshed."""

    def __init__(self, tools: CopyTools, video: Video, lease: str, until: Instant, *, inline: bool) -> None:
        self.video = video
        self._tools, self._lease, self._until, self._inline = tools, lease, until, inline
        self._done: dict[int, Artifact] = {}

    def run(self) -> tuple[Artifact, ...]:
        """The artifacts of all results; raises `ResultError`, `MediaError`, `LeaseLostError`, `StoreError`."""
        try:
            self._copy_missing()
        except LinkRefusedError:
            if self.video.refreshed or not self._refresh():
                raise
            self._copy_missing()
        return tuple(self._done[index] for index in range(len(self.video.results)))

    def _copy_missing(self) -> None:
        for index, link in enumerate(self.video.results):
            if index not in self._done:
                self._done[index] = self._copied(index, link)

    def _copied(self, index: int, link: str) -> Artifact:
        key = f"videos/{self.video.video_id}/{index}.mp4"
        identity = ObjectIdentity(self.video.video_id, self.video.task_id or "")
        stored = self._tools.media.find(key) if self.video.tries else None
        if stored is None:
            stored = self._fetched(key, link, identity)
        elif stored.identity != identity:
            raise ObjectConflictError(f"{key} holds another object")
        return Artifact(
            index, "video", key, stored.size, stored.content_type, stored.checksum, stored.checksum_type
        )

    def _fetched(self, key: str, link: str, identity: ObjectIdentity) -> StoredObject:
        stream = self._tools.results.open(link, self._until)
        try:
            if self._inline and stream.size is not None and stream.size > INLINE_MAX_BYTES:
                raise TooLargeInlineError(f"{stream.size} bytes")
            return self._tools.media.put(key, stream, identity)
        finally:
            stream.close()

    def _refresh(self) -> bool:
        """Asks once for fresh links (T6r); whether there are any to try."""
        video = self.video
        answer = self._tools.confirmation.look_up(video, video.task_id or "", REFRESH_SECONDS)
        results = answer.results if isinstance(answer, Succeeded) else ()
        if isinstance(answer, NotAnswered) or (isinstance(answer, Succeeded) and not results):
            return False
        expires_at = answer.expires_at if isinstance(answer, Succeeded) else None
        write = transferring.refresh(video, self._lease, results, self._tools.clock(), expires_at)
        outcome = settle(self._tools.videos, write)
        if outcome.item is None or outcome.item.lease != self._lease:
            raise LeaseLostError
        self.video = outcome.item
        return bool(results)

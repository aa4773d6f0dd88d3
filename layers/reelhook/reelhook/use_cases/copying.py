"""One attempt at copying every file of a video: existing objects are kept, dead links are refreshed once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelhook.domain.answers import NotAnswered, Succeeded
from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import LinkRefusedError, ObjectConflictError, ResultError
from reelhook.domain.formats import FORMATS
from reelhook.domain.lifecycle import transferring
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.media import MediaStore, ObjectIdentity, ResultSource, StoredObject
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.time import Instant
from reelhook.domain.video import Artifact, ArtifactType, Video
from reelhook.domain.video_ids import folder_of
from reelhook.use_cases.claiming import settle

if TYPE_CHECKING:
    from reelhook.use_cases.confirmation import Confirmation

INLINE_MAX_BYTES = 64 * 1024 * 1024  # more is not for a callback's half minute
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
    confirmation: Callable[[], "Confirmation"]  # only where a link is dead
    clock: Clock
    journal: Journal


class Copy:
    """Copies the results of `video`, which is replaced when its links are refreshed."""

    def __init__(self, tools: CopyTools, video: Video, lease: str, until: Instant, *, inline: bool) -> None:
        self.video = video
        self._tools, self._lease, self._until, self._inline = tools, lease, until, inline
        self._done: dict[int, Artifact] = {}
        self._last_frame: Artifact | None = None

    def run(self) -> tuple[Artifact, ...]:
        """The artifacts, the last frame behind the videos; raises `ResultError`, `MediaError`, `LeaseLostError`, `StoreError`."""
        try:
            self._copy_missing()
        except LinkRefusedError:
            if self.video.refreshed or not self._refresh():
                raise
            self._copy_missing()
        last = () if self._last_frame is None else (self._last_frame,)
        return (*self._videos(), *last)

    @property
    def all_videos(self) -> tuple[Artifact, ...]:
        """The videos' artifacts if every one of them is in the bucket, else none: then only the last frame may be missing."""
        complete = all(index in self._done for index in range(len(self.video.results)))
        return self._videos() if complete else ()

    def _videos(self) -> tuple[Artifact, ...]:
        return tuple(self._done[index] for index in range(len(self.video.results)))

    def _copy_missing(self) -> None:
        for index, link in enumerate(self.video.results):
            if index not in self._done:
                self._done[index] = self._copied(ArtifactType.VIDEO, index, link)
        if self.video.last_frame_result is not None and self._last_frame is None:
            self._last_frame = self._copied(ArtifactType.LAST_FRAME, 0, self.video.last_frame_result)

    def _copied(self, kind: ArtifactType, index: int, link: str) -> Artifact:
        name = f"{folder_of(self.video.video_id)}{index if kind is ArtifactType.VIDEO else kind}"
        identity = ObjectIdentity(self.video.video_id, self.video.task_id or "")
        key, stored = self._kept(kind, name, identity) or self._fetched(kind, name, link, identity)
        return Artifact(
            index, kind.value, key, stored.size, stored.content_type, stored.checksum, stored.checksum_type
        )

    def _kept(
        self, kind: ArtifactType, name: str, identity: ObjectIdentity
    ) -> tuple[str, StoredObject] | None:
        """What an earlier attempt has stored, under whichever extension its format asked for."""
        for key in (f"{name}.{one.extension}" for one in FORMATS[kind] if self.video.tries):
            stored = self._tools.media.find(key)
            if stored is not None and stored.identity != identity:
                raise ObjectConflictError(f"{key} holds another object")
            if stored is not None:
                return key, stored
        return None

    def _fetched(
        self, kind: ArtifactType, name: str, link: str, identity: ObjectIdentity
    ) -> tuple[str, StoredObject]:
        # every second try takes the whole in one answer: a host that is bad at ranges must not cost a result
        in_ranges = not self.video.tries % 2
        stream = self._tools.results.open(link, self._until, kind, in_ranges=in_ranges)
        try:
            if self._inline and stream.size is not None and stream.size > INLINE_MAX_BYTES:
                raise TooLargeInlineError(f"{stream.size} bytes")
            key = f"{name}.{stream.format.extension}"
            return key, self._tools.media.put(key, stream, identity)
        finally:
            stream.close()

    def _refresh(self) -> bool:
        """Asks once for fresh links (T6r); whether there are any to try."""
        video = self.video
        answer = self._tools.confirmation().look_up(video, video.task_id or "", REFRESH_SECONDS)
        results = answer.results if isinstance(answer, Succeeded) else ()
        if isinstance(answer, NotAnswered) or (isinstance(answer, Succeeded) and not results):
            return False
        expires_at = answer.expires_at if isinstance(answer, Succeeded) else None
        last_frame = answer.last_frame if isinstance(answer, Succeeded) else None
        write = transferring.refresh(
            video,
            self._lease,
            results,
            self._tools.clock(),
            expires_at,
            last_frame if video.request.wants_last_frame else None,
        )
        outcome = settle(self._tools.videos, write)
        if outcome.item is None or outcome.item.lease != self._lease:
            raise LeaseLostError
        self.video = outcome.item
        return bool(results)

"""What an owner may see of a video, and the link to its content."""

from dataclasses import dataclass

from reelhook.domain.errors.requests import ArtifactNotFoundError, VideoNotFoundError, VideoNotReadyError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.media import MediaStore
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import Artifact, State, Video
from reelhook.domain.video_ids import is_video_id
from reelhook.use_cases.settlement import Settlement

LINK_SECONDS = 900  # long enough to follow a redirect, far below the life of the role's own credentials


@dataclass(frozen=True, slots=True)
class Content:
    """A presigned link to one artifact, and when it dies."""

    url: str
    expires_at: Instant
    artifact: Artifact


class Reading:
    """Reads one owner's videos; everybody else's do not exist."""

    def __init__(self, videos: VideoStore, media: MediaStore, settlement: Settlement, clock: Clock) -> None:
        self._videos, self._media, self._settlement, self._clock = videos, media, settlement, clock

    def video(self, owner: str, video_id: str) -> Video:
        """The video as it stands, settled if it has come to its end: its owner may ask for the next one now.

        Raises `VideoNotFoundError`.
        """
        video = self._videos.read(video_id) if is_video_id(video_id) else None
        if video is None or video.owner != owner:
            raise VideoNotFoundError("There is no such video.")
        self._settlement.try_to_settle(video)
        return video

    def content(self, owner: str, video_id: str, variant: str, index: int) -> Content:
        """A link to one file; raises `VideoNotReadyError`, `ArtifactNotFoundError`."""
        video = self.video(owner, video_id)
        if video.state is not State.STORED:
            raise VideoNotReadyError(video.status)
        for artifact in video.artifacts:
            if (artifact.type, artifact.index) == (variant, index):
                expires_at = self._clock() + LINK_SECONDS * SECOND
                link = self._media.link(artifact.key, artifact.content_type, LINK_SECONDS)
                return Content(link, expires_at, artifact)
        raise ArtifactNotFoundError(f"This video has no {variant} with index {index}.")

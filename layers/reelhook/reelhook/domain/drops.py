"""Drops: objects in the inbox that ask for a video. Which keys do, whose they are, and what may stand beside them."""

import posixpath
from dataclasses import dataclass

from reelhook.domain.time import Instant
from reelhook.domain.video_ids import derived_video_id

DROPS, OUTCOMES = "drops/", "outcomes/"
REQUEST_FILE = "_request.json"
MEDIA_FOLDER = "media"
METADATA = "reelhook"  # x-amz-meta-reelhook
_ODD = frozenset({"", ".", ".."})  # segments that HTTP clients rewrite on their way to S3


@dataclass(frozen=True, slots=True)
class Drop:
    """One object as S3's event told of it: `time` (ms) and, within a second, `sequencer` are its place in the queue."""

    bucket: str
    key: str
    sequencer: str
    time: Instant
    version_id: str | None = None

    @property
    def owner(self) -> str:
        """Whose it is by its key; empty if it lies in nobody's folder."""
        return owner_in(self.key)

    @property
    def video_id(self) -> str:
        """The id of its video, whoever works it out: the same event is the same video for ever."""
        which = self.version_id or self.sequencer
        return derived_video_id("drop", self.owner, self.bucket, self.key, which)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A drop and the object's ETag (without quotes) when its event was made."""

    drop: Drop
    etag: str


def owner_in(key: str) -> str:
    """The owner's name in `drops/<owner>/...`."""
    parts = key.split("/")
    return parts[1] if len(parts) > 2 and f"{parts[0]}/" == DROPS else ""


def asks(key: str) -> bool:
    """Whether an object at this key asks for a video: requests, media that others name, and folders do not."""
    parts = key.split("/")
    if f"{parts[0]}/" != DROPS or parts[-1] in ("", REQUEST_FILE):
        return False
    return len(parts) < 4 or parts[2] != MEDIA_FOLDER


def is_plain(key: str) -> bool:
    """Whether a key has no segment that a client of HTTP would take for a way elsewhere."""
    return not _ODD & set(key.split("/"))


def requests_above(key: str) -> tuple[str, ...]:
    """Where a drop's request may lie, the nearest first: beside it, then in each folder up to its owner's."""
    folders = key.split("/")[:-1]
    return tuple("/".join((*folders[:end], REQUEST_FILE)) for end in range(len(folders), 1, -1))


def own_key(text: str, owner: str) -> str | None:
    """The key that a request names, without detours; none if it leads out of its owner's folder."""
    key = posixpath.normpath(text)
    own = f"{DROPS}{owner}/"
    return key if text.startswith(own) and key.startswith(own) else None

"""How long the provider may fetch media that we hold, and what it means when it came too late."""

from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.time import HOUR, Instant
from reelhook.domain.video import Video

# Asked for, that is: a link dies with the credentials that signed it, and those of a function's role live some hours.
LINK_SECONDS = 12 * 60 * 60
SURELY_ALIVE = HOUR  # ours: whatever could not be fetched sooner was no link that had died of age
EXPIRED = VideoError(
    "reference_expired",
    "The provider came to this video so late that its link to the reference media had run out. Ask for it again.",
    Category.PROVIDER_TIMEOUT,
    retryable=True,
    billed=Billed.UNKNOWN,
)


def links_ran_out(video: Video, now: Instant) -> bool:
    """Whether media that the provider could not fetch were ours, and their links may have been dead by then.

    It had failed when its callback came; where none came, nobody knows since when, and `now` stands for it.
    """
    if video.sent_at is None or not (video.references or video.uploads):
        return False
    return (video.hinted_at or now) - video.sent_at > SURELY_ALIVE

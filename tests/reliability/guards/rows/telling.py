"""Guards of what is told: what changed, once, and again until it is heard."""

import functions.publish_events
from reelhook.api.events import stream_answer
from reelhook.domain.events import PublicChange, public_change
from reelhook.domain.time import Instant
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.use_cases import publication
from reelhook.use_cases.publication import Announcing
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced

_follow = Announcing.follow


def whatever_is_written(_before: Video | None, after: Video, at: Instant) -> PublicChange | None:
    """Every write on a video that stands where something can be told."""
    return public_change(None, after, at) if after.state in FINAL_STATES else None


def every_queued(before: Video | None, after: Video, at: Instant) -> PublicChange | None:
    """Each time that a video comes to the queue."""
    return public_change(None if after.state is State.QUEUED else before, after, at)


def given_up(told: Announcing, change: PublicChange) -> None:
    """What the bus does not take is not told."""
    try:
        _follow(told, change)
    except Exception:  # noqa: BLE001 - that is the fault
        return


TELLING = (
    code(
        "only a change of the public status is told",
        "the look at what stood there before",
        "told: stored",
        "told, and nothing changed",
        replaced(publication, "public_change", whatever_is_written),
    ),
    code(
        "a video is queued once",
        "the mark of an earlier time in the queue",
        "told: queued three times, then sent",
        "told, and nothing changed",
        replaced(publication, "public_change", every_queued),
    ),
    code(
        "an event that the bus did not take comes again",
        "the failure",
        "told: bus down 1 h",
        "never told",
        replaced(Announcing, "follow", given_up),
    ),
    code(
        "a record that failed comes again",
        "the number that the stream is told",
        "told: bus down 1 h",
        "never told",
        replaced(functions.publish_events, "stream_answer", lambda _: stream_answer(None)),
    ),
)

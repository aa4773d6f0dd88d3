"""Finishing what is due and nobody finished: T10, T10e, T11, T11w, T11x, T19."""

from reelhook.domain.conditions import Equals, as_seen, every
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.lifecycle.writing import due, final, unsettled, update
from reelhook.domain.schedule import Timing, miss_delay, next_look, next_scheduled
from reelhook.domain.time import MINUTE, Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write

SUBMISSION_UNKNOWN = VideoError(
    code="submission_unknown",
    message="The provider never said whether it took this video. It was not sent again; it may have been charged.",
    category=Category.SUBMISSION_UNKNOWN,
    retryable=False,  # asking again could pay twice
    billed=Billed.UNKNOWN,
)
PROVIDER_TIMEOUT = VideoError(
    code="provider_timeout",
    message="The provider did not finish this video in time. A late result is still accepted.",
    category=Category.PROVIDER_TIMEOUT,
    retryable=False,  # its result may still come
    billed=Billed.UNKNOWN,
)

# References are put before the record, by an attempt that lives 28 s; what it left unanswered S3 may take a while later.
LAST_PUT = 2 * MINUTE


def lock_look_up(video: Video, now: Instant, timing: Timing) -> Write:
    """T10: of two reconcilers one looks up; it also sets when the next look is due."""
    return update(
        "T10",
        video,
        every(
            Equals("state", video.state),
            as_seen("look_ups", video.look_ups),
            as_seen("asked", video.asked),
        ),
        change=due(video, next_look(video, now, timing)),
        add={"look_ups": 1},
    )


def miss_look_up(video: Video, now: Instant) -> Write:
    """T10e: the look-up was not answered; sooner again than the schedule says. `video` is as after T10."""
    soon = now + miss_delay(video.misses)
    return update(
        "T10e",
        video,
        every(Equals("state", video.state), as_seen("look_ups", video.look_ups)),
        change=due(video, soon if video.due_at is None else min(video.due_at, soon)),
        add={"misses": 1},
    )


def await_unknown(video: Video, now: Instant, timing: Timing) -> Write:
    """T11, counted: a submit nobody has heard of yet goes on waiting for a callback."""
    return update(
        "T11",
        video,
        every(Equals("state", video.state), as_seen("asked", video.asked)),
        change=due(video, next_look(video, now, timing)),
    )


def expire(video: Video, error: VideoError, now: Instant, retention_days: int) -> Write:
    """T11, the end: only a confirmed late success re-opens it."""
    return update(
        "T11",
        video,
        every(Equals("state", video.state), as_seen("asked", video.asked)),
        **final(
            video,
            State.EXPIRED,
            now,
            retention_days,
            error=error,
            expired_at=now,
            remove=("asked", "hinted_at"),
        ),
    )


def await_task(video: Video, now: Instant, timing: Timing) -> Write:
    """T11w: a hint on an expired video named a task that is still at work, so the schedule goes on for it.

    Only after an answer: T10 keeps a video whose look-up died due within minutes.
    """
    return update(
        "T11w",
        video,
        every(Equals("state", State.EXPIRED), as_seen("asked", video.asked)),
        change=due(video, next_scheduled(video, now, timing)),
    )


def forget_hint(video: Video) -> Write:
    """T11x: a hint on an expired video came to nothing. It stays due for the ledger and for its references."""
    waits = unsettled(video, State.EXPIRED) or video.references
    return update(
        "T11x",
        video,
        every(Equals("state", State.EXPIRED), as_seen("asked", video.asked)),
        change={},
        remove=("asked",) if waits else ("asked", "open", "due_at"),
    )


def forget_references(video: Video, began: Instant) -> Write:
    """T19: a final video's references were removed, from `began` on; once more if a late put may bring one back.

    Only an `expired` one may still be due afterwards, for a hint.
    """
    last, hinted = video.created_at + LAST_PUT, video.state is State.EXPIRED and video.asked
    come_again = began < last and not hinted
    return update(
        "T19",
        video,
        every(
            Equals("state", video.state),
            as_seen("asked", video.asked),
            as_seen("references", video.references),
        ),
        change=due(video, last) if come_again else {},
        remove=() if come_again else ("references",) if hinted else ("references", "open", "due_at"),
    )

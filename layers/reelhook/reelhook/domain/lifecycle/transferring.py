"""Copying a result to the bucket: T6, T6r, T7, T8, T8h by the lease holder, T9 by the reconciler."""

from reelhook.domain.conditions import Absent, Equals, Every, Less, as_seen, either, every
from reelhook.domain.failure import VideoError
from reelhook.domain.lifecycle.writing import due, final, update
from reelhook.domain.schedule import resend_delay, retry_delay
from reelhook.domain.time import DAY, SECOND, Instant
from reelhook.domain.video import Artifact, State, Video
from reelhook.domain.writes import Mine, Write

LINK_LIFE = DAY  # APIXO's result links: "expire after 24 hours" (its response-format page)
LEASE_MARGIN = 30 * SECOND


def _held(lease: str) -> tuple[Equals, Equals]:
    return Equals("state", State.TRANSFERRING), Equals("lease", lease)


def _unfinished(video: Video, now: Instant) -> Every:
    """As seen, and nobody is at it."""
    lapsed = (Less("lease_until", now),) if video.state is State.TRANSFERRING else ()
    return every(Equals("state", video.state), as_seen("due_at", video.due_at), *lapsed)


def take(video: Video, lease: str, until: Instant, now: Instant) -> Write:
    """T6: the lease ends 30 s after this attempt's own deadline; an expired one may be taken over."""
    lease_until = until + LEASE_MARGIN
    return update(
        "T6",
        video,
        either(
            Equals("state", State.RESULT_READY),
            every(Equals("state", State.TRANSFERRING), Less("lease_until", now)),
        ),
        change={
            "state": State.TRANSFERRING,
            "lease": lease,
            "lease_until": lease_until,
            **due(video, lease_until + LEASE_MARGIN),
        },
        mine=Mine("lease", lease),
    )


def refresh(
    video: Video,
    lease: str,
    results: tuple[str, ...],
    now: Instant,
    expires_at: Instant | None = None,
    last_frame: str | None = None,
) -> Write:
    """T6r: the links were asked for once more, which happens once per video."""
    change: dict[str, object] = {"refreshed": True, "result_at": now}
    if results:
        change["results"] = results
    if last_frame is not None:
        change["last_frame_result"] = last_frame
    if expires_at is not None:
        change["result_expires_at"] = expires_at
    return update("T6r", video, every(*_held(lease), Absent("refreshed")), change=change)


def store(
    video: Video, lease: str, artifacts: tuple[Artifact, ...], now: Instant, retention_days: int
) -> Write:
    """T7: every artifact is in the bucket."""
    return update(
        "T7",
        video,
        every(*_held(lease)),
        **final(
            video,
            State.STORED,
            now,
            retention_days,
            artifacts=artifacts,
            completed_at=now,
            remove=(
                "results",
                "last_frame_result",
                "result_expires_at",
                "asked",
                "hinted_at",
                "error",
                "expired_at",
            ),
        ),
    )


def fail_attempt(video: Video, lease: str, bad: int, now: Instant) -> Write:
    """T8: this attempt failed; the next one waits longer. `bad` counts answers in a row that were no video."""
    return update(
        "T8",
        video,
        every(*_held(lease)),
        change={
            "state": State.RESULT_READY,
            "tries": video.tries + 1,
            "bad": bad,
            "failed_sends": video.sends,
            **due(video, now + retry_delay(video.tries)),
        },
        remove=("lease", "lease_until"),
    )


def give_up(video: Video, lease: str, error: VideoError, now: Instant, retention_days: int) -> Write:
    """T8 for good: no further attempt can help."""
    return update(
        "T8",
        video,
        every(*_held(lease)),
        **final(video, State.TRANSFER_FAILED, now, retention_days, error=error),
    )


def hand_over(video: Video, lease: str, now: Instant) -> Write:
    """T8h: the callback's function has no time for it; TransferVideo has. Counts no try."""
    return update(
        "T8h",
        video,
        every(*_held(lease)),
        change={"state": State.RESULT_READY, **due(video, now + 120 * SECOND)},
        remove=("lease", "lease_until"),
    )


def resend(video: Video, now: Instant) -> Write:
    """T9: nobody finished the transfer, so it goes to the queue again; a lost message costs one period."""
    return update(
        "T9",
        video,
        _unfinished(video, now),
        change=due(video, now + resend_delay(video.sends)),
        add={"sends": 1},
    )


def give_up_unfinished(video: Video, error: VideoError, now: Instant, retention_days: int) -> Write:
    """T9 for good: a day past the end of the link nobody can fetch it any more."""
    return update(
        "T9",
        video,
        _unfinished(video, now),
        **final(video, State.TRANSFER_FAILED, now, retention_days, error=error),
    )


def link_end(video: Video) -> Instant:
    """When the result's links are dead: as the provider said, else a day after we learned of them."""
    if video.result_expires_at is not None:
        return video.result_expires_at
    return (video.created_at if video.result_at is None else video.result_at) + LINK_LIFE

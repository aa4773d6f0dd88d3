"""What callbacks and look-ups do: T5 records a hint, T3 and T4 settle what the provider confirmed."""

from reelhook.domain.conditions import Absent, Condition, Equals, Less, OneOf, either, every
from reelhook.domain.failure import VideoError
from reelhook.domain.lifecycle.writing import due, final, update
from reelhook.domain.price import Usage
from reelhook.domain.time import MINUTE, Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write

AWAITING = (State.QUEUED, State.SUBMITTING, State.SUBMITTED, State.EXPIRED)
CONFIRMABLE = (State.SUBMITTING, State.SUBMITTED, State.EXPIRED)
RECHECKABLE = (*CONFIRMABLE, State.TRANSFER_FAILED)  # what the operator's word adds
MAX_ASKED = 8  # confirmations that one video's callbacks may cause: whoever holds a leaked URL gets no more


def hint(video: Video, task_id: str, now: Instant) -> Write:
    """T5: the hint is on record before anybody looks it up. Without a known task its id becomes a candidate."""
    queued = video.state is State.QUEUED
    return update(
        "T5",
        video,
        every(Equals("state", video.state), either(Absent("asked"), Less("asked", MAX_ASKED))),
        change={
            "state": State.SUBMITTING if queued else video.state,
            "hinted_at": now,
            **due(video, now + MINUTE),
        },
        add={"asked": 1} if video.task_id else {"asked": 1, "candidates": frozenset({task_id})},
        remove=("queue",) if queued else (),
    )


def success(
    video: Video,
    task_id: str,
    results: tuple[str, ...],
    now: Instant,
    expires_at: Instant | None = None,
    *,
    last_frame: str | None = None,
    usage: Usage | None = None,
    recheck: bool = False,
) -> Write:
    """T3: a confirmed success with links re-opens an `expired` video, and at the operator's word a `transfer_failed`."""
    change: dict[str, object] = {
        "state": State.RESULT_READY,
        "task_id": task_id,
        "results": results,
        "last_frame_result": last_frame,
        "usage": usage,
        "result_at": now,
        **due(video, now + MINUTE),
    }
    return update(
        "T3",
        video,
        every(
            OneOf("state", RECHECKABLE if recheck else CONFIRMABLE),
            either(Absent("task_id"), Equals("task_id", task_id)),
        ),
        change=change if expires_at is None else {**change, "result_expires_at": expires_at},
        remove=("refreshed", "tries", "bad", "sends", "failed_sends", "ttl"),
    )


def failure(
    video: Video,
    task_id: str,
    error: VideoError,
    now: Instant,
    retention_days: int,
    usage: Usage | None = None,
) -> Write:
    """T4: a confirmed failure; among several candidates one failure settles nothing."""
    only_candidate: Condition = every(Absent("task_id"), Equals("candidates", frozenset({task_id})))
    return update(
        "T4",
        video,
        every(
            OneOf("state", (State.SUBMITTING, State.SUBMITTED)),
            either(Equals("task_id", task_id), only_candidate),
        ),
        **final(video, State.FAILED, now, retention_days, error=error, task_id=task_id, usage=usage),
    )

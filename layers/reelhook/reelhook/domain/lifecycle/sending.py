"""Claiming and sending: T0, T0q, T12, T12d, T13, T1, T2, T15."""

from dataclasses import replace

from reelhook.domain.conditions import Absent, Equals, every
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.lifecycle.writing import due, final, update, video_key
from reelhook.domain.listing import place
from reelhook.domain.schedule import Timing
from reelhook.domain.time import Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Mine, Write

PROVIDER_BUSY = VideoError(
    code="provider_busy",
    message="The provider had no room for this video before it grew too old. Nothing was charged.",
    category=Category.PROVIDER_BUSY,
    retryable=True,
    billed=Billed.NO,
)

OWNER_DISABLED = VideoError(
    code="owner_disabled",
    message="The account that asked for this video was disabled before it was sent. Nothing was charged.",
    category=Category.ACCOUNT,
    retryable=False,
    billed=Billed.NO,
)


def queued_order(video: Video) -> str:
    """Sorts a provider's queue: clients' requests as they came in, drops as they were dropped, however late S3 told."""
    if video.drop is None:
        return place(video.created_at, video.video_id)
    return place(video.drop.time, f"{video.drop.sequencer}#{video.video_id}")


def claim_new(draft: Video, claim: str, now: Instant, timing: Timing) -> Write:
    """T0: the put that is both the record and the permission to send, once."""
    claimed = replace(
        draft, state=State.SUBMITTING, claim=claim, sent_at=now, **due(draft, now + timing.looks[0])
    )
    return Write("T0", video_key(draft), Absent("pk"), put=claimed, mine=Mine("claim", claim))


def enqueue_new(draft: Video, claim: str, max_age: int) -> Write:
    """T0q: accepted and not sent, because the gate is closed or it was dropped. Its claim only tells a hidden retry from a rival."""
    queued = replace(
        draft,
        state=State.QUEUED,
        claim=claim,
        queue=draft.provider,
        queued_order=queued_order(draft),
        **due(draft, draft.created_at + max_age),
    )
    return Write("T0q", video_key(draft), Absent("pk"), put=queued, mine=Mine("claim", claim))


def claim_queued(video: Video, claim: str, now: Instant, timing: Timing) -> Write:
    """T12: a queued video is claimed anew; the claim of an earlier attempt is worth nothing from here on."""
    return update(
        "T12",
        video,
        Equals("state", State.QUEUED),
        change={
            "state": State.SUBMITTING,
            "claim": claim,
            "sent_at": now,
            **due(video, now + timing.looks[0]),
        },
        remove=("queue",),
        mine=Mine("claim", claim),
    )


def refuse_owner(video: Video, now: Instant, retention_days: int) -> Write:
    """T12d: its owner was disabled while it waited."""
    return update(
        "T12d",
        video,
        Equals("state", State.QUEUED),
        **final(video, State.FAILED, now, retention_days, error=OWNER_DISABLED),
    )


def requeue(video: Video, claim: str, max_age: int) -> Write:
    """T13: certainly not accepted, so it waits. A callback meanwhile (`asked`) proves that it was, after all."""
    return update(
        "T13",
        video,
        every(Equals("state", State.SUBMITTING), Equals("claim", claim), Absent("asked")),
        change={
            "state": State.QUEUED,
            "queue": video.provider,
            "queued_order": queued_order(video),
            **due(video, video.created_at + max_age),
        },
        mine=Mine("claim", claim),
    )


def accepted(video: Video, claim: str, task_id: str) -> Write:
    """T1: the provider took it."""
    return update(
        "T1",
        video,
        every(Equals("state", State.SUBMITTING), Equals("claim", claim), Absent("task_id")),
        change={"state": State.SUBMITTED, "task_id": task_id},
        mine=Mine("claim", claim),
    )


def refused(video: Video, claim: str, error: VideoError, now: Instant, retention_days: int) -> Write:
    """T2: the provider refused it; nothing was bought."""
    return update(
        "T2",
        video,
        every(Equals("state", State.SUBMITTING), Equals("claim", claim), Absent("asked")),
        **final(video, State.REJECTED, now, retention_days, error=error),
        mine=Mine("claim", claim),
    )


def too_old(video: Video, now: Instant, retention_days: int) -> Write:
    """T15: it waited in the queue for as long as the operator allows."""
    return update(
        "T15",
        video,
        Equals("state", State.QUEUED),
        **final(video, State.FAILED, now, retention_days, error=PROVIDER_BUSY),
    )

"""Every transition of the lifecycle, and the states in which the specification lets it stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reelhook.domain.lifecycle import confirming, ending, reconciling, sending, transferring
from reelhook.domain.price import Usage
from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write
from tests.builders import CLAIM, LEASE, LINK, NOW, TASK_ID, TIMING, an_artifact, an_error

S = State
WAITING = {S.SUBMITTING, S.SUBMITTED}
EVERYWHERE = set(State)


@dataclass(frozen=True)
class Transition:
    """`build` makes the write for a video as it was read; it may stand in `states` only."""

    name: str
    build: Callable[[Video], Write]
    states: set[State]


BILLED = Usage("0.2400", "USD", "as billed by the provider", estimated=False)
TRANSITIONS = [
    Transition("T0", lambda video: sending.claim_new(video, "other", NOW, TIMING), set()),
    Transition("T0q", lambda video: sending.enqueue_new(video, "claim-1", DAY), set()),
    Transition("T12", lambda video: sending.claim_queued(video, "claim-2", NOW, TIMING), {S.QUEUED}),
    Transition("T12d", lambda video: sending.refuse_owner(video, NOW, 30), {S.QUEUED}),
    Transition("T13", lambda video: sending.requeue(video, CLAIM, DAY), {S.SUBMITTING}),
    Transition("T1", lambda video: sending.accepted(video, CLAIM, TASK_ID), {S.SUBMITTING}),
    Transition("T2", lambda video: sending.refused(video, CLAIM, an_error(), NOW, 0), {S.SUBMITTING}),
    Transition("T14", lambda video: ending.cancel(video, NOW, 30), {S.QUEUED}),
    Transition("T15", lambda video: sending.too_old(video, NOW, 0), {S.QUEUED}),
    Transition("T5", lambda video: confirming.hint(video, TASK_ID, NOW), EVERYWHERE),
    Transition(
        "T3",
        lambda video: confirming.success(video, TASK_ID, (LINK, LINK + "?2"), NOW, NOW + DAY),
        {*WAITING, S.EXPIRED},
    ),
    Transition(
        "T3 recheck",
        lambda video: confirming.success(video, TASK_ID, (LINK,), NOW, recheck=True),
        {*WAITING, S.EXPIRED, S.TRANSFER_FAILED},
    ),
    Transition(
        "T3 with all",
        lambda video: confirming.success(video, TASK_ID, (LINK,), NOW, last_frame=LINK + "?l", usage=BILLED),
        {*WAITING, S.EXPIRED},
    ),
    Transition(
        "T4 billed",
        lambda video: confirming.failure(video, TASK_ID, an_error(), NOW, 30, BILLED),
        {S.SUBMITTED},
    ),
    Transition("T4", lambda video: confirming.failure(video, TASK_ID, an_error(), NOW, 30), {S.SUBMITTED}),
    Transition(
        "T6",
        lambda video: transferring.take(video, "lease-2", NOW + 3 * MINUTE, NOW + 2 * MINUTE),
        {S.RESULT_READY, S.TRANSFERRING},
    ),
    Transition(
        "T6r", lambda video: transferring.refresh(video, LEASE, (LINK,), NOW, NOW + DAY), {S.TRANSFERRING}
    ),
    Transition(
        "T7",
        lambda video: transferring.store(video, LEASE, (an_artifact(), an_artifact(index=1)), NOW, 1),
        {S.TRANSFERRING},
    ),
    Transition("T8", lambda video: transferring.fail_attempt(video, LEASE, 0, NOW), {S.TRANSFERRING}),
    Transition("T8 bad", lambda video: transferring.fail_attempt(video, LEASE, 2, NOW), {S.TRANSFERRING}),
    Transition(
        "T8 end", lambda video: transferring.give_up(video, LEASE, an_error(), NOW, 0), {S.TRANSFERRING}
    ),
    Transition("T8h", lambda video: transferring.hand_over(video, LEASE, NOW), {S.TRANSFERRING}),
    # what the reconciler writes rests on what it saw, in whatever state; which states it acts in is its own matter
    Transition("T9", lambda video: transferring.resend(video, NOW + HOUR), EVERYWHERE),
    Transition(
        "T9 end",
        lambda video: transferring.give_up_unfinished(video, an_error(), NOW + HOUR, 0),
        EVERYWHERE,
    ),
    Transition("T10", lambda video: reconciling.lock_look_up(video, NOW, TIMING), EVERYWHERE),
    Transition("T10e", lambda video: reconciling.miss_look_up(video, NOW), EVERYWHERE),
    Transition("T11", lambda video: reconciling.await_unknown(video, NOW, TIMING), EVERYWHERE),
    Transition("T11 end", lambda video: reconciling.expire(video, an_error(), NOW, 0), EVERYWHERE),
    Transition("T11w", lambda video: reconciling.await_task(video, NOW, TIMING), {S.EXPIRED}),
    Transition("T11x", reconciling.forget_hint, {S.EXPIRED}),
    Transition("T19", lambda video: reconciling.forget_references(video, NOW), EVERYWHERE),
    Transition("T19 end", lambda video: reconciling.forget_references(video, NOW + HOUR), EVERYWHERE),
]
BY_NAME = {transition.name: transition for transition in TRANSITIONS}

# In a right state, and refused all the same: the transition, the video's state, what is different about the video.
REFUSED: list[tuple[str, State, dict[str, Any]]] = [
    ("T13", S.SUBMITTING, {"claim": "another"}),
    ("T13", S.SUBMITTING, {"asked": 1}),
    ("T1", S.SUBMITTING, {"claim": "another"}),
    ("T1", S.SUBMITTING, {"task_id": "task-9"}),
    ("T2", S.SUBMITTING, {"claim": "another"}),
    ("T2", S.SUBMITTING, {"asked": 3}),
    ("T5", S.SUBMITTED, {"asked": 8}),
    ("T3", S.SUBMITTED, {"task_id": "task-9"}),
    ("T3", S.EXPIRED, {"task_id": "task-9"}),
    ("T4", S.SUBMITTED, {"task_id": "task-9"}),
    ("T4", S.SUBMITTING, {"candidates": frozenset({"task-9"})}),
    ("T4", S.SUBMITTING, {"candidates": frozenset({TASK_ID, "task-9"})}),
    ("T6", S.TRANSFERRING, {"lease_until": NOW + 2 * MINUTE}),
    ("T6r", S.TRANSFERRING, {"lease": "another"}),
    ("T6r", S.TRANSFERRING, {"refreshed": True}),
    ("T7", S.TRANSFERRING, {"lease": "another"}),
    ("T8", S.TRANSFERRING, {"lease": "another"}),
    ("T8 end", S.TRANSFERRING, {"lease": "another"}),
    ("T8h", S.TRANSFERRING, {"lease": "another"}),
    ("T9", S.TRANSFERRING, {"lease_until": NOW + 2 * HOUR}),
    ("T9 end", S.TRANSFERRING, {"lease_until": NOW + 2 * HOUR}),
]

# In a right state, with something about the video that must not stand in the way.
ALLOWED: list[tuple[str, State, dict[str, Any]]] = [
    ("T5", S.SUBMITTING, {"asked": 7, "candidates": frozenset({"task-9"})}),
    ("T5", S.EXPIRED, {"task_id": None}),
    ("T3", S.SUBMITTING, {"tries": 3, "bad": 2, "sends": 4, "failed_sends": 3, "refreshed": True, "ttl": 9}),
    (
        "T3 recheck",
        S.TRANSFER_FAILED,
        {"tries": 3, "bad": 3, "refreshed": True, "error": an_error(), "ttl": 9},
    ),
    ("T4", S.SUBMITTING, {"candidates": frozenset({TASK_ID})}),
    ("T6r", S.TRANSFERRING, {"tries": 2}),
    ("T7", S.TRANSFERRING, {"asked": 2, "hinted_at": NOW, "error": an_error(), "expired_at": NOW}),
    ("T8", S.TRANSFERRING, {"tries": 3, "bad": 2}),
    ("T10", S.EXPIRED, {"asked": 1, "look_ups": 4}),
    ("T11 end", S.SUBMITTED, {"asked": 1, "hinted_at": NOW}),
    ("T11w", S.EXPIRED, {"asked": 2, "open": "1", "due_at": NOW}),
    ("T11x", S.EXPIRED, {"asked": 2, "open": "1", "due_at": NOW}),
    ("T19", S.STORED, {"references": 2, "open": "1", "due_at": NOW}),
    ("T19 end", S.STORED, {"references": 2, "open": "1", "due_at": NOW}),
    ("T19 end", S.EXPIRED, {"references": 1, "asked": 1, "open": "1", "due_at": NOW}),
]

# What the reconciler saw is no longer so: the transition, and what somebody else changed meanwhile.
OVERTAKEN: list[tuple[str, State, dict[str, Any]]] = [
    ("T5", S.SUBMITTING, {"state": S.SUBMITTED}),
    ("T9", S.RESULT_READY, {"due_at": NOW + 5 * MINUTE}),
    ("T9", S.RESULT_READY, {"state": S.STORED}),
    ("T9 end", S.RESULT_READY, {"due_at": NOW + 5 * MINUTE}),
    ("T10", S.SUBMITTED, {"look_ups": 1}),
    ("T10", S.SUBMITTED, {"asked": 1}),
    ("T10e", S.SUBMITTED, {"look_ups": 2}),
    ("T11", S.SUBMITTING, {"asked": 1}),
    ("T11 end", S.SUBMITTED, {"asked": 1}),
    ("T11 end", S.SUBMITTED, {"state": S.RESULT_READY}),
    ("T11w", S.EXPIRED, {"asked": 3}),
    ("T11x", S.EXPIRED, {"asked": 3}),
    ("T19", S.EXPIRED, {"asked": 1}),
    ("T19", S.REJECTED, {"references": 1}),
    ("T19 end", S.EXPIRED, {"asked": 1}),
    ("T19 end", S.EXPIRED, {"state": S.RESULT_READY}),
]

"""Every write that the domain can make, in each of its forms: what the table of guards has to account for."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from inspect import getmembers, isfunction, signature
from types import ModuleType
from typing import Any

from reelhook.domain import gate
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.ledger import WHOSE, Reservation
from reelhook.domain.lifecycle import (
    confirming,
    delivering,
    ending,
    recognising,
    reconciling,
    sending,
    settling,
    transferring,
    uploading,
)
from reelhook.domain.owners import Limits
from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import Answer, Delivery, DeliveryState
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Write
from tests.builders import (
    CLAIM,
    LEASE,
    LINK,
    NOW,
    TASK_ID,
    TIMING,
    VIDEO_ID,
    a_draft,
    a_video,
    an_artifact,
    an_error,
)
from tests.reliability.guards.terms import leaves, row_of, words_of

MODULES: tuple[ModuleType, ...] = (
    sending,
    recognising,
    confirming,
    reconciling,
    transferring,
    ending,
    settling,
    uploading,
    delivering,
    gate,
)
SEEN: tuple[dict[str, Any], ...] = (
    {},
    {"asked": 2, "hinted_at": NOW, "look_ups": 1},
)  # without hints, and with
FAILED = an_error()
HELD = Reservation("2026-11-21", 780_000, ("key",))
BOUNDS = Limits(2, 2, Decimal(2))
TOMBSTONE = Tombstone(VIDEO_ID, "owner-1", NOW, NOW, NOW, "0", NOW)

CHANGE = PublicChange(a_video(State.STORED), EventType.COMPLETED, NOW)
DELIVERY = Delivery(
    "we_a",
    CHANGE.id,
    "owner-1",
    CHANGE.type,
    VIDEO_ID,
    NOW,
    NOW,
    "order",
    NOW,
    DeliveryState.PENDING,
    claim=CLAIM,
    due_at=NOW,
)

FORMS: dict[Callable[..., Write], list[Write]] = {
    sending.claim_new: [sending.claim_new(a_draft(), CLAIM, NOW, TIMING)],
    sending.enqueue_new: [sending.enqueue_new(a_draft(), CLAIM, HOUR)],
    sending.claim_queued: [sending.claim_queued(a_video(State.QUEUED), CLAIM, NOW, TIMING)],
    sending.refuse_owner: [sending.refuse_owner(a_video(State.QUEUED), NOW, 0)],
    sending.requeue: [sending.requeue(a_video(State.SUBMITTING), CLAIM, HOUR)],
    sending.accepted: [sending.accepted(a_video(State.SUBMITTING), CLAIM, TASK_ID)],
    sending.refused: [sending.refused(a_video(State.SUBMITTING), CLAIM, FAILED, NOW, 0)],
    sending.too_old: [sending.too_old(a_video(State.QUEUED), NOW, 0)],
    recognising.leave_fingerprint: [
        recognising.leave_fingerprint("f" * 64, VIDEO_ID, Attempt(NOW, retry), NOW) for retry in (0, 1)
    ],
    confirming.hint: [confirming.hint(a_video(state), TASK_ID, NOW) for state in confirming.AWAITING],
    confirming.success: [
        confirming.success(a_video(), TASK_ID, (LINK,), NOW, expires_at, recheck=recheck)
        for expires_at in (None, NOW + DAY)
        for recheck in (False, True)
    ],
    confirming.failure: [confirming.failure(a_video(), TASK_ID, FAILED, NOW, 0)],
    reconciling.lock_look_up: [
        reconciling.lock_look_up(a_video(state, **seen), NOW, TIMING)
        for state in confirming.CONFIRMABLE
        for seen in SEEN
    ],
    reconciling.miss_look_up: [reconciling.miss_look_up(a_video(**seen), NOW) for seen in SEEN],
    reconciling.await_unknown: [
        reconciling.await_unknown(a_video(State.SUBMITTING, **seen), NOW, TIMING) for seen in SEEN
    ],
    reconciling.expire: [reconciling.expire(a_video(**seen), FAILED, NOW, 0) for seen in SEEN],
    reconciling.forget_references: [
        reconciling.forget_references(a_video(State.EXPIRED, references=1, **seen), began)
        for seen in SEEN
        for began in (NOW, NOW + HOUR)
    ],
    reconciling.await_task: [reconciling.await_task(a_video(State.EXPIRED, **SEEN[1]), NOW, TIMING)],
    reconciling.forget_hint: [reconciling.forget_hint(a_video(State.EXPIRED, **SEEN[1]))],
    transferring.take: [
        transferring.take(a_video(state), LEASE, NOW + MINUTE, NOW)
        for state in (State.RESULT_READY, State.TRANSFERRING)
    ],
    transferring.refresh: [
        transferring.refresh(a_video(State.TRANSFERRING), LEASE, results, NOW) for results in ((), (LINK,))
    ],
    transferring.store: [transferring.store(a_video(State.TRANSFERRING), LEASE, (an_artifact(),), NOW, 0)],
    transferring.fail_attempt: [transferring.fail_attempt(a_video(State.TRANSFERRING), LEASE, 0, NOW)],
    transferring.give_up: [transferring.give_up(a_video(State.TRANSFERRING), LEASE, FAILED, NOW, 0)],
    transferring.hand_over: [transferring.hand_over(a_video(State.TRANSFERRING), LEASE, NOW)],
    transferring.resend: [
        transferring.resend(a_video(state), NOW) for state in (State.RESULT_READY, State.TRANSFERRING)
    ],
    transferring.give_up_unfinished: [
        transferring.give_up_unfinished(a_video(state), FAILED, NOW, 0)
        for state in (State.RESULT_READY, State.TRANSFERRING)
    ],
    ending.cancel: [ending.cancel(a_video(State.QUEUED), NOW, 0)],
    settling.count_day: [
        settling.count_day(whose, "key", HELD, limits, NOW)
        for whose in WHOSE
        for limits in (Limits(), BOUNDS)
    ],
    settling.take_place: [
        settling.take_place(whose, "key", limits, NOW) for whose in WHOSE for limits in (Limits(), BOUNDS)
    ],
    settling.settle: [
        settling.settle(a_video(state, reservation=HELD, **seen))
        for state in (State.STORED, State.EXPIRED)
        for seen in SEEN
    ],
    settling.adjust: [settling.adjust(a_video(State.STORED, booked=HELD))],
    settling.book_day: [settling.book_day(whose, "key", "2026-11-21", -1, 1, 1) for whose in WHOSE],
    settling.leave_place: [settling.leave_place(whose, "key") for whose in WHOSE],
    uploading.count_upload: [uploading.count_upload("key", "2026-11-21", 2, NOW)],
    ending.bury: [ending.bury(a_video(state), NOW) for state in (State.STORED, State.EXPIRED)],
    ending.come_again: [ending.come_again(TOMBSTONE, NOW)],
    ending.rest: [ending.rest(TOMBSTONE)],
    delivering.new_delivery: [delivering.new_delivery("we_a", CHANGE, "{}", NOW)],
    delivering.take: [delivering.take(DELIVERY, CLAIM, NOW)],
    delivering.delivered: [delivering.delivered(DELIVERY, Answer(200), NOW)],
    delivering.try_later: [delivering.try_later(DELIVERY, Answer(500), NOW)],
    delivering.given_up: [delivering.given_up(DELIVERY, Answer(problem="timeout"), NOW)],
    delivering.not_sent: [delivering.not_sent(DELIVERY, "endpoint_disabled", NOW)],
    delivering.redeliver: [
        delivering.redeliver(replace(DELIVERY, due_at=due_at), "{}", NOW) for due_at in (NOW, None)
    ],
    delivering.change_book: [
        delivering.change_book(EndpointBook("owner-1", version), EndpointBook("owner-1"))
        for version in (0, 1)
    ],
    gate.lease_round: [
        gate.lease_round("apixo", LEASE, NOW + MINUTE, NOW, woken=woken) for woken in (False, True)
    ],
    gate.close: [gate.close(gate.Gate("apixo"), NOW, 5, False)],
    gate.reopen: [gate.reopen("apixo")],
    gate.end_round: [gate.end_round("apixo", LEASE)],
}


def makers() -> set[Callable[..., Write]]:
    """The domain's functions that make a write, by what they say they return."""
    return {
        made
        for module in MODULES
        for name, made in getmembers(module, isfunction)
        if made.__module__ == module.__name__
        and signature(made).return_annotation is Write
        and not name.startswith("_")
    }


def terms() -> set[tuple[str, str, str]]:
    """Every term of every condition: its row, its attribute, its words."""
    writes = [write for forms in FORMS.values() for write in forms]
    return {
        (row_of(write), leaf.name, words_of(leaf)) for write in writes for leaf in leaves(write.condition)
    }

"""Webhooks on their way to an endpoint: W0 to W5; and the endpoints that an owner has: E1."""

from collections.abc import Mapping
from typing import Any

from reelhook.domain.conditions import Absent, Condition, Equals, as_seen
from reelhook.domain.events import PublicChange
from reelhook.domain.listing import place
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.webhooks.delivery import DUE, LEASE, LIFE, Answer, Delivery, DeliveryState
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key, Mine, Write

_ENDED = ("open", "due_at", "claim", "body")


def delivery_key(endpoint_id: str, event_id: str) -> Key:
    """The key of a delivery: an endpoint has each event once."""
    return Key("delivery", endpoint_id, event_id)


def new_delivery(endpoint_id: str, event: PublicChange, body: str, now: Instant) -> Write:
    """W0: an event is to be sent to an endpoint, at once. The same event again changes nothing."""
    delivery = Delivery(
        endpoint_id,
        event.id,
        event.video.owner,
        event.type,
        event.video.video_id,
        event.created_at,
        now,
        place(now, event.id),
        (now + LIFE) // SECOND,
        DeliveryState.PENDING,
        body=body,
        open=DUE,
        due_at=now,
    )
    return Write("W0", delivery_key(endpoint_id, event.id), Absent("pk"), put=delivery)


def take(seen: Delivery, claim: str, now: Instant) -> Write:
    """W1: of two senders one sends; if it dies, the delivery is due again when its lease is over."""
    return _update(
        "W1",
        seen,
        as_seen("due_at", seen.due_at),
        change={"claim": claim, "attempted_at": now, "due_at": now + LEASE},
        add={"attempts": 1},
        mine=Mine("claim", claim),
    )


def delivered(taken: Delivery, answer: Answer, now: Instant) -> Write:
    """W2: the endpoint has it."""
    return _update(
        "W2",
        taken,
        Equals("claim", taken.claim),
        change={"state": DeliveryState.DELIVERED, "ended_at": now, **_told(answer)},
        remove=(*_ENDED, *_untold(answer)),
    )


def try_later(taken: Delivery, answer: Answer, at: Instant) -> Write:
    """W3: it has not; once more, then."""
    return _update(
        "W3",
        taken,
        Equals("claim", taken.claim),
        change={"due_at": at, **_told(answer)},
        remove=("claim", *_untold(answer)),
    )


def given_up(taken: Delivery, answer: Answer, now: Instant) -> Write:
    """W3, the end: nobody takes it, or nobody wants it any more (410)."""
    return _update(
        "W3 for good",
        taken,
        Equals("claim", taken.claim),
        change={"state": DeliveryState.FAILED, "ended_at": now, **_told(answer)},
        remove=(*_ENDED, *_untold(answer)),
    )


def not_sent(seen: Delivery, problem: str, now: Instant) -> Write:
    """W4: its endpoint was disabled or deleted before it was sent."""
    return _update(
        "W4",
        seen,
        as_seen("due_at", seen.due_at),
        change={"state": DeliveryState.FAILED, "ended_at": now, "problem": problem},
        remove=(*_ENDED, "status_code"),
    )


def redeliver(seen: Delivery, body: str, now: Instant) -> Write:
    """W5: its owner wants it sent once more, at once and by the whole schedule."""
    return _update(
        "W5",
        seen,
        as_seen("due_at", seen.due_at),
        change={
            "state": DeliveryState.PENDING,
            "body": body,
            "earlier": seen.attempts,
            "open": DUE,
            "due_at": now,
            "ttl": (now + LIFE) // SECOND,
        },
        remove=("claim", "ended_at"),
    )


def change_book(seen: EndpointBook, changed: EndpointBook) -> Write:
    """E1: an owner's endpoints are these now, if nobody changed them meanwhile."""
    return Write(
        "E1",
        Key("endpoint", seen.owner),
        as_seen("version", seen.version),
        change={"kind": "endpoint", "endpoints": changed.endpoints, "version": seen.version + 1},
    )


def _told(answer: Answer) -> dict[str, Any]:
    told = {"status_code": answer.status_code, "problem": answer.problem}
    return {name: value for name, value in told.items() if value is not None}


def _untold(answer: Answer) -> tuple[str, ...]:
    """What an earlier attempt may have left."""
    told = {"status_code": answer.status_code, "problem": answer.problem}
    return tuple(name for name, value in told.items() if value is None)


def _update(
    name: str,
    delivery: Delivery,
    condition: Condition,
    *,
    change: Mapping[str, Any],
    add: Mapping[str, int | frozenset[str]] | None = None,
    remove: tuple[str, ...] = (),
    mine: Mine | None = None,
) -> Write:
    key = delivery_key(delivery.endpoint_id, delivery.event_id)
    return Write(name, key, condition, change=change, add=add or {}, remove=remove, mine=mine)

"""`Delivery`: one event for one endpoint, with when it is sent next and what came of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reelhook.domain.events import EventType
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND, Instant

LIFE = 30 * DAY  # of a delivery in the log
CONNECT_SECONDS, ATTEMPT_SECONDS = 5.0, 15.0  # Standard Webhooks recommends 15 to 30 s for a whole attempt
LEASE = MINUTE  # of one attempt, longer than its function may take
DUE = "delivery"  # the partition of what is due in which deliveries lie; videos have their own
# After the last attempt: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
SCHEDULE = (
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)),
)
_SECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)


class DeliveryState(StrEnum):
    """What became of it."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One item of kind `delivery`. Its `body` goes once it is sent or given up: the log holds no content."""

    endpoint_id: str
    event_id: str
    owner: str
    type: EventType
    video_id: str
    happened_at: Instant  # the event's own `created_at`
    created_at: Instant
    delivery_order: str
    ttl: int
    state: DeliveryState
    body: str | None = None
    attempts: int = 0
    earlier: int = 0  # attempts of earlier rounds: a redelivery begins the schedule anew
    attempted_at: Instant | None = None
    status_code: int | None = None  # of the last attempt
    problem: str | None = None  # why the last attempt was not answered
    ended_at: Instant | None = None
    claim: str | None = None
    open: str | None = None
    due_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered, or why it did not."""

    status_code: int | None = None
    problem: str | None = None

    @property
    def taken(self) -> bool:
        """Whether it has the event now."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def gone(self) -> bool:
        """Whether it wants no events any more."""
        return self.status_code == 410


def schedule_of(text: str) -> tuple[int, ...]:
    """Delays (ms) from seconds with commas between; raises `ValueError`."""
    parts = [part.strip() for part in text.split(",")]
    if not all(_SECONDS.fullmatch(part) for part in parts):
        raise ValueError(f"whole seconds with commas between were expected, got {text!r:.60}")
    return tuple(int(part) * SECOND for part in parts)


def delay_after(delivery: Delivery, schedule: tuple[int, ...], drawn: int) -> int | None:
    """How long (ms) after a failed attempt the next one comes; `None` after the last.

    Up to a tenth longer, as `drawn` (a byte) says, so that what failed together does not come together again.
    """
    number = delivery.attempts - delivery.earlier
    if number > len(schedule):
        return None
    delay = schedule[number - 1]
    return delay + delay * drawn // 2_560

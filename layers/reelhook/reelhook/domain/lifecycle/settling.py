"""The ledger's writes: T0d and T0i reserve, T16 settles a video, T16a what came later, T16d and T16i the counters."""

from reelhook.domain.conditions import Absent, Condition, Equals, Less, Present, as_seen, either, every
from reelhook.domain.failure import Billed
from reelhook.domain.ledger import LEDGER_LIFE, WHOSE, Reservation, day_id, micro_usd
from reelhook.domain.lifecycle.writing import update
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Key, Write


def reserve(reservation: Reservation, limits: OwnerLimits, now: Instant) -> tuple[Write, ...]:
    """What goes with T0 or T0q: each account's day and its videos in flight."""
    bounds = (limits.owner, limits.user)
    return tuple(
        write
        for whose, key, limit in zip(WHOSE, reservation.keys, bounds, strict=False)
        for write in (
            count_day(whose, key, reservation, limit, now),
            take_place(whose, key, limit, now),
        )
    )


def count_day(whose: str, key: str, reservation: Reservation, limits: Limits, now: Instant) -> Write:
    """T0d: one video more today, and what it may cost; refused beyond a limit of the day."""
    terms = list[Condition]()
    if limits.videos_per_day is not None:
        terms.append(below("videos", limits.videos_per_day))
    if limits.usd_per_day is not None:
        terms.append(below("committed", micro_usd(limits.usd_per_day) - reservation.usd + 1))
    return Write(
        f"T0d {whose}",
        Key("day", day_id(key, reservation.day)),
        every(*terms) if terms else None,
        change=kept(now),
        add={"videos": 1, "committed": reservation.usd, "reserved": reservation.usd},
    )


def take_place(whose: str, key: str, limits: Limits, now: Instant) -> Write:
    """T0i: one video more in flight; refused where there are as many as may be."""
    limit = limits.in_flight
    condition = None if limit is None else below("videos", limit)
    return Write(f"T0i {whose}", Key("in_flight", key), condition, change=kept(now), add={"videos": 1})


def settlement(video: Video) -> tuple[Write, ...]:
    """The writes that settle a final video which is `unsettled`, the video's own first."""
    held = video.reservation
    if held is None:
        return (adjust(video), *book_difference(video))
    return (settle(video), *book(video, held), *(leave_place(*account) for account in _accounts(held)))


def settle(video: Video) -> Write:
    """T16: the reservation is over. What an expired video leaves committed is `booked`, for a late success to correct.

    It stays due for a hint, and for its references: T19 comes after this.
    """
    waits = (video.state is State.EXPIRED and video.asked) or video.references
    return update(
        "T16",
        video,
        every(Equals("state", video.state), Present("reservation"), as_seen("asked", video.asked)),
        change={"booked": video.reservation} if video.state is State.EXPIRED else {},
        remove=("reservation",) if waits else ("reservation", "open", "due_at"),
    )


def adjust(video: Video) -> Write:
    """T16a: a late success costs what it costs, instead of what its expiry had left committed."""
    return update(
        "T16a",
        video,
        every(Equals("state", video.state), Present("booked")),
        change={},
        remove=("booked",) if video.references else ("booked", "open", "due_at"),
    )


def charge(video: Video, held: Reservation) -> int:
    """What a final video counts as spent; one that expired may still have to be paid in full."""
    match video.state:
        case State.REJECTED | State.CANCELED:
            return 0
        case State.FAILED if video.usage is None:
            return 0
        case State.EXPIRED:
            return held.usd
    return held.usd if video.usage is None else micro_usd(video.usage.amount)


def book(video: Video, held: Reservation) -> tuple[Write, ...]:
    """T16d, for each account: the charge in place of the estimate."""
    spent = charge(video, held)
    unsaid = video.error is not None and video.error.billed is not Billed.NO
    unconfirmed = held.usd if video.state is State.FAILED and video.usage is None and unsaid else 0
    return tuple(
        book_day(whose, key, held.day, spent - held.usd, held.usd, unconfirmed)
        for whose, key in _accounts(held)
    )


def book_difference(video: Video) -> tuple[Write, ...]:
    """T16d after T16a."""
    held = video.booked
    if held is None:
        raise ValueError(f"{video.video_id} has nothing booked")
    difference = charge(video, held) - held.usd
    return tuple(book_day(whose, key, held.day, difference) for whose, key in _accounts(held))


def book_day(
    whose: str, key: str, day: str, difference: int, released: int = 0, unconfirmed: int = 0
) -> Write:
    """T16d: what is committed changes by `difference`, what is reserved falls by `released`."""
    add = {"committed": difference, "reserved": -released, "unconfirmed": unconfirmed}
    return Write(f"T16d {whose}", Key("day", day_id(key, day)), None, add=add)


def leave_place(whose: str, key: str) -> Write:
    """T16i: one video less in flight."""
    return Write(f"T16i {whose}", Key("in_flight", key), None, add={"videos": -1})


def _accounts(held: Reservation) -> list[tuple[str, str]]:
    return list(zip(WHOSE, held.keys, strict=False))


def below(name: str, bound: int) -> Condition:
    """Below the bound; what was never counted is 0."""
    return either(Absent(name), Less(name, bound)) if bound > 0 else Less(name, 0)


def kept(now: Instant) -> dict[str, int]:
    return {"ttl": (now + LEDGER_LIFE) // SECOND}

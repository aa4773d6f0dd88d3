"""The ledger: what an owner and each end user has asked for and may have been charged, per day, and has in flight.

Amounts are whole millionths of a dollar, so that a table can add them exactly.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from json import dumps

from reelhook.domain.time import DAY, SECOND, Instant

LEDGER_LIFE = 401 * DAY  # a day of the ledger is kept for 400 days after it is over
WHOSE = ("owner", "user")  # whom a reservation's keys stand for, in their order


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a video holds in the ledger until it is settled: on which UTC day, how much, and whose accounts."""

    day: str
    usd: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One item of kind `day`: what one account has for a UTC day. `committed` is all that may have to be paid.

    `reserved` is the part of it whose videos are not settled; `unconfirmed` lies outside of it: what failed videos
    may have cost, of which the vendor did not say. `uploads` are the forms for media that were given out.
    """

    videos: int = 0
    committed: int = 0
    reserved: int = 0
    unconfirmed: int = 0
    uploads: int = 0


@dataclass(frozen=True, slots=True)
class InFlight:
    """One item of kind `in_flight`: how many videos of one account are not settled."""

    videos: int = 0


def account_keys(owner: str, user: str | None) -> tuple[str, ...]:
    """The accounts of a request: its owner's, and its end user's if it names one; hashes that nobody can make alike."""
    names = [["owner", owner]] + ([["user", owner, user]] if user else [])
    return tuple(_hash(name) for name in names)


def day_of(instant: Instant) -> str:
    """The UTC day, as 2026-11-21."""
    return datetime.fromtimestamp(instant / SECOND, UTC).date().isoformat()


def days_between(first: date, last: date) -> list[str]:
    """Every day from one to another, both included."""
    return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


def day_id(key: str, day: str) -> str:
    """The id of an account's item for a day."""
    return f"{key}#{day}"


def micro_usd(amount: Decimal) -> int:
    """Dollars in millionths; a started one counts whole."""
    return int((amount * 1_000_000).to_integral_value(ROUND_CEILING))


def usd_text(micro: int) -> str:
    """Millionths as dollars, without zeros at the end."""
    text = f"{Decimal(micro).scaleb(-6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hash(name: list[str]) -> str:
    canonical = dumps(name, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

"""Quotas: which of their limits stands in a request's way, and what of it is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reelhook.domain.ledger import WHOSE, Day, micro_usd, usd_text
from reelhook.domain.owners import Limits, OwnerLimits


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that one more video would exceed: whose it is, which, how high, and how much of it is left."""

    whose: str
    limit: str
    most: str
    left: str


def capped(limits: OwnerLimits, user: str | None) -> bool:
    """Whether dollars are counted for this request, so that its price has to be known."""
    of_user = limits.user.usd_per_day if user else None
    return limits.owner.usd_per_day is not None or of_user is not None


def exceeded(refused: Mapping[str, object], limits: OwnerLimits, usd: int) -> tuple[Exceeded, ...]:
    """Which limits the refused writes T0d and T0i ran into, by what stood there; `usd` is the video's own estimate."""
    return tuple(
        found
        for whose, bounds in zip(WHOSE, (limits.owner, limits.user), strict=True)
        for found in (
            *_of_day(whose, refused, bounds, usd),
            *_of_places(whose, refused, bounds),
        )
    )


def _of_day(whose: str, refused: Mapping[str, object], limits: Limits, usd: int) -> Iterator[Exceeded]:
    if f"T0d {whose}" not in refused:
        return
    stood = refused[f"T0d {whose}"]
    day = stood if isinstance(stood, Day) else Day()
    most, cap = limits.videos_per_day, limits.usd_per_day
    if most is not None and day.videos >= most:
        yield Exceeded(whose, "videos_per_day", str(most), "0")
    if cap is not None and day.committed + usd > micro_usd(cap):
        left = max(micro_usd(cap) - day.committed, 0)
        yield Exceeded(whose, "usd_per_day", usd_text(micro_usd(cap)), usd_text(left))


def _of_places(whose: str, refused: Mapping[str, object], limits: Limits) -> Iterator[Exceeded]:
    if f"T0i {whose}" in refused and limits.in_flight is not None:
        yield Exceeded(whose, "in_flight", str(limits.in_flight), "0")

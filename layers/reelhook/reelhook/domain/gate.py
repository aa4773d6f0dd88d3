"""The gate: the provider's door, closed for a while after it refused for load or account (rows G1 to G4)."""

from dataclasses import dataclass

from reelhook.domain.conditions import Absent, Condition, Equals, Less, either, every
from reelhook.domain.schedule import doubling
from reelhook.domain.time import HOUR, MINUTE, SECOND, Instant
from reelhook.domain.writes import Key, Mine, Write

ACCOUNT_PAUSE = 15 * MINUTE  # an empty account must not destroy the queue


@dataclass(frozen=True, slots=True)
class Gate:
    """One item per provider; an absent one is open."""

    provider: str
    lease: str | None = None
    lease_until: Instant | None = None
    not_before: Instant | None = None
    retry_after: bool = False
    refusals: int = 0

    def closed(self, now: Instant) -> bool:
        """Whether nothing may be sent just now."""
        return self.not_before is not None and now < self.not_before


def _key(provider: str) -> Key:
    return Key("gate", provider)


def lease_round(provider: str, lease: str, until: Instant, now: Instant, *, woken: bool = False) -> Write:
    """G1: one dispatch at a time, and none before the gate opens. Keeps order; safety rests on T12 alone.

    A round that was `woken` by a video's end knows of a place: it does not wait for our own pause to be over, yet for
    one that the provider asked for (`retry_after`).
    """
    open_to_it: list[Condition] = [Absent("not_before"), Less("not_before", now + 1)]
    if woken:
        open_to_it.append(Absent("retry_after"))
    return Write(
        "G1",
        _key(provider),
        every(
            either(Absent("lease"), Less("lease_until", now)),
            either(*open_to_it),
        ),
        change={"kind": "gate", "lease": lease, "lease_until": until},
        mine=Mine("lease", lease),
    )


def close(gate: Gate, now: Instant, retry_after_seconds: int | None, account: bool) -> Write:
    """G2, with every T13: as long as the provider asks (at most 1 h), else 30 s doubling up to 15 min."""
    if account:
        pause = ACCOUNT_PAUSE
    elif retry_after_seconds is not None:
        pause = min(retry_after_seconds * SECOND, HOUR)
    else:
        pause = doubling(30 * SECOND, gate.refusals, 15 * MINUTE)
    change: dict[str, object] = {"kind": "gate", "not_before": now + pause}
    told = retry_after_seconds is not None and not account
    if told:
        change["retry_after"] = True
    return Write(
        "G2",
        _key(gate.provider),
        None,
        change=change,
        add={"refusals": 1},
        remove=() if told else ("retry_after",),
    )


def reopen(provider: str) -> Write:
    """G3, with the first T1 after refusals."""
    return Write("G3", _key(provider), None, change={"kind": "gate"}, remove=("refusals", "retry_after"))


def end_round(provider: str, lease: str) -> Write:
    """G4: the round is over."""
    return Write(
        "G4", _key(provider), Equals("lease", lease), change={"kind": "gate"}, remove=("lease", "lease_until")
    )

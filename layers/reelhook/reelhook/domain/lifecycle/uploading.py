"""The ledger's write for an upload: T0u counts it on its owner's day."""

from reelhook.domain.ledger import day_id
from reelhook.domain.lifecycle.settling import below, kept
from reelhook.domain.time import Instant
from reelhook.domain.writes import Key, Write


def count_upload(key: str, day: str, most: int, now: Instant) -> Write:
    """T0u: one upload more today; refused beyond the limit of the day."""
    return Write(
        "T0u", Key("day", day_id(key, day)), below("uploads", most), change=kept(now), add={"uploads": 1}
    )

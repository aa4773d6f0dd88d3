"""T0f: the fingerprint that goes with T0 and T0q when a request has no idempotency key."""

from reelhook.domain.conditions import Absent, Condition, Less, either
from reelhook.domain.fingerprint import REMEMBERED, Attempt, Fingerprint
from reelhook.domain.time import DAY, SECOND, Instant
from reelhook.domain.writes import Key, Write


def leave_fingerprint(fingerprint: str, video_id: str, attempt: Attempt, now: Instant) -> Write:
    """T0f: refused if another attempt at the same request was here before.

    An SDK's retry loses to any attempt of the last minutes. A first attempt loses only to a retry that overtook it:
    one written after it had arrived. So two first attempts are two videos, and a retry is never a second one.
    """
    overtaken_since = max(attempt.arrived, now - REMEMBERED)
    another_wish: Condition = (
        Less("written_at", now - REMEMBERED)
        if attempt.retry
        else either(Absent("retry"), Less("written_at", overtaken_since))
    )
    left = Fingerprint(fingerprint, video_id, now, attempt.retry, ttl=(now + DAY) // SECOND)
    return Write("T0f", Key("fingerprint", fingerprint), either(Absent("pk"), another_wish), put=left)

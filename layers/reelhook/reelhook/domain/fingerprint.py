"""How two attempts at the same request meet in one video when the client sends no idempotency key."""

import hashlib
from dataclasses import dataclass
from json import dumps

from reelhook.domain.time import MINUTE, Instant

# An SDK repeats after half a second (openai 3.52) and gives up after minutes; two requests that are the same and lie
# further apart are two wishes.
REMEMBERED = 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which attempt of the client's SDK this is (0: the first), and when it reached the gateway."""

    arrived: Instant
    retry: int = 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One item of kind `fingerprint`: the video that this request became, by which attempt, and when."""

    fingerprint: str
    video_id: str
    written_at: Instant
    retry: int = 0
    ttl: int | None = None


def fingerprint_of(owner: str, request_hash: str) -> str:
    """SHA-256 (lower-case hex) of who asks for what."""
    canonical = dumps(["fingerprint", owner, request_hash], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()

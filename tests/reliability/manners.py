"""How a simulated provider behaves, and what it sold."""

from dataclasses import dataclass, field
from decimal import Decimal

from reelhook.domain.answers import NotSent, Refused, SubmitAnswer, TryLater, Unclear
from reelhook.domain.failure import VideoError
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import MINUTE, SECOND, Instant
from tests.builders import an_error

RETRIES = (30 * SECOND, 2 * MINUTE, 10 * MINUTE)

REFUSALS: dict[str, SubmitAnswer] = {
    "429": TryLater(),
    "429 in 5 min": TryLater(300),
    "connect": NotSent("refused"),
    "400": Refused(an_error()),
    "account": Refused(an_error(), account=True),
    "never arrived": Unclear("reset"),
}
LIES: dict[str, SubmitAnswer] = {
    "429, accepted": TryLater(),
    "400, accepted": Refused(an_error()),
    "500, accepted": Unclear("500"),
    "no task id": Unclear("HTTP 200, code 200, no usable task id"),
}


@dataclass(slots=True)
class Task:
    """One paid task."""

    id: str
    video_id: str
    callback_url: str
    accepted_at: Instant
    done_at: Instant
    fails: bool
    lied: bool
    files: tuple[bytes, ...]
    last_frame: bytes | None = None
    request: VideoRequest | None = None  # as it was told; none over a wire
    answered_200: list[Instant] = field(default_factory=list)


@dataclass(slots=True)
class Manners:
    """How the provider behaves; windows are instants."""

    submits: list[str] = field(default_factory=list)  # one per POST; then everything is accepted
    takes: int = 3 * MINUTE
    fails: bool = False
    limit: int = 1_000  # tasks at a time; one more is a 429
    callbacks: tuple[int, ...] = (0,)  # when deliveries begin, after the end
    retries: tuple[int, ...] = RETRIES
    early: bool = False  # the first delivery comes before the answer to the POST
    body: str | None = None  # of a delivery; none is the real one
    down: list[tuple[Instant, Instant]] = field(default_factory=list)
    mute: tuple[str, ...] = ()  # tasks whose look-ups are 5xx for ever
    lag: int = 0  # a look-up sees the end so much later
    unknown: list[tuple[Instant, Instant]] = field(default_factory=list)
    bare_until: Instant = 0  # successes have no links yet
    files: int = 1
    last_frame: bool = False
    bills: Decimal | None = None  # USD that the status names as charged
    error: VideoError = field(default_factory=an_error)
    accounts_empty_until: Instant = 0

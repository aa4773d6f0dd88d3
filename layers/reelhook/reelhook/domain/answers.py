"""What a provider's answers mean, whatever words it used: to a submit, to a look-up, and in a callback."""

from dataclasses import dataclass
from decimal import Decimal

from reelhook.domain.failure import VideoError
from reelhook.domain.time import Instant


@dataclass(frozen=True, slots=True)
class Accepted:
    """The task exists and will be charged."""

    task_id: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Refused for load, nothing bought; `retry_after` in seconds if the provider said so."""

    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Not a byte of the request was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good, nothing bought; `account`: the operator must act, the request is fine."""

    error: VideoError
    account: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The task may exist. It is never sent again."""

    reason: str


type SubmitAnswer = Accepted | TryLater | NotSent | Refused | Unclear


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The task is done; `results` are its videos' links, none if the provider has not published them yet.

    `last_frame` is the link of an image that came with them, `charged` what the provider says it took (USD).
    """

    results: tuple[str, ...]
    expires_at: Instant | None = None
    last_frame: str | None = None
    charged: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaskFailed:
    """The task failed for good; `charged` is what the provider says it took all the same (USD).

    `unfetched`: it says that it could not fetch the reference media.
    """

    error: VideoError
    detail: str = ""
    charged: Decimal | None = None
    unfetched: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """The task is not finished, or in a state nobody knows."""

    state: str


@dataclass(frozen=True, slots=True)
class UnknownTask:
    """The provider knows no such task of this model."""


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """No authoritative answer: transport, 429, 5xx or unreadable; `account`: the key was refused."""

    reason: str
    account: bool = False


type TaskAnswer = Succeeded | TaskFailed | Running | UnknownTask | NotAnswered


@dataclass(frozen=True, slots=True)
class Hint:
    """What a callback claims before it is confirmed; nothing in it is believed."""

    task_id: str | None
    claims_success: bool = False

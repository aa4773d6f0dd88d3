"""The outcome of a drop: what became of it, where its video lies, and what to do now."""

import hashlib
from dataclasses import dataclass

from reelhook.domain.drops import OUTCOMES, Drop, is_plain
from reelhook.domain.errors.requests import Problem
from reelhook.domain.failure import Category
from reelhook.domain.time import Instant
from reelhook.domain.video import Artifact, Status, Video

MOST_KEY_BYTES = (
    900  # of S3's 1,024 (its user guide, "Naming objects"): the rest is for what stands around it
)
REFUSED, SUPERSEDED = "refused", "superseded"  # beside the statuses of a video
_WHAT_TO_DO = {
    Status.QUEUED: "Nothing: it is sent when the provider has room, in the order of the drops.",
    Status.IN_PROGRESS: "Nothing: the provider is making it.",
    Status.COMPLETED: "Nothing: the video is in the bucket, at the keys under artifacts.",
    Status.CANCELED: "It was canceled before it was sent, and cost nothing. Drop it again to ask anew.",
    Status.EXPIRED: "Nobody knows whether it was made, so it may have been paid for: do not drop it again before whoever "
    "runs this service has looked for it (make recheck). A late success still completes it here.",
}
_TRY_AGAIN = "Drop it again to try once more."
_CHANGE_IT = "Trying the same again will not help: change the request or the image, then drop it again."
_ASK = "Ask whoever runs this service; the video's id is all they need."


@dataclass(frozen=True, slots=True)
class OutcomeError:
    """Why a drop came to no video; `problems` names the fields."""

    code: str
    message: str
    problems: tuple[Problem, ...] = ()
    billed: str = "no"


@dataclass(frozen=True, slots=True)
class DropOutcome:
    """What is told of one drop at one time. `bucket` is where its artifacts lie."""

    video_id: str
    status: str
    drop: Drop
    written_at: Instant
    what_to_do: str
    bucket: str = ""
    artifacts: tuple[Artifact, ...] = ()
    error: OutcomeError | None = None


def outcome_key(drop: Drop) -> str:
    """Where a drop's outcome lies: below its own key, or that key's SHA-256 where the key is too long or odd."""
    named = drop.key
    if len(named.encode()) > MOST_KEY_BYTES or not is_plain(named):
        named = "sha256-" + hashlib.sha256(named.encode()).hexdigest()
    return f"{OUTCOMES}{named}/{drop.video_id}.json"


def outcome_of(video: Video, drop: Drop, bucket: str, now: Instant) -> DropOutcome:
    """How a dropped video stands."""
    error = video.error if video.status in (Status.FAILED, Status.EXPIRED) else None
    told = (
        None
        if error is None
        else OutcomeError(error.code, error.message, _problem(error.param, error.message), error.billed.value)
    )
    return DropOutcome(
        video.video_id, video.status.value, drop, now, _advice(video), bucket, video.artifacts, told
    )


def refusal(drop: Drop, error: OutcomeError, what_to_do: str, now: Instant) -> DropOutcome:
    """A drop that came to no video: nothing was sent, nothing was paid."""
    status = SUPERSEDED if error.code == SUPERSEDED else REFUSED
    return DropOutcome(drop.video_id, status, drop, now, what_to_do, error=error)


def _problem(param: str | None, message: str) -> tuple[Problem, ...]:
    return () if param is None else (Problem(param, message),)


def _advice(video: Video) -> str:
    if video.status is not Status.FAILED or video.error is None:
        return _WHAT_TO_DO.get(video.status, _ASK)
    if video.error.category in (Category.TRANSFER_FAILED, Category.ACCOUNT):
        return _ASK
    return _TRY_AGAIN if video.error.retryable else _CHANGE_IT

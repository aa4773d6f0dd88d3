"""The client's: each carries its HTTP meaning in `api.failures`."""

from dataclasses import dataclass

from reelhook.domain.errors import ReelhookError
from reelhook.domain.quotas import Exceeded


class RequestError(ReelhookError):
    """The client asked for something it cannot have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request: the field in the client's words, and what was expected."""

    param: str | None
    message: str


class InvalidRequestError(RequestError):
    """The request has problems; all of them are listed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class UploadNotFoundError(InvalidRequestError):
    """The request names an upload that this owner does not have; somebody else's is no different."""


class UnauthorizedError(RequestError):
    """No API key, or one that is unknown or expired."""


class InvalidJwtError(UnauthorizedError):
    """A JWT that is forged, expired, not yet valid, or meant for somebody else."""


class OwnerDisabledError(RequestError):
    """The operator disabled the owner: it asks for nothing and sees nothing."""


class VideoNotFoundError(RequestError):
    """No such video for this owner; somebody else's is no different."""


class ArtifactNotFoundError(RequestError):
    """The video has no file of this variant and index."""


class VideoNotReadyError(RequestError):
    """The video is not completed, so there is nothing to fetch."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The video is {status}; its content is there once it is completed.")
        self.status = status


class VideoNotCancelableError(RequestError):
    """The video was sent, or has come to its end; only one that waits can be canceled."""

    def __init__(self, status: str) -> None:
        sent = (
            "The provider offers no cancel, and this video was sent to it: it will be finished, and paid for."
        )
        ended = f"The video is {status}; only a queued one can be canceled."
        super().__init__(sent if status == "in_progress" else ended)


class VideoNotFinalError(RequestError):
    """The video has not come to its end, so it cannot be deleted yet."""

    def __init__(self, status: str) -> None:
        wait = {
            "queued": "The video is queued: cancel it first, then delete it.",
            "expired": "A late result of this video is just being stored; delete it once it is completed.",
        }
        under_way = (
            "The video is in progress, and the provider offers no cancel; delete it once it has ended."
        )
        super().__init__(wait.get(status, under_way))


class QuotaExceededError(RequestError):
    """One more would exceed these limits; nothing was sent."""

    def __init__(self, exceeded: tuple[Exceeded, ...], usd: str = "0") -> None:
        super().__init__(" ".join(_too_much(limit, usd) for limit in exceeded))
        self.exceeded = exceeded


def _too_much(limit: Exceeded, usd: str) -> str:
    whose = "this account" if limit.whose == "owner" else "this user"
    match limit.limit:
        case "uploads_per_day":
            return f"The {limit.most} uploads a day (UTC) of {whose} are used up."
        case "videos_per_day":
            return f"The {limit.most} videos a day (UTC) of {whose} are used up."
        case "in_flight":
            return (
                f"The {limit.most} videos at a time of {whose} are under way; ask again when one has ended."
            )
    return f"Of the {limit.most} USD a day (UTC) of {whose}, {limit.left} USD are left, and this video may cost {usd} USD."


class PriceUnknownError(RequestError):
    """The model's price is not known, and the owner's or user's dollars are limited."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"Nobody here knows what {model} costs, and your dollars a day are limited. Ask for another model, "
            "or whoever runs this service to set its price."
        )


class VideoGoneError(RequestError):
    """The idempotency key's video was deleted; it is not made again."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key's video was deleted, and is not made again. Another key makes a new one."
        )


class IdempotencyKeyReuseError(RequestError):
    """The idempotency key already stands for a different request."""


class WebhookEndpointNotFoundError(RequestError):
    """No such webhook endpoint for this owner; somebody else's is no different."""


class DeliveryNotFoundError(RequestError):
    """The endpoint never was to have this event, or its record has gone after 30 days."""

    def __init__(self) -> None:
        super().__init__("This endpoint has no delivery of this event.")


class TooManyEndpointsError(RequestError):
    """The owner has as many endpoints as one may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} webhook endpoints already; delete one first.")


class EndpointUnreachableError(RequestError):
    """A test message got no answer; `problem` says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The endpoint gave no answer: {problem}.")
        self.problem = problem


class EndpointDisabledError(RequestError):
    """Nothing is sent to a disabled endpoint."""

    def __init__(self) -> None:
        super().__init__("The endpoint is disabled; enable it first.")


class EventOutdatedError(RequestError):
    """The event cannot be sent again: its video was deleted, or is something else by now."""

    def __init__(self) -> None:
        super().__init__("The event's video was deleted, or has changed since; it cannot be told as it was.")

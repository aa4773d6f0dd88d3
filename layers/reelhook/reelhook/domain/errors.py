"""The errors, and whose fault each one is.

ReelhookError
├── RequestError                 the client's; each carries its HTTP meaning in `api.resolver`
│   ├── InvalidRequestError          fields are missing, unknown, ill-typed or out of bounds
│   ├── UnauthorizedError            no key, or an unknown or expired one
│   │   └── InvalidJwtError              a JWT that does not stand
│   ├── OwnerDisabledError           the operator shut this owner out
│   ├── VideoNotFoundError           no such video for this owner
│   ├── ArtifactNotFoundError        the video has no such file
│   ├── VideoNotReadyError           the video is not completed
│   ├── VideoNotCancelableError      the video is not queued any more
│   ├── VideoNotFinalError           the video is still to come to its end, so it cannot be deleted
│   ├── QuotaExceededError           one more video would be more than the operator allows
│   ├── PriceUnknownError            dollars are counted, and nobody knows what the model takes
│   ├── VideoGoneError               the idempotency key's video was deleted
│   └── IdempotencyKeyReuseError     the key stands for another request
├── NotConfiguredError           the operator's: something this stack needs is missing, and it is named
│   └── ProviderKeyError             a provider's API key: nothing can be made there, which no client can help
├── IssuerUnavailableError       the issuer's: its keys could not be read, so no JWT of it can be judged
├── StoreError                   AWS's: whether the write was applied is not known
├── UnknownStateError            a newer deploy's: the item is in a state that this code does not know
├── UnreadableItemError          the item's: something in it is not what this code writes
├── TryAgainError                nobody's: the provider should deliver this callback again
├── ResultError                  the result's: what came back from the link
│   ├── UnknownOriginError           the link points to a host nobody allowed
│   ├── ResultTooLargeError          more bytes than the operator allows
│   ├── LinkRefusedError             403, 404 or 410: the link is dead or not yet alive
│   ├── NotAVideoError               an answer that is no MP4 (of a last frame: no image): HTML, a redirect, an encoding
│   ├── ResultUnavailableError       network, 5xx, a body that was cut
│   └── OutOfTimeError               this attempt's deadline passed
└── MediaError                   S3's
    ├── ObjectConflictError          the key holds an object that is not this video's
    └── MediaUnavailableError        S3 did not take it; trying again can help
"""

from dataclasses import dataclass

from reelhook.domain.quotas import Exceeded


class ReelhookError(Exception):
    """The base of all of them."""


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
    """One more video would exceed these limits; nothing was sent."""

    def __init__(self, exceeded: tuple[Exceeded, ...], usd: str) -> None:
        super().__init__(" ".join(_too_much(limit, usd) for limit in exceeded))
        self.exceeded = exceeded


def _too_much(limit: Exceeded, usd: str) -> str:
    whose = "this account" if limit.whose == "owner" else "this user"
    match limit.limit:
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


class NotConfiguredError(ReelhookError):
    """A setting or parameter that is needed now is missing; `name` says which."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"{name} {hint}")
        self.name = name
        self.hint = hint


class ProviderKeyError(NotConfiguredError):
    """A provider's API key is missing or can be none: its models cannot be asked for anything."""


class IssuerUnavailableError(ReelhookError):
    """The issuer's keys could not be read, so whether a JWT stands is not known; trying again can help."""


class StoreError(ReelhookError):
    """The store did not answer clearly: the write may have been applied."""


class UnknownStateError(ReelhookError):
    """The video is in a state that this code does not know, so it is left alone."""

    def __init__(self, video_id: str, state: str) -> None:
        super().__init__(f"{video_id} is in the unknown state {state!r:.80}")
        self.video_id = video_id
        self.state = state


class UnreadableItemError(ReelhookError):
    """An item is not as this code writes it; `item_id` names it, the reason holds nothing of its content."""

    def __init__(self, item_id: str, reason: str) -> None:
        super().__init__(f"{item_id} cannot be read: {reason}")
        self.item_id = item_id


class TryAgainError(ReelhookError):
    """This callback could not be recorded; the provider should deliver it again."""


class ResultError(ReelhookError):
    """The link did not give a whole video."""


class UnknownOriginError(ResultError):
    """The link points to an origin that nobody allowed; `origin` names it."""

    def __init__(self, origin: str) -> None:
        super().__init__(f"results are not fetched from {origin}")
        self.origin = origin


class ResultTooLargeError(ResultError):
    """The result has more bytes than allowed."""


class LinkRefusedError(ResultError):
    """The result's host answered 403, 404 or 410."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the link was refused with {status}")
        self.status = status


class NotAVideoError(ResultError):
    """The link gave something else than an MP4, or for a last frame than an image."""


class ResultUnavailableError(ResultError):
    """The link could not be read to its end this time."""


class OutOfTimeError(ResultError):
    """The attempt's own deadline passed."""


class MediaError(ReelhookError):
    """The bucket did not take the object."""


class ObjectConflictError(MediaError):
    """Another object, not this video's, stands at the key."""


class MediaUnavailableError(MediaError):
    """The bucket could not be reached or refused for now."""

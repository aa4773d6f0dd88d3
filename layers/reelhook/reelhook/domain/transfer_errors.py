"""When a transfer is given up, and what the client is then told."""

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.results import (
    LinkRefusedError,
    NotAVideoError,
    ObjectConflictError,
    ResultTooLargeError,
    UnknownOriginError,
)
from reelhook.domain.failure import Billed, Category, VideoError

MAX_BAD = 3  # answers in a row that were no video, or refusals of the link

_CODES: dict[type[ReelhookError], tuple[str, str]] = {
    UnknownOriginError: (
        "unknown_origin",
        "The result lies at an address that this stack does not fetch from.",
    ),
    ResultTooLargeError: ("result_too_large", "The result is larger than this stack accepts."),
    ObjectConflictError: ("object_conflict", "Another object already stands where the result belongs."),
    LinkRefusedError: ("link_refused", "The result's link was dead before it could be copied."),
    NotAVideoError: ("not_a_video", "The result's link did not give a video."),
}
NOT_COPIED = ("result_not_copied", "The result could not be copied before its link was dead.")


def is_final(error: ReelhookError, bad: int, *, refreshed: bool) -> bool:
    """Whether no further attempt can help; a refused link only once fresh links were asked for."""
    match error:
        case UnknownOriginError() | ResultTooLargeError() | ObjectConflictError():
            return True
        case LinkRefusedError():
            return bad >= MAX_BAD and refreshed
        case NotAVideoError():
            return bad >= MAX_BAD
        case _:
            return False


def told(error: ReelhookError | None) -> VideoError:
    """The client's view of a transfer that was given up; the task itself had succeeded, so it was paid for."""
    code, message = _CODES.get(type(error), NOT_COPIED) if error is not None else NOT_COPIED
    return VideoError(code, message, Category.TRANSFER_FAILED, retryable=False, billed=Billed.YES)

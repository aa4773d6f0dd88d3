"""Why a result did not get into the bucket: the link's, or S3's."""

from reelhook.domain.errors import ReelhookError


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


class ConnectionBrokenError(ResultUnavailableError):
    """The connection to the link broke; what came before is good."""


class OutOfTimeError(ResultError):
    """The attempt's own deadline passed."""


class MediaError(ReelhookError):
    """The bucket did not take the object."""


class ObjectConflictError(MediaError):
    """Another object, not this video's, stands at the key."""


class MediaUnavailableError(MediaError):
    """The bucket could not be reached or refused for now."""

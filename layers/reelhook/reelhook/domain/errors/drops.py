"""Why a drop comes to no video, beside what is wrong with any request."""

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.requests import RequestError


class DropError(RequestError):
    """What only a drop can get wrong; its outcome says it, no HTTP answer does."""


class NoRequestError(DropError):
    """There is an image, and nothing that says what to make of it."""

    def __init__(self) -> None:
        super().__init__("Nothing says what to make of this object: it has no request.")


class UnknownOwnerError(DropError):
    """The key names no owner whom the operator knows."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"drops/{name[:63]}/ is nobody's folder here." if name else "This key names no owner."
        )


class OddKeyError(DropError):
    """The key has segments that lead elsewhere."""

    def __init__(self) -> None:
        super().__init__("A drop's key may have no empty segment, and none that is . or ..")


class DropChangedError(DropError):
    """What stands at a key is not what the event told of, or not what it was a moment ago."""

    def __init__(self, *, removed: bool) -> None:
        told = "removed" if removed else "replaced by another"
        super().__init__(f"The object was {told} before it was read.")


class UnreadableEventError(ReelhookError):
    """The event is none of S3's, or of another bucket; whoever is told of failed events sees it."""

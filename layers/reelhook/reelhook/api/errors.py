"""What only a speaker of HTTP can get wrong; the domain's errors are in `domain.errors`."""

from reelhook.domain.errors.requests import RequestError


class NoSuchRouteError(RequestError):
    """There is nothing at this path."""

    def __init__(self) -> None:
        super().__init__("There is nothing at this path.")


class MethodNotAllowedError(RequestError):
    """The path is known, the method is not; `allowed` lists those that are."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(f"Only {', '.join(allowed)} can be used here.")
        self.allowed = allowed


class UnsupportedContentTypeError(RequestError):
    """The body is of a type that is not read here."""

    def __init__(self, accepted: str) -> None:
        super().__init__(f"This Content-Type is not accepted; send {accepted}.")


class RequestTooLargeError(RequestError):
    """The body, or the file in it that is named, has more bytes than any request needs."""

    def __init__(self, most: int, what: str = "The body") -> None:
        super().__init__(f"{what} has more than {most} bytes.")

"""The inbox that drops are put into, and what is told about each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from reelhook.domain.outcomes import DropOutcome
from reelhook.domain.references import Asked, HeldMedia


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a key of the inbox now: its ETag (without quotes) and its size in bytes."""

    etag: str
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """An object's bytes, and the request in its metadata, still percent-encoded."""

    data: bytes = field(repr=False)
    request: str | None = field(default=None, repr=False)


class Inbox(Protocol):
    """The bucket of drops; nothing in it is ever changed. Every method raises `StoreError` if the answer is unclear."""

    def find(self, key: str) -> Standing | None:
        """What stands at the key."""

    def read(self, key: str, etag: str, version_id: str | None = None) -> Content | None:
        """The object, or this version of it, if it still has this ETag."""


class Outcomes(Protocol):
    """Where each drop's outcome is told, beside the drops."""

    def begin(self, outcome: DropOutcome) -> None:
        """Tells it unless something is told there already, which is newer. Raises `StoreError`."""

    def end(self, outcome: DropOutcome) -> None:
        """Tells it in place of whatever was told before. Raises `StoreError`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A key that a request names where media belong: the field, the text as it stands there, and the bytes it may have."""

    param: str
    text: str
    most: int


class RequestReader(Protocol):
    """Reads requests for videos, by the same rules as the API."""

    most: int  # bytes that a request may have
    most_image: int  # bytes that the dropped image itself may have

    def fields(self, raw: bytes) -> dict[str, Any]:
        """The fields of a request; raises `InvalidRequestError`."""

    def named(self, fields: Mapping[str, Any]) -> tuple[Named, ...]:
        """The keys that a request names where a link might stand."""

    def asked(self, fields: Mapping[str, Any], media: Mapping[str, HeldMedia]) -> Asked:
        """The request with these bytes at these fields; raises `InvalidRequestError` with every problem."""

"""`Endpoint`, where an owner wants to be told, and `EndpointBook`, all that one owner has."""

import re
from base64 import b32encode
from dataclasses import dataclass, replace
from enum import StrEnum

from reelhook.domain.events import FINAL_EVENTS, EventType
from reelhook.domain.time import HOUR, Instant

MAX_ENDPOINTS = 10  # of one owner: each event is written and sent once for each of them
MAX_KEPT = 3  # old secrets that still sign, so that a signature header stays short
OVERLAP = 24 * HOUR  # how long an old secret is kept, by the SDK's own words for it
DEFAULT_EVENT_TYPES = tuple(kind.value for kind in EventType if kind in FINAL_EVENTS)

_ENDPOINT_ID = re.compile(r"we_[a-z2-7]{26}", re.ASCII)
_EVENT_ID = re.compile(r"evt_[a-z0-9_]{1,64}", re.ASCII)


class EndpointStatus(StrEnum):
    """Whether events are sent there."""

    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """An earlier secret, by its number, that signs beside the newest one until then."""

    generation: int
    until: Instant


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One place that is told. Its secret is derived from id and generation, and stored nowhere."""

    id: str
    name: str
    url: str
    event_types: tuple[str, ...]
    created_at: Instant
    updated_at: Instant
    status: EndpointStatus = EndpointStatus.ENABLED
    generation: int = 1
    kept: tuple[KeptSecret, ...] = ()

    def generations(self, now: Instant) -> tuple[int, ...]:
        """The numbers of the secrets that sign now, the newest first."""
        return (self.generation, *(kept.generation for kept in self.kept if now < kept.until))

    def rotated(self, now: Instant, *, keep_old: bool) -> "Endpoint":
        """With a new secret; the old ones end now, or sign beside it for a day."""
        alive = tuple(kept for kept in self.kept if now < kept.until)
        kept = (KeptSecret(self.generation, now + OVERLAP), *alive) if keep_old else ()
        return replace(self, generation=self.generation + 1, kept=kept, updated_at=now)


@dataclass(frozen=True, slots=True)
class EndpointBook:
    """One item of kind `endpoint`: all endpoints of an owner, oldest first. `version` counts its changes."""

    owner: str
    version: int = 0
    endpoints: tuple[Endpoint, ...] = ()

    def find(self, endpoint_id: str) -> Endpoint | None:
        """The endpoint of this id."""
        return next((endpoint for endpoint in self.endpoints if endpoint.id == endpoint_id), None)

    def subscribed(self, event_type: str) -> tuple[Endpoint, ...]:
        """Those that are to be told of such an event."""
        return tuple(
            endpoint
            for endpoint in self.endpoints
            if endpoint.status is EndpointStatus.ENABLED and event_type in endpoint.event_types
        )

    def having(self, endpoint: Endpoint) -> "EndpointBook":
        """With this endpoint, new or changed."""
        if self.find(endpoint.id) is None:
            return replace(self, endpoints=(*self.endpoints, endpoint))
        changed = (endpoint if each.id == endpoint.id else each for each in self.endpoints)
        return replace(self, endpoints=tuple(changed))

    def lacking(self, endpoint_id: str) -> "EndpointBook":
        """Without this endpoint."""
        return replace(self, endpoints=tuple(each for each in self.endpoints if each.id != endpoint_id))


def random_endpoint_id(randomness: bytes) -> str:
    """The id of a new endpoint, from at least 17 random bytes (26 characters of base32)."""
    return "we_" + b32encode(randomness).decode().lower()[:26]


def is_endpoint_id(text: str) -> bool:
    """Whether this could be an endpoint's id at all; nothing else is ever looked for."""
    return _ENDPOINT_ID.fullmatch(text) is not None


def is_event_id(text: str) -> bool:
    """Whether this could be an event's id at all."""
    return _EVENT_ID.fullmatch(text) is not None

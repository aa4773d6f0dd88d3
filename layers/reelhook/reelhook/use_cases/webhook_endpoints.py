"""What owners do with their webhook endpoints: make, change, end and try them, and look at what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reelhook.domain.errors.requests import (
    EndpointUnreachableError,
    InvalidRequestError,
    Problem,
    TooManyEndpointsError,
    WebhookEndpointNotFoundError,
)
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.webhooks import EndpointStore, MasterKey, WebhookTarget
from reelhook.domain.webhooks.endpoint import (
    MAX_ENDPOINTS,
    MAX_KEPT,
    Endpoint,
    EndpointBook,
    EndpointStatus,
    is_endpoint_id,
    random_endpoint_id,
)
from reelhook.domain.webhooks.signing import secret_of, signed_headers
from reelhook.use_cases.endpoint_changes import Change, change


@dataclass(frozen=True, slots=True)
class Revealed:
    """An endpoint and its secret, which is shown once."""

    endpoint: Endpoint
    secret: str


class WebhookEndpoints:
    """An owner's endpoints; somebody else's do not exist. Every method raises `StoreError`."""

    def __init__(
        self,
        endpoints: EndpointStore,
        target: WebhookTarget,
        master: MasterKey,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._endpoints, self._target, self._master = endpoints, target, master
        self._clock, self._randomness = clock, randomness

    def create(self, owner: str, name: str, url: str, event_types: tuple[str, ...]) -> Revealed:
        """A new endpoint with its first secret; raises `TooManyEndpointsError`."""
        now, master = self._clock(), self._master()
        endpoint_id = random_endpoint_id(self._randomness(17))
        endpoint = Endpoint(endpoint_id, name, url, event_types, now, now)

        def added(book: EndpointBook) -> EndpointBook:
            if len(book.endpoints) >= MAX_ENDPOINTS:
                raise TooManyEndpointsError(MAX_ENDPOINTS)
            return book.having(endpoint)

        self._change(owner, added)
        return Revealed(endpoint, secret_of(master, endpoint.id, endpoint.generation))

    def all(self, owner: str) -> Sequence[Endpoint]:
        """All of them, newest first."""
        return self._endpoints.read(owner).endpoints[::-1]

    def find(self, owner: str, endpoint_id: str) -> Endpoint:
        """One of them; raises `WebhookEndpointNotFoundError`."""
        return _found(self._endpoints.read(owner), endpoint_id)

    def update(
        self,
        owner: str,
        endpoint_id: str,
        *,
        name: str | None = None,
        url: str | None = None,
        event_types: tuple[str, ...] | None = None,
        status: EndpointStatus | None = None,
    ) -> Endpoint:
        """Changes what is given; what changes nothing is no change."""
        told: dict[str, Any] = {"name": name, "url": url, "event_types": event_types, "status": status}
        given = {name: value for name, value in told.items() if value is not None}

        def changed(book: EndpointBook) -> EndpointBook:
            endpoint = _found(book, endpoint_id)
            after = replace(endpoint, **given)
            return book if after == endpoint else book.having(replace(after, updated_at=self._clock()))

        return _found(self._change(owner, changed), endpoint_id)

    def delete(self, owner: str, endpoint_id: str) -> None:
        """There is no such endpoint any more; nothing that waits for it is sent."""

        def without(book: EndpointBook) -> EndpointBook:
            return book.lacking(_found(book, endpoint_id).id)

        self._change(owner, without)

    def rotate(self, owner: str, endpoint_id: str, *, keep_old: bool) -> Revealed:
        """A new secret; the old one ends at once, or signs beside it for 24 hours."""
        master = self._master()

        def rotated(book: EndpointBook) -> EndpointBook:
            endpoint, now = _found(book, endpoint_id), self._clock()
            if keep_old and len(endpoint.generations(now)) > MAX_KEPT:
                param = "keep_old_secret_active_for_24_hours"
                message = (
                    f"{param}: {MAX_KEPT} old secrets are active already; rotate without it, or tomorrow"
                )
                raise InvalidRequestError(Problem(param, message))
            return book.having(endpoint.rotated(now, keep_old=keep_old))

        endpoint = _found(self._change(owner, rotated), endpoint_id)
        return Revealed(endpoint, secret_of(master, endpoint.id, endpoint.generation))

    def secret(self, endpoint: Endpoint) -> str:
        """Its newest secret, of which only a hint may be shown."""
        return secret_of(self._master(), endpoint.id, endpoint.generation)

    def test(self, owner: str, endpoint_id: str, event_id: str, body: str) -> int:
        """Sends a message at once and keeps no record; the status that came back. Raises `EndpointUnreachableError`."""
        endpoint, content = self.find(owner, endpoint_id), body.encode()
        headers = signed_headers(self._master(), endpoint, event_id, content, self._clock())
        answer = self._target.post(endpoint.url, headers, content)
        if answer.status_code is None:
            raise EndpointUnreachableError(answer.problem or "no_answer")
        return answer.status_code

    def _change(self, owner: str, make: Change) -> EndpointBook:
        return change(self._endpoints, owner, make)


def _found(book: EndpointBook, endpoint_id: str) -> Endpoint:
    endpoint = book.find(endpoint_id) if is_endpoint_id(endpoint_id) else None
    if endpoint is None:
        raise WebhookEndpointNotFoundError("There is no webhook endpoint of this id.")
    return endpoint

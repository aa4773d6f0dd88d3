"""Webhooks: who is to be told, what is on its way, and the wire it goes over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from reelhook.domain.time import Instant
from reelhook.domain.webhooks.delivery import Answer, Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Outcome, Write

type MasterKey = Callable[[], bytes]
"""The key that every secret is derived from; raises `NotConfiguredError`, `StoreError`."""


class EndpointStore(Protocol):
    """Each owner's endpoints, beside the accounts. Every method raises `StoreError` when the answer is unclear."""

    def read(self, owner: str) -> EndpointBook:
        """The owner's endpoints as they stand, read consistently; an empty book if there never were any."""

    def apply(self, write: Write) -> bool:
        """Makes one conditional write; whether it stands."""


class DeliveryStore(Protocol):
    """Deliveries, beside the videos. Every method raises `StoreError` when the answer is unclear."""

    def read(self, endpoint_id: str, event_id: str) -> Delivery | None:
        """The delivery as it stands, read consistently."""

    def apply(self, write: Write) -> Outcome[Delivery]:
        """Makes one conditional write; a refused one answers the delivery that stood there."""

    def due(self, now: Instant) -> Iterator[tuple[str, str]]:
        """Endpoint and event of what is due, oldest first, from an index that may lag."""

    def logged(self, endpoint_id: str, after: str | None, limit: int) -> Sequence[Delivery]:
        """At most `limit` of an endpoint's deliveries, newest first, beyond the place `after`."""


class WebhookQueue(Protocol):
    """The queue before DeliverWebhooks; it only makes things fast, the item is the record."""

    def send(self, endpoint_id: str, event_id: str) -> None:
        """Asks for one attempt; raises `StoreError` if the queue did not take it."""


class WebhookTarget(Protocol):
    """The wire to the endpoints: public addresses only, no redirects, no proxies."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One POST, 15 s at most; never raises for what the network does."""

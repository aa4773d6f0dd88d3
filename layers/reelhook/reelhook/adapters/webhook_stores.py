"""The stores of webhooks in DynamoDB: endpoints beside the accounts, deliveries beside the videos."""

from collections.abc import Iterator, Sequence
from itertools import batched, chain, islice
from typing import TYPE_CHECKING

from reelhook.adapters.items.attributes import id_in
from reelhook.adapters.items.webhooks import book_from_item, delivery_from_item
from reelhook.adapters.questions import PAGE, deliveries_of, due_deliveries
from reelhook.adapters.table import Table
from reelhook.domain.time import Instant
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key, Outcome, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoEndpoints:
    """`EndpointStore` in the table of accounts."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def read(self, owner: str) -> EndpointBook:
        return book_from_item(owner, self._table.read(Key("endpoint", owner)))

    def apply(self, write: Write) -> bool:
        return self._table.apply(write)[0]


class DynamoDeliveries:
    """`DeliveryStore` in the table of videos."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def read(self, endpoint_id: str, event_id: str) -> Delivery | None:
        item = self._table.read(Key("delivery", endpoint_id, event_id))
        return delivery_from_item(item) if item else None

    def apply(self, write: Write) -> Outcome[Delivery]:
        applied, item = self._table.apply(write)
        return Outcome(applied, delivery_from_item(item) if item else None)

    def due(self, now: Instant) -> Iterator[tuple[str, str]]:
        return ((id_in(item), item["sk"]["S"]) for item in self._table.query(due_deliveries(now)))

    def logged(self, endpoint_id: str, after: str | None, limit: int) -> Sequence[Delivery]:
        entries = islice(self._table.query(deliveries_of(endpoint_id, after)), limit)
        keys = [Key("delivery", endpoint_id, item["sk"]["S"]) for item in entries]
        batches = (self._table.read_many(batch) for batch in batched(keys, PAGE, strict=False))
        found = (delivery_from_item(item) for item in chain.from_iterable(batches))
        return sorted(found, key=lambda delivery: delivery.delivery_order, reverse=True)

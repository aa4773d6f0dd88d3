"""Webhooks in memory: endpoints, deliveries, their queue, and receivers that answer as they are told."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from reelhook.domain.errors.running import StoreError
from reelhook.domain.time import Instant
from reelhook.domain.webhooks.delivery import Answer, Delivery
from reelhook.domain.webhooks.endpoint import EndpointBook
from reelhook.domain.writes import Key, Outcome, Write
from tests.fakes.stores import Attributes, Table, known


class InMemoryEndpoints(Table):
    """`EndpointStore`."""

    def read(self, owner: str) -> EndpointBook:
        item = self.items.get(Key("endpoint", owner), {})
        return EndpointBook(**known(EndpointBook, item) | {"owner": owner})

    def apply(self, write: Write) -> bool:
        return self.write(write)[0]

    def plant(self, book: EndpointBook) -> None:
        """Puts a book there, as if it had always stood so."""
        held = {"endpoints": book.endpoints, "version": book.version, "kind": "endpoint"}
        self.items[Key("endpoint", book.owner)] = {name: value for name, value in held.items() if value}


class InMemoryDeliveries(Table):
    """`DeliveryStore`."""

    def read(self, endpoint_id: str, event_id: str) -> Delivery | None:
        return _delivery(self.items.get(Key("delivery", endpoint_id, event_id)))

    def apply(self, write: Write) -> Outcome[Delivery]:
        applied, item = self.write(write)
        return Outcome(applied, _delivery(item))

    def due(self, now: Instant) -> Iterator[tuple[str, str]]:
        held = sorted(
            (item["due_at"], key.id, key.part)
            for key, item in self.items.items()
            if "open" in item and item["due_at"] <= now
        )
        return iter([(endpoint_id, event_id) for _, endpoint_id, event_id in held])

    def logged(self, endpoint_id: str, after: str | None, limit: int) -> Sequence[Delivery]:
        found = [
            delivery
            for key, item in self.items.items()
            if key.id == endpoint_id and (delivery := _delivery(item)) is not None
        ]
        places = sorted(found, key=lambda delivery: delivery.delivery_order, reverse=True)
        return [each for each in places if after is None or each.delivery_order < after][:limit]


class RecordingWebhookQueue:
    """`WebhookQueue`: `sent` are endpoint and event, in order; a broken one takes nothing."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.broken = False

    def send(self, endpoint_id: str, event_id: str) -> None:
        if self.broken:
            raise StoreError("SQS: ServiceUnavailable")
        self.sent.append((endpoint_id, event_id))


class ScriptedTarget:
    """`WebhookTarget`: answers in turn, the last one for ever; `posts` are what came."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers) or [Answer(200)]
        self.posts: list[tuple[str, Mapping[str, str], bytes]] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.posts.append((url, headers, body))
        self.meanwhile()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def _delivery(item: Attributes | None) -> Delivery | None:
    return Delivery(**known(Delivery, item)) if item else None

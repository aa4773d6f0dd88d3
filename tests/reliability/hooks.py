"""Webhooks as neighbours and as an oracle (I11): each endpoint gets each event that it wants, and nothing stays open."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from reelhook.domain.ports.webhooks import DeliveryStore, EndpointStore
from reelhook.domain.time import MINUTE, SECOND, Instant
from reelhook.domain.webhooks.delivery import Answer, Delivery
from reelhook.domain.webhooks.endpoint import Endpoint, EndpointBook, EndpointStatus
from reelhook.domain.writes import Outcome, Write
from tests.builders import NOW
from tests.fakes import InMemoryDeliveries, InMemoryEndpoints
from tests.reliability.failing import NO_STORE
from tests.reliability.fault_port import FaultPort
from tests.reliability.telling import Told

MASTER = bytes(range(32))
WEBHOOK_KEY = b64encode(MASTER).decode()
VISIBILITY, RETENTION = 3 * MINUTE, 60 * MINUTE  # as the template has WebhookQueue
OWNER = "owner-1"
GONE = 410

type Invoke = Callable[[str, Mapping[str, Any]], Any]
type Later = Callable[[int, Callable[[], object]], None]
type Item = Mapping[str, Any]


def endpoint_id(number: int) -> str:
    """The id of the first endpoint, the second, and so on."""
    return "we_" + "abcdefgh"[number] * 26


class Hooks:
    """Endpoints, deliveries, the queue before DeliverWebhooks, and receivers that answer as they are told."""

    def __init__(self, clock: Callable[[], Instant], later: Later, invoke: Invoke) -> None:
        self._clock, self._later, self._invoke = clock, later, invoke
        self.endpoints, self.deliveries = InMemoryEndpoints(), InMemoryDeliveries()
        self.copies = 1  # of each message
        self.answers: dict[
            str, list[int | None]
        ] = {}  # in turn, by endpoint, the last one for ever; none is no answer
        self.closed: tuple[Instant, Instant] = (0, 0)  # from and until when no receiver answers
        self._taken: dict[tuple[str, str], set[bytes]] = {}
        self._said_gone: set[str] = set()
        self._wrong: list[str] = []

    def open(self, number: int, *event_types: str) -> None:
        """The owner has one more endpoint."""
        name = endpoint_id(number)
        made = Endpoint(name, name, f"https://{name[3:]}.example.com/in", event_types, NOW, NOW)
        book = self.endpoints.read(OWNER)
        self.endpoints.plant(EndpointBook(OWNER, book.version + 1, (*book.endpoints, made)))

    def send(self, endpoint: str, event: str) -> None:
        """SQS takes a message, and gives it to DeliverWebhooks at least once."""
        body = json.dumps({"endpoint_id": endpoint, "event_id": event})
        for _ in range(self.copies):
            self._later(SECOND, partial(self._give, body, self._clock() + RETENTION))

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """A receiver gets a message: what it takes has to be genuine, and the same as ever."""
        name = "we_" + url.removeprefix("https://").partition(".")[0]
        planned = self.answers.get(name, [200])
        status = planned.pop(0) if len(planned) > 1 else planned[0]
        if self.closed[0] <= self._clock() < self.closed[1] or status is None:
            return Answer(problem="no_connection")
        self._judge(name, headers, body)
        if status == GONE:
            self._said_gone.add(name)
        if 200 <= status < 300:
            self._taken.setdefault((name, headers["webhook-id"]), set()).add(body)
        return Answer(status)

    def at_rest(self, told: Told) -> Iterator[str]:
        """What somebody was to be told and was not, and what is left."""
        yield from self._wrong
        for key, item in self.deliveries.items.items():
            left = {"open", "due_at", "claim", "body"} & set(item)
            if left:
                yield f"{key.part} for {key.id} is {item['state']} and has still {sorted(left)}"
        for endpoint in self.endpoints.read(OWNER).endpoints:
            if (endpoint.id in self._said_gone) != (endpoint.status is EndpointStatus.DISABLED):
                yield f"{endpoint.id} is {endpoint.status}"
            wanted = {
                event for due in told.due.values() for event, _ in due if _type(event) in endpoint.event_types
            }
            for event in sorted(wanted):
                bodies = self._taken.get((endpoint.id, event), set())
                if not bodies and endpoint.id not in self._said_gone:
                    yield f"{endpoint.id} never got {event}"
                if len(bodies) > 1:
                    yield f"{endpoint.id} got {event} in {len(bodies)} ways"

    def _give(self, body: str, until: Instant) -> None:
        """A message that comes back unless it is consumed, as long as the queue keeps it."""
        record = {"Records": [{"body": body}]}
        if self._invoke("DeliverWebhooks", record) is None and self._clock() + VISIBILITY < until:
            self._later(VISIBILITY, partial(self._give, body, until))

    def _judge(self, name: str, headers: Mapping[str, str], body: bytes) -> None:
        """By the words of Standard Webhooks: HMAC-SHA256 of id, timestamp and body, the timestamp a fresh one."""
        key = hmac.new(MASTER, json.dumps([name, 1], separators=(",", ":")).encode(), hashlib.sha256).digest()
        stamp = headers["webhook-timestamp"]
        signed = b64encode(
            hmac.new(key, f"{headers['webhook-id']}.{stamp}.".encode() + body, hashlib.sha256).digest()
        )
        if headers["webhook-signature"] != f"v1,{signed.decode()}":
            self._wrong.append(f"{name} was sent a message that is not signed for it")
        if abs(int(stamp) * SECOND - self._clock()) > 5 * MINUTE:
            self._wrong.append(f"{name} was sent a message of another time")
        if json.loads(body)["id"] != headers["webhook-id"]:
            self._wrong.append(f"{name} was sent a message under another id")


def _type(event: str) -> str:
    return f"video.{event.rpartition('_')[2]}"


class FaultyEndpoints:
    """`EndpointStore`."""

    def __init__(self, port: FaultPort, real: EndpointStore) -> None:
        self._port, self._real = port, real

    def read(self, owner: str) -> EndpointBook:
        return self._port.call("endpoints.read", partial(self._real.read, owner), NO_STORE)

    def apply(self, write: Write) -> bool:
        return self._port.call("endpoints.apply", partial(self._real.apply, write), NO_STORE, write.name)


class FaultyDeliveries:
    """`DeliveryStore`."""

    def __init__(self, port: FaultPort, real: DeliveryStore) -> None:
        self._port, self._real = port, real

    def read(self, endpoint_id: str, event_id: str) -> Delivery | None:
        return self._port.call("deliveries.read", partial(self._real.read, endpoint_id, event_id), NO_STORE)

    def apply(self, write: Write) -> Outcome[Delivery]:
        return self._port.call("deliveries.apply", partial(self._real.apply, write), NO_STORE, write.name)

    def due(self, now: Instant) -> Iterator[tuple[str, str]]:
        return self._port.call("deliveries.due", partial(self._real.due, now), NO_STORE)

    def logged(self, endpoint_id: str, after: str | None, limit: int) -> Sequence[Delivery]:
        read = partial(self._real.logged, endpoint_id, after, limit)
        return self._port.call("deliveries.logged", read, NO_STORE)


class FaultyWebhooks:
    """`WebhookQueue` and `WebhookTarget`: a message that is lost, a POST that nobody answers."""

    def __init__(self, port: FaultPort, real: Hooks) -> None:
        self._port, self._real = port, real

    def send(self, endpoint_id: str, event_id: str) -> None:
        self._port.call("webhooks.send", partial(self._real.send, endpoint_id, event_id), NO_STORE)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        def unanswered() -> Answer:
            return Answer(problem="timeout")

        return self._port.call("webhooks.post", partial(self._real.post, url, headers, body), unanswered)

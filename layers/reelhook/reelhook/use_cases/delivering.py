"""Webhooks: an event becomes a delivery for each endpoint that wants it, and is sent until it is taken or given up."""

from collections.abc import Callable
from itertools import islice

from reelhook.domain.errors.running import StoreError, UnreadableItemError
from reelhook.domain.events import PublicChange
from reelhook.domain.lifecycle import delivering
from reelhook.domain.ports.environment import Clock, Randomness
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.domain.ports.webhooks import (
    DeliveryStore,
    EndpointStore,
    MasterKey,
    WebhookQueue,
    WebhookTarget,
)
from reelhook.domain.webhooks.delivery import Answer, Delivery, DeliveryState, delay_after
from reelhook.domain.webhooks.endpoint import Endpoint, EndpointStatus
from reelhook.domain.webhooks.signing import signed_headers
from reelhook.domain.writes import is_mine
from reelhook.use_cases.endpoint_changes import disable

type Render = Callable[[PublicChange], str]
"""The whole message about a change, ready to be signed."""

SENT_PER_TICK = 200  # about a second of sending to the queue
DELETED, DISABLED = "endpoint_deleted", "endpoint_disabled"


def ask(queue: WebhookQueue, endpoint_id: str, event_id: str, journal: Journal) -> None:
    """Asks for an attempt now. It is due, whether or not the queue hears of it: the tick comes within a minute."""
    try:
        queue.send(endpoint_id, event_id)
    except StoreError as error:
        journal.warn("delivery left for the next tick", event_id=event_id, detail=str(error))


class WebhookFollower:
    """Follows what happens to videos: records what is to be sent, and never sends it itself."""

    def __init__(
        self,
        endpoints: EndpointStore,
        deliveries: DeliveryStore,
        queue: WebhookQueue,
        render: Render,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._endpoints, self._deliveries, self._queue = endpoints, deliveries, queue
        self._render, self._clock, self._journal = render, clock, journal

    def follow(self, change: PublicChange) -> None:
        """One change, perhaps for the second time. Raises `StoreError`, after which it has to come again."""
        for endpoint in self._wanting(change):
            write = delivering.new_delivery(endpoint.id, change, self._render(change), self._clock())
            if self._deliveries.apply(write).applied:
                ask(self._queue, endpoint.id, change.id, self._journal)

    def _wanting(self, change: PublicChange) -> tuple[Endpoint, ...]:
        """Who is to be told. What cannot be read holds up nobody else: no repetition makes it readable."""
        try:
            return self._endpoints.read(change.video.owner).subscribed(change.type)
        except UnreadableItemError as error:
            self._journal.warn("endpoints cannot be read", event_id=change.id, detail=str(error))
            self._journal.count(Metric.ITEM_POISONED)
            return ()


class DueWebhooks:
    """The minute's tick for webhooks: whatever is due goes to the queue once more."""

    def __init__(
        self, deliveries: DeliveryStore, queue: WebhookQueue, clock: Clock, journal: Journal
    ) -> None:
        self._deliveries, self._queue, self._clock, self._journal = deliveries, queue, clock, journal

    def send(self) -> None:
        """The oldest first; what fails is left for the next tick."""
        try:
            for endpoint_id, event_id in islice(self._deliveries.due(self._clock()), SENT_PER_TICK):
                self._queue.send(endpoint_id, event_id)
        except StoreError as error:
            self._journal.warn("webhooks left for the next tick", detail=str(error))


class Delivering:
    """One attempt at one delivery."""

    def __init__(
        self,
        endpoints: EndpointStore,
        deliveries: DeliveryStore,
        target: WebhookTarget,
        master: MasterKey,
        schedule: tuple[int, ...],
        clock: Clock,
        randomness: Randomness,
        journal: Journal,
    ) -> None:
        self._endpoints, self._deliveries, self._target = endpoints, deliveries, target
        self._master, self._schedule = master, schedule
        self._clock, self._randomness, self._journal = clock, randomness, journal

    def deliver(self, endpoint_id: str, event_id: str) -> None:
        """Sends it if it is due and nobody else does; what stays unclear is due again after a minute.

        Raises `NotConfiguredError` before anything is sent.
        """
        try:
            self._deliver(endpoint_id, event_id)
        except StoreError as error:
            self._journal.warn(
                "delivery left for the next tick",
                event_id=event_id,
                endpoint_id=endpoint_id,
                detail=str(error),
            )

    def _deliver(self, endpoint_id: str, event_id: str) -> None:
        seen, now = self._deliveries.read(endpoint_id, event_id), self._clock()
        if seen is None or seen.state is not DeliveryState.PENDING or not seen.due_at or seen.due_at > now:
            return
        endpoint = self._endpoints.read(seen.owner).find(endpoint_id)
        if endpoint is None or endpoint.status is EndpointStatus.DISABLED:
            self._deliveries.apply(delivering.not_sent(seen, DISABLED if endpoint else DELETED, now))
            return
        master, write = self._master(), delivering.take(seen, self._randomness(16).hex(), now)
        outcome = self._deliveries.apply(write)
        if outcome.item is None or not (outcome.applied or is_mine(write, outcome.item)):
            return
        taken, body = outcome.item, (outcome.item.body or "").encode()
        headers = signed_headers(master, endpoint, event_id, body, self._clock())
        self._record(taken, endpoint, self._target.post(endpoint.url, headers, body))

    def _record(self, taken: Delivery, endpoint: Endpoint, answer: Answer) -> None:
        now = self._clock()
        told = {"endpoint_id": endpoint.id, "event_id": taken.event_id, "attempt": taken.attempts}
        told |= {"status_code": answer.status_code, "problem": answer.problem}
        delay = delay_after(taken, self._schedule, self._randomness(1)[0])
        if answer.taken:
            self._deliveries.apply(delivering.delivered(taken, answer, now))
            self._journal.note("delivered", **told)
        elif answer.gone:
            disable(self._endpoints, taken.owner, endpoint, now)
            self._deliveries.apply(delivering.given_up(taken, answer, now))
            self._journal.note("endpoint disabled, it is gone", **told)
        elif delay is None:
            self._deliveries.apply(delivering.given_up(taken, answer, now))
            self._journal.warn("delivery given up", **told)
            self._journal.count(Metric.WEBHOOK_GIVEN_UP)
        else:
            self._deliveries.apply(delivering.try_later(taken, answer, now + delay))
            self._journal.note("not taken, once more later", **told)

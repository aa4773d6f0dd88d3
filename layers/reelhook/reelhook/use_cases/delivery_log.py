"""What was sent to an endpoint, and sending it once more."""

from dataclasses import dataclass

from reelhook.domain.errors.requests import (
    DeliveryNotFoundError,
    EndpointDisabledError,
    EventOutdatedError,
    InvalidRequestError,
    Problem,
)
from reelhook.domain.errors.running import StoreError
from reelhook.domain.events import PublicChange
from reelhook.domain.lifecycle import delivering
from reelhook.domain.ports.environment import Clock
from reelhook.domain.ports.journal import Journal
from reelhook.domain.ports.videos import VideoStore
from reelhook.domain.ports.webhooks import DeliveryStore, WebhookQueue
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import EndpointStatus, is_event_id
from reelhook.use_cases.delivering import Render, ask
from reelhook.use_cases.webhook_endpoints import WebhookEndpoints

TRIES = 3


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some of an endpoint's deliveries, newest first, and whether there are more."""

    deliveries: tuple[Delivery, ...]
    has_more: bool


class DeliveryLog:
    """An owner's view of what an endpoint of theirs was sent. Every method raises `StoreError`."""

    def __init__(
        self,
        endpoints: WebhookEndpoints,
        deliveries: DeliveryStore,
        videos: VideoStore,
        queue: WebhookQueue,
        render: Render,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._endpoints, self._deliveries, self._videos = endpoints, deliveries, videos
        self._queue, self._render, self._clock, self._journal = queue, render, clock, journal

    def page(self, owner: str, endpoint_id: str, after: str | None, limit: int) -> LogPage:
        """At most `limit` deliveries after the one of this event; raises `InvalidRequestError` if there is none."""
        endpoint = self._endpoints.find(owner, endpoint_id)
        place = None
        if after is not None:
            known = self._deliveries.read(endpoint.id, after) if is_event_id(after) else None
            if known is None:
                raise InvalidRequestError(Problem("after", "after: the id of a delivery of this endpoint"))
            place = known.delivery_order
        found = self._deliveries.logged(endpoint.id, place, limit + 1)
        return LogPage(tuple(found[:limit]), len(found) > limit)

    def redeliver(self, owner: str, endpoint_id: str, event_id: str) -> Delivery:
        """Sends an event once more, at once; what is just being sent is left alone.

        Raises `DeliveryNotFoundError`, `EndpointDisabledError`, `EventOutdatedError`.
        """
        endpoint = self._endpoints.find(owner, endpoint_id)
        if endpoint.status is EndpointStatus.DISABLED:
            raise EndpointDisabledError
        for _ in range(TRIES):
            seen, now = self._known(endpoint.id, event_id), self._clock()
            if seen.claim is not None and seen.due_at is not None and now < seen.due_at:
                return seen
            outcome = self._deliveries.apply(delivering.redeliver(seen, self._body(seen), now))
            if outcome.applied and outcome.item is not None:
                ask(self._queue, endpoint.id, event_id, self._journal)
                return outcome.item
        raise StoreError("the delivery was changed by others, again and again")

    def _known(self, endpoint_id: str, event_id: str) -> Delivery:
        found = self._deliveries.read(endpoint_id, event_id) if is_event_id(event_id) else None
        if found is None:
            raise DeliveryNotFoundError
        return found

    def _body(self, seen: Delivery) -> str:
        """What is to be sent: as it was, which an ended delivery does not know any more."""
        if seen.body is not None:
            return seen.body
        video = self._videos.read(seen.video_id)
        if video is None or f"video.{video.status}" != seen.type:
            raise EventOutdatedError
        return self._render(PublicChange(video, seen.type, seen.happened_at))

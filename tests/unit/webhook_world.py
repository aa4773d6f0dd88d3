"""Webhooks over in-memory neighbours: endpoints, events, senders and receivers, with time in the test's hands."""

import json
from collections.abc import Mapping
from typing import Any

from reelhook.api.resolver import resolver
from reelhook.api.webhook_objects import message
from reelhook.api.webhook_routes import add_webhook_routes
from reelhook.domain.errors.requests import UnauthorizedError
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.time import MINUTE
from reelhook.domain.video import State, Video
from reelhook.domain.video_ids import random_video_id
from reelhook.domain.webhooks.delivery import SCHEDULE, Answer, Delivery
from reelhook.domain.webhooks.endpoint import Endpoint
from reelhook.use_cases.delivering import Delivering, DueWebhooks, WebhookFollower
from reelhook.use_cases.delivery_log import DeliveryLog
from reelhook.use_cases.webhook_endpoints import WebhookEndpoints
from tests.api import Notes, ask, event
from tests.builders import NOW, a_video, an_artifact
from tests.fakes import (
    CountingRandomness,
    InMemoryDeliveries,
    InMemoryEndpoints,
    InMemoryVideos,
    ManualClock,
    RecordingJournal,
    RecordingWebhookQueue,
    ScriptedTarget,
)

MASTER = b"m" * 32
HOOK = "https://hooks.example.com/in"
PATH = "/v1/webhook_endpoints"
ENDS = ("video.completed", "video.failed", "video.expired", "video.canceled")


class WebhookWorld:
    """Everything that webhooks are made of."""

    def __init__(self, *answers: Answer, schedule: tuple[int, ...] = SCHEDULE) -> None:
        self.clock, self.randomness, self.journal = ManualClock(NOW), CountingRandomness(), RecordingJournal()
        self.endpoints, self.deliveries = InMemoryEndpoints(), InMemoryDeliveries()
        self.videos, self.queue, self.target = (
            InMemoryVideos(),
            RecordingWebhookQueue(),
            ScriptedTarget(*answers),
        )
        self.webhook_origins: tuple[str, ...] = ()
        self.webhook_endpoints = WebhookEndpoints(
            self.endpoints, self.target, lambda: MASTER, self.clock, self.randomness
        )
        self.delivery_log = DeliveryLog(
            self.webhook_endpoints,
            self.deliveries,
            self.videos,
            self.queue,
            message,
            self.clock,
            self.journal,
        )
        self.follower = WebhookFollower(
            self.endpoints, self.deliveries, self.queue, message, self.clock, self.journal
        )
        self.due = DueWebhooks(self.deliveries, self.queue, self.clock, self.journal)
        self.delivering = Delivering(
            self.endpoints,
            self.deliveries,
            self.target,
            lambda: MASTER,
            schedule,
            self.clock,
            self.randomness,
            self.journal,
        )
        self.app = resolver(Notes())
        add_webhook_routes(self.app, lambda: self)

    def now(self) -> int:
        """What time it is."""
        return self.clock()

    def random_video_id(self) -> str:
        """An id that no video has."""
        return random_video_id(self.randomness(17))

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """The header is the owner's name."""
        if "authorization" not in headers:
            raise UnauthorizedError("Who are you?")
        return headers["authorization"]

    def ask(
        self,
        method: str,
        below: str = "",
        body: object = None,
        owner: str = "owner-1",
        path: str = PATH,
        **query: str,
    ) -> tuple[int, Any]:
        """One request of an owner; status and body."""
        raw = body if isinstance(body, str) else None if body is None else json.dumps(body)
        told = event(method, path + below, body=raw, queryStringParameters=query or None)
        told["headers"] = {"authorization": owner}
        status, _, answered = ask(self.app, told)
        return status, answered

    def endpoint(self, event_types: tuple[str, ...] = ENDS, owner: str = "owner-1") -> Endpoint:
        """A new endpoint."""
        return self.webhook_endpoints.create(owner, "mine", HOOK, event_types).endpoint

    def happens(self, state: State = State.STORED, **changes: Any) -> PublicChange:
        """A video comes to this state, and it is told."""
        artifacts = (an_artifact(),) if state is State.STORED else ()
        video: Video = a_video(state, artifacts=artifacts, **changes)
        self.videos.plant(video)
        change = PublicChange(video, EventType(f"video.{video.status}"), self.clock())
        self.follower.follow(change)
        return change

    def work(self) -> int:
        """The sender takes every message there is; how many."""
        sent, self.queue.sent = self.queue.sent, []
        for endpoint_id, event_id in sent:
            self.delivering.deliver(endpoint_id, event_id)
        return len(sent)

    def tick(self) -> int:
        """A minute later, by the clock: what is due is sent."""
        self.clock.advance(MINUTE - self.clock() % MINUTE)
        self.due.send()
        return self.work()

    def delivery(self, endpoint: Endpoint, change: PublicChange) -> Delivery:
        """A delivery as it stands."""
        found = self.deliveries.read(endpoint.id, change.id)
        assert found is not None
        return found

"""The routes of webhook endpoints, as the official SDK asks them: each asks who it is, calls one use case, and answers."""

import re
from collections.abc import Callable, Mapping
from itertools import dropwhile
from typing import Protocol

from aws_lambda_powertools.event_handler import Response

from reelhook.api.answers import answer
from reelhook.api.resolver import Resolver
from reelhook.api.webhook_bodies import EndpointBody, EndpointChanges, RotationBody, TrialBody, read_body
from reelhook.api.webhook_objects import (
    deleted_object,
    delivery_object,
    endpoint_object,
    event_types_object,
    list_object,
    message,
    sample,
    trial_object,
)
from reelhook.domain.errors.requests import InvalidRequestError, Problem
from reelhook.domain.events import EventType
from reelhook.domain.time import Instant
from reelhook.domain.webhooks.endpoint import Endpoint, is_endpoint_id
from reelhook.use_cases.delivery_log import DeliveryLog
from reelhook.use_cases.webhook_endpoints import WebhookEndpoints

_LIMIT = re.compile(r"[1-9][0-9]?|100", re.ASCII)
_PRIVATE = {"Cache-Control": "private, no-store"}  # a secret is in some of these


class Uses(Protocol):
    """The use cases behind these routes, each made at its first use."""

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """Whose request this is; raises `UnauthorizedError`."""

    def now(self) -> Instant:
        """What time it is."""

    def random_video_id(self) -> str:
        """An id that no video has."""

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        """Whom the operator lets be told wherever they lie."""

    @property
    def webhook_endpoints(self) -> WebhookEndpoints:
        """The endpoints."""

    @property
    def delivery_log(self) -> DeliveryLog:
        """What they were sent."""


def add_webhook_routes(app: Resolver, uses: Callable[[], Uses]) -> None:
    """Every route of /v1/webhook_endpoints, and the types of events."""

    def owner() -> str:
        return uses().owner_of(app.current_event.headers)

    def shown(endpoint: Endpoint) -> Response[str]:
        return answer(200, endpoint_object(endpoint, uses().webhook_endpoints.secret(endpoint)), _PRIVATE)

    @app.get("/v1/webhook_event_types")
    def list_event_types() -> Response[str]:
        """What an endpoint may be told of."""
        owner()
        return answer(200, event_types_object())

    @app.post("/v1/webhook_endpoints")
    def create() -> Response[str]:
        """A new endpoint; its secret is told here and never again."""
        asking, body = owner(), read_body(EndpointBody, app.current_event, uses().webhook_origins)
        made = uses().webhook_endpoints.create(asking, body.name, body.url, body.wanted)
        return answer(200, endpoint_object(made.endpoint, made.secret, reveal=True), _PRIVATE)

    @app.get("/v1/webhook_endpoints")
    def list_all() -> Response[str]:
        """The owner's endpoints, newest first."""
        asking = owner()
        after, limit = _page(app.current_event.query_string_parameters)
        endpoints = uses().webhook_endpoints
        found = endpoints.all(asking)
        if after is not None:
            known = is_endpoint_id(after) and any(each.id == after for each in found)
            if not known:
                raise InvalidRequestError(Problem("after", "after: the id of one of your webhook endpoints"))
            found = list(dropwhile(lambda each: each.id != after, found))[1:]
        told = [endpoint_object(each, endpoints.secret(each)) for each in found[:limit]]
        return answer(200, list_object(told, has_more=len(found) > limit), _PRIVATE)

    @app.get("/v1/webhook_endpoints/<webhook_endpoint_id>")
    def get(webhook_endpoint_id: str) -> Response[str]:
        """One of them."""
        return shown(uses().webhook_endpoints.find(owner(), webhook_endpoint_id))

    @app.post("/v1/webhook_endpoints/<webhook_endpoint_id>")
    def update(webhook_endpoint_id: str) -> Response[str]:
        """Something about it is different now."""
        asking, body = owner(), read_body(EndpointChanges, app.current_event, uses().webhook_origins)
        changes = uses().webhook_endpoints.update(
            asking,
            webhook_endpoint_id,
            name=body.name,
            url=body.url,
            event_types=body.wanted,
            status=body.standing,
        )
        return shown(changes)

    @app.delete("/v1/webhook_endpoints/<webhook_endpoint_id>")
    def delete(webhook_endpoint_id: str) -> Response[str]:
        """It is told nothing any more."""
        uses().webhook_endpoints.delete(owner(), webhook_endpoint_id)
        return answer(200, deleted_object(webhook_endpoint_id))

    @app.post("/v1/webhook_endpoints/<webhook_endpoint_id>/rotate_secret")
    def rotate(webhook_endpoint_id: str) -> Response[str]:
        """A new secret, told here and never again."""
        asking, body = owner(), read_body(RotationBody, app.current_event)
        keep = body.keep_old_secret_active_for_24_hours or False
        made = uses().webhook_endpoints.rotate(asking, webhook_endpoint_id, keep_old=keep)
        return answer(200, endpoint_object(made.endpoint, made.secret, reveal=True), _PRIVATE)

    @app.post("/v1/webhook_endpoints/<webhook_endpoint_id>/test")
    def test(webhook_endpoint_id: str) -> Response[str]:
        """A message about a sample, sent at once and once."""
        asking, body = owner(), read_body(TrialBody, app.current_event)
        played = sample(EventType(body.event_type), uses().random_video_id(), uses().now())
        status = uses().webhook_endpoints.test(asking, webhook_endpoint_id, played.id, message(played))
        return answer(200, trial_object(webhook_endpoint_id, body.event_type, status))

    @app.get("/v1/webhook_endpoints/<webhook_endpoint_id>/deliveries")
    def list_deliveries(webhook_endpoint_id: str) -> Response[str]:
        """What it was sent lately, newest first."""
        asking = owner()
        after, limit = _page(app.current_event.query_string_parameters)
        page = uses().delivery_log.page(asking, webhook_endpoint_id, after, limit)
        told = [delivery_object(delivery) for delivery in page.deliveries]
        return answer(200, list_object(told, has_more=page.has_more), _PRIVATE)

    @app.post("/v1/webhook_endpoints/<webhook_endpoint_id>/deliveries/<event_id>/redeliver")
    def redeliver(webhook_endpoint_id: str, event_id: str) -> Response[str]:
        """The event is sent once more."""
        return answer(
            202, delivery_object(uses().delivery_log.redeliver(owner(), webhook_endpoint_id, event_id))
        )


def _page(query: Mapping[str, str]) -> tuple[str | None, int]:
    limit = query.get("limit", "20")
    if not _LIMIT.fullmatch(limit):
        raise InvalidRequestError(Problem("limit", "limit: a whole number from 1 to 100"))
    return query.get("after"), int(limit)

"""Webhooks as their owners see them: endpoints, what was sent to them, and the messages themselves."""

import json
from collections.abc import Sequence
from typing import Any

from reelhook.api.events import event_object
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import Artifact, State, Video
from reelhook.domain.webhooks.delivery import Delivery
from reelhook.domain.webhooks.endpoint import Endpoint
from reelhook.domain.webhooks.signing import hint_of

_STATES = {
    EventType.QUEUED: State.QUEUED,
    EventType.COMPLETED: State.STORED,
    EventType.FAILED: State.FAILED,
    EventType.CANCELED: State.CANCELED,
    EventType.EXPIRED: State.EXPIRED,
}
_FAULT = VideoError(
    "sample", "This is a sample: nothing failed.", Category.PROVIDER_TIMEOUT, False, Billed.NO
)
_FILE = Artifact(0, "video", "videos/sample/0.mp4", 6_815_744, "video/mp4", "", "FULL_OBJECT")


def message(change: PublicChange) -> str:
    """An event as it is sent: UTF-8 rather than escapes."""
    return json.dumps(event_object(change), ensure_ascii=False, separators=(",", ":"))


def sample(event_type: EventType, video_id: str, now: Instant) -> PublicChange:
    """A change of a video that there never was, of an id that no other has."""
    state = _STATES[event_type]
    request = VideoRequest(
        "apixo/seedance-2-0-fast", Mode.TEXT_TO_VIDEO, "A sample, sent by a test", seconds=5
    )
    failed = state in (State.FAILED, State.EXPIRED)
    stored = state is State.STORED
    video = Video(
        video_id,
        "",
        request,
        "",
        "apixo",
        request.model,
        now,
        state,
        artifacts=(_FILE,) if stored else (),
        completed_at=now if stored else None,
        error=_FAULT if failed else None,
    )
    return PublicChange(video, event_type, now)


def endpoint_object(endpoint: Endpoint, secret: str, *, reveal: bool = False) -> dict[str, Any]:
    """An endpoint; its secret is told where it is new, and only hinted at ever after."""
    told = {
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "name": endpoint.name,
        "url": endpoint.url,
        "event_types": list(endpoint.event_types),
        "status": endpoint.status.value,
        "signing_secret_hint": hint_of(secret),
        "created_at": endpoint.created_at // SECOND,
        "updated_at": endpoint.updated_at // SECOND,
    }
    return {**told, "signing_secret": secret} if reveal else told


def deleted_object(endpoint_id: str) -> dict[str, Any]:
    """There is no such endpoint any more."""
    return {"id": endpoint_id, "object": "webhook_endpoint.deleted", "deleted": True}


def trial_object(endpoint_id: str, event_type: str, status_code: int) -> dict[str, Any]:
    """What a test message was answered."""
    return {
        "object": "webhook_endpoint.test",
        "webhook_endpoint_id": endpoint_id,
        "event_type": event_type,
        "status_code": status_code,
        "success": True,
    }


def delivery_object(delivery: Delivery) -> dict[str, Any]:
    """What became of one event at one endpoint; what it said is not kept."""
    waits = delivery.claim is None and delivery.due_at is not None
    return {
        "id": delivery.event_id,
        "object": "webhook_delivery",
        "webhook_endpoint_id": delivery.endpoint_id,
        "event_type": delivery.type,
        "video_id": delivery.video_id,
        "status": delivery.state.value,
        "attempts": delivery.attempts,
        "last_attempt_at": _unix(delivery.attempted_at),
        "last_status_code": delivery.status_code,
        "last_problem": delivery.problem,
        "next_attempt_at": _unix(delivery.due_at) if waits else None,
        "created_at": delivery.created_at // SECOND,
        "ended_at": _unix(delivery.ended_at),
    }


def list_object(data: Sequence[dict[str, Any]], *, has_more: bool) -> dict[str, Any]:
    """A page of objects that have ids."""
    ids = [each["id"] for each in data] or [None]
    return {
        "object": "list",
        "data": list(data),
        "first_id": ids[0],
        "last_id": ids[-1],
        "has_more": has_more,
    }


def event_types_object() -> dict[str, Any]:
    """Every type of event."""
    return {"object": "list", "data": [kind.value for kind in EventType]}


def _unix(instant: Instant | None) -> int | None:
    return None if instant is None else instant // SECOND

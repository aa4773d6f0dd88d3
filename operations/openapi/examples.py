"""Example requests, which a test reads as the API does, and answers, written by the code that answers clients."""

import json
from dataclasses import replace
from typing import Any

from aws_lambda_powertools.event_handler import Response

from operations.openapi.operations import ENDPOINT, ENDPOINTS, HOOK
from reelhook.api.answers import accepted, deleted, found, linked, listed, models_listed, uploadable
from reelhook.api.webhook_objects import (
    deleted_object,
    delivery_object,
    endpoint_object,
    event_types_object,
    list_object,
    trial_object,
)
from reelhook.domain.catalog import Catalog
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.lifecycle.delivering import new_delivery
from reelhook.domain.listing import Page
from reelhook.domain.price import Usage
from reelhook.domain.request import Mode, VideoRequest
from reelhook.domain.uploads import Upload
from reelhook.domain.video import Artifact, State, Video
from reelhook.domain.webhooks.delivery import Delivery, DeliveryState
from reelhook.domain.webhooks.endpoint import Endpoint
from reelhook.domain.webhooks.signing import secret_of

_MEDIA = "https://media.example.com"
_PROMPT = "A lighthouse in a storm, slow dolly in"
REQUESTS: dict[str, dict[str, Any]] = {
    "text": {"prompt": _PROMPT, "seconds": 5, "resolution": "720p"},
    "first frame": {
        "prompt": "The light begins to turn",
        "input_reference": {"image_url": f"{_MEDIA}/still.png"},
        "metadata": {"project": "coast"},
        "user": "anna",
    },
    "two frames": {
        "model": "apixo/seedance-2-0",
        "prompt": "From calm to storm",
        "frame_images": [
            {"type": "image_url", "image_url": {"url": f"{_MEDIA}/calm.png"}, "frame_type": "first_frame"},
            {"type": "image_url", "image_url": {"url": f"{_MEDIA}/storm.png"}, "frame_type": "last_frame"},
        ],
    },
    "references": {
        "prompt": "The keeper climbs the stairs, in the style of the sketch",
        "input_references": [
            {"type": "image_url", "image_url": {"url": f"{_MEDIA}/keeper.png"}},
            {"type": "image_url", "image_url": {"url": f"{_MEDIA}/sketch.png"}},
        ],
    },
    "uploaded": {
        "prompt": "The light begins to turn",
        "input_reference": {"file_id": "file_dzmp4jeqwk3cbhuyt5n7vlaxoi"},
    },
    "options": {
        "model": "modellix/seedance-1.0-pro-fast-t2v",
        "prompt": _PROMPT,
        "seed": 7,
        "provider_options": {"camera_fixed": True},
    },
}
_NAME = "video_dzmp4jeqwk3cbhuyt5n7vlaxoi"
_HOOK = "we_" + "h2k4" * 6 + "h2"
_SECRET = secret_of(b"an example", _HOOK, 1)
_ASKED = VideoRequest("apixo/seedance-2-0-fast", Mode.TEXT_TO_VIDEO, _PROMPT, seconds=5, resolution="720p")
_SENT = Video(
    _NAME, "anna", _ASKED, "v1:0", "apixo", _ASKED.model, 1_796_117_400_000, State.SUBMITTED, task_id="t"
)
_FILE = Artifact(0, "video", "videos/0.mp4", 6_815_744, "video/mp4", "", "FULL_OBJECT")
_STORED = replace(
    _SENT,
    state=State.STORED,
    completed_at=1_796_117_520_000,
    artifacts=(_FILE,),
    usage=Usage("0.645", "USD", "5 s x 0.129", True),
)
_FORM = {
    "Content-Type": "image/jpeg",
    "key": "references/anna/uploads/file_q3m6xkz7vdb2tnyc5rhawlpeoi",
    "policy": "eyJleHBpcmF0aW9uIjogIi4uLiJ9",
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": "ASIA.../20261121/eu-west-1/s3/aws4_request",
    "x-amz-date": "20261121T143000Z",
    "x-amz-security-token": "...",
    "x-amz-signature": "...",
}
_UPLOAD = Upload(
    "file_q3m6xkz7vdb2tnyc5rhawlpeoi",
    "https://media.s3.eu-west-1.amazonaws.com/",
    _FORM,
    1_796_118_300_000,
    31_457_280,
)
_LINK = f"https://media.s3.eu-west-1.amazonaws.com/videos/{_NAME}/0.mp4?X-Amz-Expires=900&X-Amz-Signature=..."


def examples(catalog: Catalog) -> dict[tuple[str, str], Any]:
    """The body of each route's success."""
    answers: dict[tuple[str, str], Response[str]] = {
        ("POST", "/v1/videos"): accepted(_SENT),
        ("GET", "/v1/videos"): listed(Page((_STORED,), has_more=False)),
        ("POST", "/v1/uploads"): uploadable(_UPLOAD),
        ("GET", "/v1/videos/models"): models_listed(Catalog(catalog.models[:1], catalog.longest)),
        ("GET", "/v1/videos/{video_id}"): found(_STORED),
        ("DELETE", "/v1/videos/{video_id}"): deleted(_NAME),
        ("GET", "/v1/videos/{video_id}/content"): linked(_LINK, 1_796_118_420_000, _FILE),
        ("POST", "/v1/videos/{video_id}/cancel"): found(replace(_SENT, state=State.CANCELED, task_id=None)),
    }
    told = {route: json.loads(answer.body or "null") for route, answer in answers.items()}
    return told | _webhooks()


def _webhooks() -> dict[tuple[str, str], Any]:
    at = 1_796_117_520_000
    endpoint = Endpoint(_HOOK, str(HOOK["name"]), str(HOOK["url"]), ("video.completed",), at, at)
    event = PublicChange(_STORED, EventType.COMPLETED, at)
    waiting = new_delivery(_HOOK, event, "", at).put
    if not isinstance(waiting, Delivery):
        raise TypeError("W0 puts a delivery")
    done = replace(
        waiting,
        state=DeliveryState.DELIVERED,
        attempts=1,
        attempted_at=at,
        status_code=200,
        ended_at=at,
        due_at=None,
    )
    shown, new = endpoint_object(endpoint, _SECRET), endpoint_object(endpoint, _SECRET, reveal=True)
    return {
        ("GET", "/v1/webhook_event_types"): event_types_object(),
        ("POST", ENDPOINTS): new,
        ("GET", ENDPOINTS): list_object([shown], has_more=False),
        ("GET", ENDPOINT): shown,
        ("POST", ENDPOINT): {**shown, "status": "disabled"},
        ("DELETE", ENDPOINT): deleted_object(_HOOK),
        ("POST", f"{ENDPOINT}/rotate_secret"): new,
        ("POST", f"{ENDPOINT}/test"): trial_object(_HOOK, "video.completed", 200),
        ("GET", f"{ENDPOINT}/deliveries"): list_object([delivery_object(done)], has_more=False),
        ("POST", f"{ENDPOINT}/deliveries/{{event_id}}/redeliver"): delivery_object(waiting),
    }

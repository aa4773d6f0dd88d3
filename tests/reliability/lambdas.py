"""The functions as Lambda runs them: their time-outs, their settings, their context."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest.mock import patch

from aws_lambda_powertools.utilities.typing import LambdaContext

import functions.deliver_webhooks
import functions.dispatch_videos
import functions.publish_events
import functions.receive_callback
import functions.reconcile_videos
import functions.submit_drop
import functions.submit_video
import functions.transfer_video
import functions.videos
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.time import SECOND, Instant
from reelhook.wiring.base import Wiring
from tests.api import EVENTS, FAST

HANDLERS = {
    "SubmitVideo": (functions.submit_video, 28 * SECOND),
    "SubmitDrop": (functions.submit_drop, 60 * SECOND),
    "Videos": (functions.videos, 10 * SECOND),
    "ReceiveCallback": (functions.receive_callback, 28 * SECOND),
    "TransferVideo": (functions.transfer_video, 300 * SECOND),
    "DispatchVideos": (functions.dispatch_videos, 120 * SECOND),
    "PublishEvents": (functions.publish_events, 60 * SECOND),
    "DeliverWebhooks": (functions.deliver_webhooks, 30 * SECOND),
    "ReconcileVideos": (functions.reconcile_videos, 60 * SECOND),
}
ENVIRONMENT = {
    "STAGE": "prod",
    "INBOX_BUCKET": "inbox",
    "MEDIA_BUCKET": "media",
    "CALLBACK_BASE_URL": "https://callbacks.example",
    "DEFAULT_MODEL": FAST,
    "MODEL_ALIASES": "",
    "REQUIRE_IDEMPOTENCY": "false",
    "INLINE_TRANSFER_SECONDS": "18",
    "TRANSFER_SECONDS": "300",
    "CALLBACK_DEADLINE_SECONDS": "0",
    "PROVIDER_END_SECONDS": "0",
    "QUEUE_MAX_AGE_HOURS": "168",
    "RETENTION_DAYS": "0",
    "OIDC_ISSUER": "",
    "WEBHOOK_SCHEDULE": "60,300,1800,7200,18000,36000,50400,72000,86400",
    "OWNER_LIMITS": ",,",
    "USER_LIMITS": ",,",
    "OWNER_UPLOADS_PER_DAY": "200",
    "MODEL_PRICES": "",
}


def _signing(number: int) -> dict[str, str]:
    secret = b"n" * 32 if number == 0 else number.to_bytes(32)
    return {"id": f"k{number + 1}", "secret": b64encode(secret).decode()}


def ring_of(rotations: int) -> str:
    """The parameter of the callback keys after so many rotations."""
    previous = {"previous": _signing(rotations - 1)} if rotations else {}
    return json.dumps({"current": _signing(rotations), **previous})


SIGNING = ring_of(0)
API_KEY = "rh_" + "k" * 43
OWNERS = {hashlib.sha256(API_KEY.encode()).hexdigest(): ApiKey("owner-1")}
_SUBMIT = json.loads((EVENTS / "submit_video.json").read_text())


def submit_event(
    key: str, image: bytes | None = None, body: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The committed request of a client, with this idempotency key; perhaps an image as bytes, or another body."""
    headers = {**_SUBMIT["headers"], "authorization": f"Bearer {API_KEY}", "idempotency-key": key}
    other = {} if body is None else {"body": json.dumps(body)}
    return {**_SUBMIT, "headers": headers} | (other if image is None else {"body": _with(image)})


def _with(image: bytes) -> str:
    url = f"data:image/png;base64,{b64encode(image).decode()}"
    return json.dumps({"prompt": "A lighthouse", "input_reference": {"image_url": url}})


def keyless_event(retry: int, arrived: Instant, image: bytes | None = None) -> dict[str, Any]:
    """The same from an SDK that counts its attempts, without a key."""
    event = submit_event("", image)
    counted = {**event["headers"], "x-stainless-retry-count": str(retry)}
    del counted["idempotency-key"]
    return {
        **event,
        "headers": counted,
        "requestContext": {**event["requestContext"], "timeEpoch": arrived},
    }


class Context(LambdaContext):
    """Lambda's own, in virtual time."""

    def __init__(self, clock: Callable[[], Instant], end: Instant) -> None:
        self._clock, self._end = clock, end
        self._function_name, self._memory_limit_in_mb, self._aws_request_id = "handler", 1024, "request-1"
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:handler"

    def get_remaining_time_in_millis(self) -> int:  # type: ignore[override]
        return self._end - self._clock()


def handlers_find(wiring: Callable[[], Wiring]) -> AbstractContextManager[object]:
    """The handlers find this wiring instead of the execution environment's."""
    stack = ExitStack()
    for module, _ in HANDLERS.values():
        stack.enter_context(patch.object(module, "production", wiring))
    return stack

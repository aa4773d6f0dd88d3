"""What each route takes besides its path and body, and how it answers when all is well."""

from dataclasses import dataclass

from operations.openapi.schemas import Schema, ref
from reelhook.api.list_query import MAX_USER
from reelhook.domain.video import ArtifactType, Status


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; `bodiless` are further answers: status, meaning, headers."""

    name: str
    summary: str
    status: int
    success: str
    schema: Schema
    headers: tuple[str, ...] = ()
    parameters: tuple[Schema, ...] = ()
    bodiless: tuple[tuple[int, str, tuple[str, ...]], ...] = ()
    content_type: str = "application/json"
    body: tuple[Schema, object] | None = None  # of a request that is JSON only: its schema and an example
    body_required: bool = True


def _header(description: str, **schema: object) -> Schema:
    return {"description": description, "schema": {"type": "string", **schema}}


def _query(name: str, **schema: object) -> Schema:
    return {"name": name, "in": "query", "schema": schema}


_SIDES = ("limit", "remaining")
QUOTAS = tuple(
    f"x-quota-{side}-{whose}-{limit}"
    for side in _SIDES
    for whose in ("owner", "user")
    for limit in ("videos-per-day", "in-flight", "usd-per-day")
)
UPLOAD_QUOTAS = tuple(f"x-quota-{side}-owner-uploads-per-day" for side in _SIDES)
HEADERS: Schema = {
    **{
        name: _header("Of a limit that was met: how high it is, or what is left of it.")
        for name in (*QUOTAS, *UPLOAD_QUOTAS)
    },
    "x-request-id": _header("Names the request, in the access log too."),
    "x-should-retry": _header(
        "`false` wherever a retry cannot help, or could be a second video.", const="false"
    ),
    "Retry-After": _header("Seconds until a retry can help.", pattern="^[0-9]+$"),
    "WWW-Authenticate": _header("The scheme to use."),
    "ETag": _header("Changes with the video."),
    "Location": _header("Where it is."),
    "Idempotent-Replayed": _header("`true` if an earlier request made the video.", const="true"),
    "openai-poll-after-ms": _header("When to ask again, in milliseconds; only while the video is under way."),
    "Cache-Control": _header("Who may keep the answer."),
}
_PAGE = (
    _query("after", type="string", description="The last id of the page before."),
    _query("limit", type="integer", minimum=1, maximum=100, default=20),
)
ENDPOINTS, ENDPOINT = "/v1/webhook_endpoints", "/v1/webhook_endpoints/{webhook_endpoint_id}"
HOOK = {"name": "production", "url": "https://hooks.example.com/reelhook", "event_types": ["video.completed"]}
_SECRETLY = ("Cache-Control",)
WEBHOOKS: dict[tuple[str, str], Operation] = {
    ("GET", "/v1/webhook_event_types"): Operation(
        "list_webhook_event_types", "List the types of events", 200, "Every type.", ref("WebhookEventTypes")
    ),
    ("POST", ENDPOINTS): Operation(
        "create_webhook_endpoint",
        "Be told of your videos",
        200,
        "The endpoint with its signing secret, which is told here and never again.",
        ref("WebhookEndpointWithSecret"),
        _SECRETLY,
        body=(ref("EndpointBody"), HOOK),
    ),
    ("GET", ENDPOINTS): Operation(
        "list_webhook_endpoints",
        "List your endpoints",
        200,
        "A page of endpoints, newest first.",
        ref("WebhookEndpointList"),
        _SECRETLY,
        _PAGE,
    ),
    ("GET", ENDPOINT): Operation(
        "get_webhook_endpoint",
        "Look at an endpoint",
        200,
        "The endpoint.",
        ref("WebhookEndpoint"),
        _SECRETLY,
    ),
    ("POST", ENDPOINT): Operation(
        "update_webhook_endpoint",
        "Change an endpoint",
        200,
        "The endpoint as it is now.",
        ref("WebhookEndpoint"),
        _SECRETLY,
        body=(ref("EndpointChanges"), {"status": "disabled"}),
        body_required=False,
    ),
    ("DELETE", ENDPOINT): Operation(
        "delete_webhook_endpoint", "Delete an endpoint", 200, "It is gone.", ref("DeletedWebhookEndpoint")
    ),
    ("POST", f"{ENDPOINT}/rotate_secret"): Operation(
        "rotate_webhook_secret",
        "Replace the signing secret",
        200,
        "The endpoint with its new signing secret.",
        ref("WebhookEndpointWithSecret"),
        _SECRETLY,
        body=(ref("RotationBody"), {"keep_old_secret_active_for_24_hours": True}),
        body_required=False,
    ),
    ("POST", f"{ENDPOINT}/test"): Operation(
        "test_webhook_endpoint",
        "Send a sample to an endpoint",
        200,
        "What it answered.",
        ref("WebhookEndpointTest"),
        body=(ref("TrialBody"), {"event_type": "video.completed"}),
    ),
    ("GET", f"{ENDPOINT}/deliveries"): Operation(
        "list_webhook_deliveries",
        "Look at what an endpoint was sent in the last 30 days",
        200,
        "A page of deliveries, newest first.",
        ref("WebhookDeliveryList"),
        _SECRETLY,
        _PAGE,
    ),
    ("POST", f"{ENDPOINT}/deliveries/{{event_id}}/redeliver"): Operation(
        "redeliver_webhook",
        "Send an event once more",
        202,
        "The delivery, which is due now.",
        ref("WebhookDelivery"),
    ),
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key and request: the same video. Some stacks require one.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
_KNOWN_TAG = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
_SHOWN = ("ETag", "Cache-Control", "openai-poll-after-ms")

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("POST", "/v1/videos"): Operation(
        "create_video",
        "Ask for a video",
        202,
        "Accepted; the video as it stands, which may already be its end.",
        ref("Video"),
        ("Location", "openai-poll-after-ms", "Idempotent-Replayed"),
        (_IDEMPOTENCY,),
    ),
    ("GET", "/v1/videos"): Operation(
        "list_videos",
        "List your videos",
        200,
        "A page of videos.",
        ref("VideoList"),
        ("Cache-Control",),
        (
            _query("after", type="string", description="The last id of the page before."),
            _query("limit", type="integer", minimum=1, maximum=100, default=20),
            _query("order", type="string", enum=["asc", "desc"], default="desc"),
            _query("status", type="string", enum=[status.value for status in Status]),
            _query("user", type="string", minLength=1, maxLength=MAX_USER),
        ),
    ),
    ("POST", "/v1/uploads"): Operation(
        "create_upload",
        "Upload an image, a video or a sound for later requests",
        201,
        "Where to post the file to. What is uploaded may be named in any number of requests for 15 days.",
        ref("Upload"),
        ("Cache-Control",),
        body=(ref("UploadBody"), {"content_type": "image/jpeg"}),
    ),
    ("GET", "/v1/usage"): Operation(
        "get_usage",
        "What you asked for and spent, by day",
        200,
        "The days, in UTC.",
        ref("DailyUsage"),
        (),
        (
            _query("from", type="string", format="date"),
            _query("to", type="string", format="date"),
            _query("user", type="string", minLength=1, maxLength=MAX_USER),
        ),
    ),
    ("GET", "/v1/videos/models"): Operation(
        "list_models", "List the models", 200, "Every model.", ref("ModelList")
    ),
    ("GET", "/v1/videos/{video_id}"): Operation(
        "get_video",
        "Look at a video",
        200,
        "The video as it stands.",
        ref("Video"),
        _SHOWN,
        (_KNOWN_TAG,),
        ((304, "The video is as the client knows it.", _SHOWN),),
    ),
    ("DELETE", "/v1/videos/{video_id}"): Operation(
        "delete_video", "Delete a video and its files", 200, "It is gone.", ref("DeletedVideo")
    ),
    ("GET", "/v1/videos/{video_id}/content"): Operation(
        "get_content",
        "Fetch a file of a video",
        200,
        "The link, where `redirect=false`.",
        ref("ContentLink"),
        ("Cache-Control",),
        (
            _query("variant", type="string", enum=[kind.value for kind in ArtifactType], default="video"),
            _query("index", type="integer", minimum=0, maximum=7, default=0),
            _query("redirect", type="boolean", default=True),
        ),
        ((302, "To a presigned link.", ("Location", "Cache-Control")),),
    ),
    ("POST", "/v1/videos/{video_id}/cancel"): Operation(
        "cancel_video",
        "Cancel a queued video",
        200,
        "It is never sent.",
        ref("Video"),
        _SHOWN,
    ),
    **WEBHOOKS,
    ("GET", "/openapi.json"): Operation(
        "get_openapi", "This document", 200, "OpenAPI 3.1.", {"type": "object"}, ("Cache-Control",)
    ),
    ("GET", "/docs"): Operation(
        "get_docs",
        "The same for people",
        200,
        "A page without scripts.",
        {"type": "string"},
        ("Cache-Control",),
        content_type="text/html",
    ),
}

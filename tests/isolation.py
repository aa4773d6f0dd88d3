"""Every route of the public API, asked by one owner about another owner's video: a route without a row fails a test."""

from dataclasses import dataclass

UPLOAD = "file_" + "a2" * 13  # that the first owner has uploaded
WITH_UPLOAD = f'{{"prompt": "A lighthouse", "input_reference": {{"file_id": "{UPLOAD}"}}}}'


@dataclass(frozen=True, slots=True)
class Row:
    """One route; `status` is what the other owner is answered, and that answer never names the video or the endpoint."""

    method: str
    path: str
    status: int = 404
    query: str = ""
    key: str = "shared"  # of idempotency
    body: str = '{"prompt": "A lighthouse in a storm", "seconds": 5, "user": "end-user"}'


ENDPOINT = "/v1/webhook_endpoints/{webhook_endpoint_id}"
ANOTHER_ENDPOINT = '{"name": "mine", "url": "https://hooks.example.com/mine"}'
ROWS = (
    Row("POST", "/v1/videos", 202),  # the same key and request: a video of one's own
    Row("GET", "/v1/videos", 200),
    Row("GET", "/v1/videos", 200, "user=end-user"),
    Row("GET", "/v1/videos", 400, "after={video_id}"),
    Row("POST", "/v1/videos", 400, body=WITH_UPLOAD, key="another"),  # the file is not this owner's
    Row("POST", "/v1/uploads", 201, body='{"content_type": "image/png"}'),
    Row("GET", "/v1/usage", 200),
    Row("GET", "/v1/videos/models", 200),
    Row("GET", "/v1/videos/{video_id}"),
    Row("DELETE", "/v1/videos/{video_id}"),
    Row("GET", "/v1/videos/{video_id}/content"),
    Row("GET", "/v1/videos/{video_id}/content", query="redirect=false"),
    Row("POST", "/v1/videos/{video_id}/cancel"),
    Row("GET", "/v1/webhook_event_types", 200),
    Row("POST", "/v1/webhook_endpoints", 200, body=ANOTHER_ENDPOINT),  # one of one's own
    Row("GET", "/v1/webhook_endpoints", 200),
    Row("GET", "/v1/webhook_endpoints", 400, "after={webhook_endpoint_id}"),
    Row("GET", ENDPOINT),
    Row("POST", ENDPOINT, body='{"name": "taken"}'),
    Row("POST", f"{ENDPOINT}/rotate_secret", body=""),
    Row("POST", f"{ENDPOINT}/test", body='{"event_type": "video.completed"}'),
    Row("GET", f"{ENDPOINT}/deliveries"),
    Row("POST", f"{ENDPOINT}/deliveries/{{event_id}}/redeliver", body=""),
    Row("DELETE", ENDPOINT),
    Row("GET", "/openapi.json", 200),
    Row("GET", "/docs", 200),
)

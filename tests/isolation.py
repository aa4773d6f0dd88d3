"""Every route of the public API, asked by one owner about another owner's video: a route without a row fails a test."""

from dataclasses import dataclass

UPLOAD = "file_" + "a2" * 13  # that the first owner has uploaded
WITH_UPLOAD = f'{{"prompt": "A lighthouse", "input_reference": {{"file_id": "{UPLOAD}"}}}}'


@dataclass(frozen=True, slots=True)
class Row:
    """One route; `status` is what the other owner is answered, and that answer never names the video."""

    method: str
    path: str
    status: int = 404
    query: str = ""
    body: str = ""  # JSON; nothing is the plain request for a video
    key: str = "shared"  # of idempotency


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
    Row("GET", "/openapi.json", 200),
    Row("GET", "/docs", 200),
)

"""The answers that are no errors, ready to be returned by a route."""

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response

from reelhook.api.models import model_list
from reelhook.api.responses import content_object, video_object
from reelhook.domain.catalog import Catalog
from reelhook.domain.time import Instant
from reelhook.domain.video import OPEN_STATES, Artifact, Video

POLL_AFTER = {"openai-poll-after-ms": "10000"}  # an SDK that waits would otherwise ask every second
_PRIVATE = {"Cache-Control": "private, no-store"}  # a presigned link is a capability


def answer(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response[str]:
    """JSON, in UTF-8 rather than in escapes: an emoji takes 4 bytes, not 12."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(status, "application/json", text, headers)


def accepted(video: Video, replayed: bool = False) -> Response[str]:
    """202 to a request for a video, as the video stands; `replayed` if an earlier request made it."""
    headers = {"Location": f"/v1/videos/{video.video_id}", **POLL_AFTER}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    return answer(202, video_object(video), headers)


def found(video: Video) -> Response[str]:
    """200 with a video; while it is under way also when to ask again."""
    return answer(200, video_object(video), POLL_AFTER if video.state in OPEN_STATES else None)


def redirected(url: str) -> Response[str]:
    """302 to a presigned link."""
    return Response(302, body="", headers={"Location": url, **_PRIVATE})


def linked(url: str, expires_at: Instant, artifact: Artifact) -> Response[str]:
    """200 with the link itself, for `redirect=false`."""
    return answer(200, content_object(url, expires_at, artifact), _PRIVATE)


def models_listed(catalog: Catalog) -> Response[str]:
    """200 with every model."""
    return answer(200, model_list(catalog))

"""The answers that are no errors, ready to be returned by a route."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response

from reelhook.api.models import model_list
from reelhook.api.responses import content_object, video_object
from reelhook.api.uploads import upload_object
from reelhook.domain.catalog import Catalog
from reelhook.domain.listing import Page
from reelhook.domain.time import Instant
from reelhook.domain.uploads import Upload
from reelhook.domain.video import OPEN_STATES, Artifact, Video

POLL_AFTER = {"openai-poll-after-ms": "10000"}  # an SDK that waits would otherwise ask every second
# Lambda answers 6 MB at most. 100 videos can be more: a prompt has up to 10,000 characters of up to 7 bytes in there.
MAX_LIST = 5 * 1024 * 1024
_PRIVATE = {"Cache-Control": "private, no-store"}  # a presigned link is a capability


def answer(status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response[str]:
    """JSON, in UTF-8 rather than in escapes: an emoji takes 4 bytes, not 12."""
    return Response(status, "application/json", _text(body), headers)


def accepted(video: Video, replayed: bool = False) -> Response[str]:
    """202 to a request for a video, as the video stands; `replayed` if an earlier request made it."""
    headers = {"Location": f"/v1/videos/{video.video_id}", **POLL_AFTER}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    return answer(202, video_object(video), headers)


def found(video: Video, known: str | None = None) -> Response[str]:
    """200 with a video, 304 if its tag is among the `known` ones (If-None-Match); under way also when to ask again."""
    body = video_object(video)
    tag = f'"{hashlib.sha256(_text(body).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if video.state in OPEN_STATES:
        headers |= POLL_AFTER
    if known is not None and _names(known, tag):
        return Response(304, body="", headers=headers)
    return answer(200, body, headers)


def listed(page: Page) -> Response[str]:
    """200 with a page of videos; cut, but never to nothing, where it would be too large to leave."""
    data, left = list[dict[str, Any]](), MAX_LIST
    for video in page.videos:
        told = video_object(video)
        left -= _size(told)
        if left < 0 and data:
            break
        data.append(told)
    cut = len(data) < len(page.videos)
    ids = [told["id"] for told in data] or [None]
    ends = {"first_id": ids[0], "last_id": ids[-1]}
    return answer(200, {"object": "list", "data": data, **ends, "has_more": page.has_more or cut}, _PRIVATE)


def deleted(video_id: str) -> Response[str]:
    """200: there is no such video any more."""
    return answer(200, {"id": video_id, "object": "video.deleted", "deleted": True})


def redirected(url: str) -> Response[str]:
    """302 to a presigned link."""
    return Response(302, body="", headers={"Location": url, **_PRIVATE})


def linked(url: str, expires_at: Instant, artifact: Artifact) -> Response[str]:
    """200 with the link itself, for `redirect=false`."""
    return answer(200, content_object(url, expires_at, artifact), _PRIVATE)


def models_listed(catalog: Catalog) -> Response[str]:
    """200 with every model."""
    return answer(200, model_list(catalog))


def uploadable(upload: Upload) -> Response[str]:
    """201 with the form for a file that is not there yet."""
    return answer(201, upload_object(upload), _PRIVATE)


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _size(body: Mapping[str, Any]) -> int:
    """Its bytes in Lambda's own answer, where the body is a string inside of JSON."""
    return len(json.dumps(_text(body), ensure_ascii=False).encode())


def _names(known: str, tag: str) -> bool:
    tags = [each.strip().removeprefix("W/") for each in known.split(",")]
    return "*" in tags or tag in tags

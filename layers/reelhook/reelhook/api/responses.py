"""The public objects; media that a request named are never in them."""

from dataclasses import asdict
from typing import Any

from reelhook.domain.failure import VideoError
from reelhook.domain.time import SECOND, Instant
from reelhook.domain.video import Artifact, State, Status, Video


def video_object(video: Video) -> dict[str, Any]:
    """A video as its client sees it."""
    request = video.request
    failed = video.status in (Status.FAILED, Status.EXPIRED)
    return {
        "id": video.video_id,
        "object": "video",
        "model": video.model,
        "mode": request.mode.value,
        "status": video.status.value,
        "progress": _progress(video),
        "created_at": _unix(video.created_at),
        "completed_at": _unix(video.completed_at),
        "expires_at": video.ttl,
        "prompt": request.prompt,
        "seconds": None if request.seconds is None else str(request.seconds),
        "size": request.size,
        "resolution": request.resolution,
        "aspect_ratio": request.aspect_ratio,
        "metadata": dict(request.metadata),
        "user": request.user,
        "artifacts": [_artifact_object(artifact) for artifact in video.artifacts],
        "error": _error_object(video.error) if failed and video.error is not None else None,
        "usage": None if video.usage is None else asdict(video.usage),
        "remixed_from_video_id": None,
    }


def content_object(url: str, expires_at: Instant, artifact: Artifact) -> dict[str, Any]:
    """A link to a stored file, for clients that cannot follow a redirect."""
    about = {"size": artifact.size, "content_type": artifact.content_type}
    return {"url": url, "expires_at": _unix(expires_at), **about}


def _progress(video: Video) -> int:
    """The last stage it reached, which a failure does not take back: accepted 50, result there 90, stored 100."""
    match video.state:
        case State.STORED:
            return 100
        case State.RESULT_READY | State.TRANSFERRING | State.TRANSFER_FAILED:
            return 90
        case State.SUBMITTED:
            return 50
        case State.FAILED | State.EXPIRED if video.task_id is not None:
            return 50
        case _:
            return 0


def _artifact_object(artifact: Artifact) -> dict[str, Any]:
    return {
        "index": artifact.index,
        "type": artifact.type,
        "size": artifact.size,
        "content_type": artifact.content_type,
    }


def _error_object(error: VideoError) -> dict[str, Any]:
    return {
        "code": error.code,
        "message": error.message,
        "category": error.category.value,
        "param": error.param,
        "retryable": error.retryable,
        "billed": error.billed.value,
    }


def _unix(instant: Instant | None) -> int | None:
    return None if instant is None else instant // SECOND

"""Plausible videos, requests and the rest; a test names only what it is about."""

from dataclasses import replace
from typing import Any

from reelhook.domain.failure import Billed, Category, VideoError
from reelhook.domain.lifecycle.sending import queued_order
from reelhook.domain.lifecycle.writing import due
from reelhook.domain.request import Mode, VideoRequest, request_hash
from reelhook.domain.schedule import Timing
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.token import KeyRing, SigningKey
from reelhook.domain.video import Artifact, State, Video

NOW = 1_800_000_000 * SECOND
VIDEO_ID = "video_" + "a2" * 13
TASK_ID = "task-1"
CLAIM, LEASE = "claim-1", "lease-1"
LINK = "https://file.apixo.ai/results/1.mp4"
TIMING = Timing((20 * MINUTE, 1 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR))
RING = KeyRing(SigningKey("k1", b"n" * 32))


def a_video_id(number: int) -> str:
    """Different numbers, different ids."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    tail = ""
    while len(tail) < 26:
        number, digit = divmod(number, 32)
        tail = letters[digit] + tail
    return f"video_{tail}"


def a_request(**changes: Any) -> VideoRequest:
    """A prompt and little else."""
    request = VideoRequest(
        "apixo/seedance-2-0-fast", Mode.TEXT_TO_VIDEO, "A lighthouse in a storm", seconds=5
    )
    return replace(request, **changes)


def an_error(**changes: Any) -> VideoError:
    """A failure that the provider reported."""
    error = VideoError(
        "content_policy", "The prompt was refused.", Category.INPUT_MODERATION, False, Billed.NO
    )
    return replace(error, **changes)


def an_artifact(video_id: str = VIDEO_ID, **changes: Any) -> Artifact:
    """An MP4 in the bucket."""
    key = f"videos/{video_id}/0.mp4"
    return replace(Artifact(0, "video", key, 1_000, "video/mp4", "aGFzaA==", "FULL_OBJECT"), **changes)


def a_draft(video_id: str = VIDEO_ID, **changes: Any) -> Video:
    """A video that nobody has claimed or queued yet."""
    request = changes.pop("request", a_request())
    draft = Video(
        video_id=video_id,
        owner="owner-1",
        request=request,
        request_hash=request_hash(request),
        provider="apixo",
        model=request.model,
        created_at=NOW - MINUTE,
        state=State.SUBMITTING,
    )
    return replace(draft, **changes)


def a_video(state: State = State.SUBMITTED, video_id: str = VIDEO_ID, **changes: Any) -> Video:
    """A video as it stands in a state, one minute after it came in."""
    draft = a_draft(video_id, **({"request": changes.pop("request")} if "request" in changes else {}))
    return replace(draft, **({"state": state} | _held_in(state, draft) | changes))


def _held_in(state: State, draft: Video) -> dict[str, Any]:
    sent = {"claim": CLAIM, "sent_at": NOW - MINUTE}
    task = sent | {"task_id": TASK_ID}
    ready = task | {"results": (LINK,), "result_at": NOW}
    match state:
        case State.QUEUED:
            held = {"queue": draft.provider, "queued_order": queued_order(draft)}
            return held | due(draft, draft.created_at + 7 * DAY)
        case State.SUBMITTING:
            return sent | due(draft, NOW + 19 * MINUTE)
        case State.SUBMITTED:
            return task | due(draft, NOW + 19 * MINUTE)
        case State.RESULT_READY:
            return ready | due(draft, NOW + MINUTE)
        case State.TRANSFERRING:
            return ready | {"lease": LEASE, "lease_until": NOW + MINUTE} | due(draft, NOW + 2 * MINUTE)
        case State.STORED:
            return task | {"artifacts": (an_artifact(draft.video_id),), "completed_at": NOW}
        case State.FAILED:
            return task | {"error": an_error()}
        case State.REJECTED:
            return sent | {"error": an_error()}
        case State.TRANSFER_FAILED:
            return ready | {"error": an_error(category=Category.TRANSFER_FAILED)}
        case State.EXPIRED:
            return task | {"error": an_error(category=Category.PROVIDER_TIMEOUT), "expired_at": NOW}
        case State.CANCELED:
            return {"queued_order": queued_order(draft)}


def an_mp4(media_bytes: int = 1_000) -> bytes:
    """The outermost boxes of an MP4, whose media is nothing but counted bytes."""
    brand = _box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41")
    media = (bytes(range(256)) * (media_bytes // 256 + 1))[:media_bytes]
    return brand + _box(b"moov", bytes(100)) + _box(b"mdat", media)


def a_png(size: int = 200) -> bytes:
    """A PNG's signature and last chunk, with nothing but counted bytes between them."""
    begin, end = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
    return begin + bytes(size - len(begin) - len(end)) + end


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content

"""`Video`, our unit of work and its result, and `VideoRequest`, what the client asked for."""

import hashlib
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from json import dumps

from reelhook.domain.time import Instant


class State(StrEnum):
    """Where a video stands inside; `status_of` is what the client sees."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    RESULT_READY = "result_ready"
    TRANSFERRING = "transferring"
    STORED = "stored"
    FAILED = "failed"
    REJECTED = "rejected"
    TRANSFER_FAILED = "transfer_failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


OPEN_STATES = frozenset(
    {State.QUEUED, State.SUBMITTING, State.SUBMITTED, State.RESULT_READY, State.TRANSFERRING}
)


class Status(StrEnum):
    """The public status: six words, of which four are final."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


class Mode(StrEnum):
    """What a request asks for; inferred from the media it names."""

    TEXT_TO_VIDEO = "text_to_video"
    FRAMES = "frames"
    REFERENCE = "reference"


class Category(StrEnum):
    """Whose fault a failure is, in words a client can act on."""

    INPUT_MODERATION = "input_moderation"
    OUTPUT_MODERATION = "output_moderation"
    INVALID_INPUT = "invalid_input"
    PROVIDER_BUSY = "provider_busy"
    PROVIDER_UNAVAILABLE = "provider_unavailable"
    PROVIDER_TIMEOUT = "provider_timeout"
    ACCOUNT = "account"
    TRANSFER_FAILED = "transfer_failed"
    SUBMISSION_UNKNOWN = "submission_unknown"


class Billed(StrEnum):
    """Whether the provider charged for a video that failed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VideoError:
    """Why a video failed. `message` is ours; a provider's words never reach the client."""

    code: str
    message: str
    category: Category
    retryable: bool
    billed: Billed
    param: str | None = None


@dataclass(frozen=True, slots=True)
class VideoRequest:
    """What the client set, and nothing else: `None` and empty mean "not set"."""

    model: str
    mode: Mode
    prompt: str
    seconds: int | None = None
    size: str | None = None
    resolution: str | None = None
    aspect_ratio: str | None = None
    first_frame: str | None = None
    last_frame: str | None = None
    reference_images: tuple[str, ...] = ()
    reference_videos: tuple[str, ...] = ()
    reference_audios: tuple[str, ...] = ()
    generate_audio: bool | None = None
    seed: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    provider_options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One stored file of a video. `checksum` and `checksum_type` are S3's own words for it."""

    index: int
    type: str
    key: str
    size: int
    content_type: str
    checksum: str
    checksum_type: str


@dataclass(frozen=True, slots=True)
class Video:
    """One item of kind `video`; absent attributes are `None`, 0 or empty."""

    video_id: str
    owner: str
    request: VideoRequest
    request_hash: str
    provider: str
    model: str
    created_at: Instant
    state: State
    # sending
    claim: str | None = None
    sent_at: Instant | None = None
    task_id: str | None = None
    # callbacks
    asked: int = 0
    hinted_at: Instant | None = None
    candidates: frozenset[str] = frozenset()
    # look-ups
    look_ups: int = 0
    misses: int = 0
    # transfer
    results: tuple[str, ...] = ()
    result_at: Instant | None = None
    result_expires_at: Instant | None = None
    refreshed: bool = False
    lease: str | None = None
    lease_until: Instant | None = None
    tries: int = 0
    bad: int = 0
    sends: int = 0
    artifacts: tuple[Artifact, ...] = ()
    # end
    error: VideoError | None = None
    completed_at: Instant | None = None
    expired_at: Instant | None = None
    ttl: int | None = None
    # indexes
    open: str | None = None
    due_at: Instant | None = None
    queue: str | None = None
    queued_order: str | None = None

    @property
    def status(self) -> Status:
        """What the client sees: an `expired` video stays so until a late success is in the bucket."""
        match self.state:
            case State.QUEUED:
                return Status.QUEUED
            case State.STORED:
                return Status.COMPLETED
            case State.FAILED | State.REJECTED | State.TRANSFER_FAILED:
                return Status.FAILED
            case State.CANCELED:
                return Status.CANCELED
            case State.EXPIRED:
                return Status.EXPIRED
            case _:
                return Status.EXPIRED if self.expired_at is not None else Status.IN_PROGRESS


_VIDEO_ID = re.compile(r"video_[a-z2-7]{26}", re.ASCII)


def is_video_id(text: str) -> bool:
    """Whether this could be a video's id at all; nothing else is ever looked for."""
    return _VIDEO_ID.fullmatch(text) is not None


def derived_video_id(*parts: str) -> str:
    """The id for an idempotency key: the same parts give the same video, whoever runs this."""
    canonical = dumps(list(parts), separators=(",", ":"), ensure_ascii=False).encode()
    return "video_" + b32encode(hashlib.sha256(canonical).digest()).decode().lower()[:26]


def random_video_id(randomness: bytes) -> str:
    """The id of a video without a key, from at least 17 random bytes (26 characters of base32)."""
    return "video_" + b32encode(randomness).decode().lower()[:26]


def request_hash(request: VideoRequest) -> str:
    """Covers the fields the client set, and carries a version, so that a later default changes no old hash."""
    fields = {name: getattr(request, name) for name in VideoRequest.__dataclass_fields__}
    told = {name: value for name, value in fields.items() if value not in (None, (), {})}
    canonical = dumps(
        told,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda mapping: dict(mapping),
    )
    return "v1:" + hashlib.sha256(canonical.encode()).hexdigest()

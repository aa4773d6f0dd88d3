"""`Video`, our unit of work and its result."""

from dataclasses import dataclass
from enum import StrEnum

from reelhook.domain.drops import Drop
from reelhook.domain.failure import VideoError
from reelhook.domain.ledger import Reservation
from reelhook.domain.price import Usage
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import Instant
from reelhook.domain.uploads import UploadVersion


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
FINAL_STATES = frozenset(State) - OPEN_STATES


class Status(StrEnum):
    """The public status: six words, of which four are final."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


class ArtifactType(StrEnum):
    """What a stored file is; clients ask for it by this word."""

    VIDEO = "video"
    LAST_FRAME = "last_frame"


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
    """One item of kind `video`; absent attributes are `None`, 0 or empty.

    `results` are the links of the videos, `last_frame_result` that of the image which came with them, if it was asked for.
    """

    video_id: str
    owner: str
    request: VideoRequest
    request_hash: str
    provider: str
    model: str
    created_at: Instant
    state: State
    references: int = 0  # how many there may be in the bucket, numbered from 0
    uploads: tuple[UploadVersion, ...] = ()  # those that the request names, numbered from 0
    drop: Drop | None = None  # the object that asked for it, if no client did
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
    last_frame_result: str | None = None
    result_at: Instant | None = None
    result_expires_at: Instant | None = None
    refreshed: bool = False
    lease: str | None = None
    lease_until: Instant | None = None
    tries: int = 0
    bad: int = 0
    sends: int = 0
    failed_sends: int = 0  # how many messages had been sent when an attempt last failed
    artifacts: tuple[Artifact, ...] = ()
    # end
    error: VideoError | None = None
    usage: Usage | None = None
    completed_at: Instant | None = None
    expired_at: Instant | None = None
    ttl: int | None = None
    # ledger
    reservation: Reservation | None = None
    booked: Reservation | None = None  # what the settlement of an expired video left committed
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

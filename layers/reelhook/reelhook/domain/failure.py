"""`VideoError`, why a video failed, in words a client can act on."""

from dataclasses import dataclass
from enum import StrEnum


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

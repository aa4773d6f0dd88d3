"""What the operator sees."""

from enum import StrEnum
from typing import Protocol


class Metric(StrEnum):
    """What is counted, and only when it happens: a metric that nothing was written to costs nothing."""

    ATTENTION_NEEDED = "AttentionNeeded"
    VIDEOS_OVERDUE = "VideosOverdue"
    FUNCTION_FAILED = "FunctionFailed"
    SUBMIT_UNKNOWN = "SubmitUnknown"
    VIDEO_EXPIRED = "VideoExpired"
    TRANSFER_FAILED = "TransferFailed"
    OBJECT_CONFLICT = "ObjectConflict"
    UNKNOWN_ORIGIN = "UnknownOrigin"
    ACCOUNT_PROBLEM = "AccountProblem"
    TASK_ID_CONFLICT = "TaskIdConflict"
    LATE_RESULT = "LateResult"
    CHARGE_ABOVE_ESTIMATE = "ChargeAboveEstimate"
    CALLBACK_REFUSED = "CallbackRefused"
    DROP_REFUSED = "DropRefused"
    UNKNOWN_STATE = "UnknownState"
    ITEM_POISONED = "ItemPoisoned"
    WEBHOOK_GIVEN_UP = "WebhookGivenUp"


# What somebody has to do something about: whatever adds to one of these adds to `ATTENTION_NEEDED`, whose alarm tells.
ATTENTION = frozenset(
    {
        Metric.VIDEOS_OVERDUE,
        Metric.FUNCTION_FAILED,
        Metric.SUBMIT_UNKNOWN,
        Metric.VIDEO_EXPIRED,
        Metric.TRANSFER_FAILED,
        Metric.OBJECT_CONFLICT,
        Metric.UNKNOWN_ORIGIN,
        Metric.ACCOUNT_PROBLEM,
        Metric.UNKNOWN_STATE,
        Metric.ITEM_POISONED,
    }
)


class Journal(Protocol):
    """What the operator sees: one JSON line per note, and counted metrics."""

    def note(self, message: str, **fields: object) -> None:
        """Something worth a line happened as it should."""

    def warn(self, message: str, **fields: object) -> None:
        """Something worth a look happened."""

    def count(self, metric: Metric, value: int = 1) -> None:
        """Adds to a metric."""

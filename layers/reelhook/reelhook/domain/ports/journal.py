"""What the operator sees."""

from enum import StrEnum
from typing import Protocol


class Metric(StrEnum):
    """What is counted; the alarms of the template name these."""

    RECONCILE_HEARTBEAT = "ReconcileHeartbeat"
    OLDEST_DUE_SECONDS = "OldestDueSeconds"
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


class Journal(Protocol):
    """What the operator sees: one JSON line per note, and counted metrics."""

    def note(self, message: str, **fields: object) -> None:
        """Something worth a line happened as it should."""

    def warn(self, message: str, **fields: object) -> None:
        """Something worth a look happened."""

    def count(self, metric: Metric, value: int = 1) -> None:
        """Adds to a metric."""

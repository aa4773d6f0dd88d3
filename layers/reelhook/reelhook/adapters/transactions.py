"""Transactions of DynamoDB: all of the writes or none, and of the refused ones what stood there."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.expressions import put_parameters, update_parameters
from reelhook.adapters.items.accounts import day_from_item, in_flight_from_item
from reelhook.adapters.items.attributes import Item
from reelhook.adapters.items.videos import fingerprint_from_item, video_from_item
from reelhook.domain.errors.running import StoreError
from reelhook.domain.writes import Stood, Together, Transaction, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TRIES = 5
_REFUSED, _OTHERS = "ConditionalCheckFailed", frozenset({"TransactionConflict", "ThrottlingError"})
_READ: Mapping[str, Callable[[Item], Stood]] = {
    "video": video_from_item,
    "fingerprint": fingerprint_from_item,
    "day": day_from_item,
    "in_flight": in_flight_from_item,
}


class DynamoTransactions:
    """`Transactions` over the tables of some kinds of items; `pause` waits a little before try 1, 2, ..."""

    def __init__(
        self, client: "DynamoDBClient", tables: Mapping[str, str], pause: Callable[[int], None]
    ) -> None:
        self._client, self._tables, self._pause = client, tables, pause

    def apply(self, transaction: Transaction) -> Together:
        """Tries again while somebody else's transaction is in the way: nothing of ours was applied then.

        Also where another write was refused: whether the one in whose way it is would be, too, is not known yet.
        """
        items: Any = [self._item(write) for write in transaction.writes]
        for tried in range(1, TRIES + 1):
            try:
                self._client.transact_write_items(TransactItems=items, ClientRequestToken=transaction.token)
            except AWS_ERRORS as error:
                reasons = _reasons(error)
                codes = {reason.get("Code") for reason in reasons}
                if _REFUSED in codes and not codes & _OTHERS:
                    return Together(dict(_refused(transaction, reasons)))
                if not codes & _OTHERS or tried == TRIES:
                    raise StoreError(f"DynamoDB: {error_code(error) or type(error).__name__}") from error
                self._pause(tried)
            else:
                break
        return Together()

    def _item(self, write: Write) -> dict[str, Any]:
        table = {"TableName": self._tables[write.key.kind]}
        if write.put is not None:
            return {"Put": {**table, **put_parameters(write)}}
        told = update_parameters(write)
        del told["ReturnValues"]  # a transaction returns nothing but what refused it
        return {"Update": {**table, **told}}


def _reasons(error: Exception) -> list[dict[str, Any]]:
    """Why a transaction was cancelled, write by write; none if it was something else."""
    if not isinstance(error, ClientError) or error_code(error) != "TransactionCanceledException":
        return []
    answered: dict[str, Any] = {**error.response}
    return list(answered.get("CancellationReasons") or [])


def _refused(transaction: Transaction, reasons: list[dict[str, Any]]) -> list[tuple[str, Stood]]:
    pairs = zip(transaction.writes, reasons, strict=True)
    refused = [(write, reason.get("Item")) for write, reason in pairs if reason.get("Code") == _REFUSED]
    return [(write.name, _READ[write.key.kind](item) if item else None) for write, item in refused]

"""Other people's transactions are waited for, briefly; a refusal counts only once nobody is in the way of any write."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from boto3 import Session
from botocore.stub import Stubber

from reelhook.adapters.transactions import TRIES, DynamoTransactions
from reelhook.domain.errors.running import StoreError
from reelhook.domain.ledger import Day, Reservation
from reelhook.domain.lifecycle.sending import claim_new
from reelhook.domain.lifecycle.settling import reserve
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.writes import Transaction
from tests.builders import NOW, TIMING, a_draft

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

HELD = Reservation("2027-01-15", 780_000, ("k" * 64,))
WRITES = (
    claim_new(a_draft(reservation=HELD), "claim-1", NOW, TIMING),
    *reserve(HELD, OwnerLimits(Limits(10)), NOW),
)
TABLES = {"video": "videos", "fingerprint": "videos", "day": "accounts", "in_flight": "accounts"}
NONE, CONFLICT = {"Code": "None"}, {"Code": "TransactionConflict"}
FULL: dict[str, Any] = {
    "Code": "ConditionalCheckFailed",
    "Item": {
        "pk": {"S": "day#k#2027-01-15"},
        "sk": {"S": "day"},
        "videos": {"N": "10"},
        "committed": {"N": "7800000"},
        "ttl": {"N": "1"},
    },
}


class Asked:
    """Transactions over a table that answers as told; `pauses` are the tries after which was waited."""

    def __init__(self, client: "DynamoDBClient", stub: Stubber) -> None:
        self.stub, self.pauses = stub, list[int]()
        self.store = DynamoTransactions(client, TABLES, self.pauses.append)

    def cancels(self, *reasons: dict[str, Any]) -> None:
        """The next call is cancelled, for a reason for each write."""
        self.stub.add_client_error(
            "transact_write_items",
            "TransactionCanceledException",
            modeled_fields={"CancellationReasons": list(reasons)},
        )

    def apply(self) -> Any:
        """Makes the writes of a new video with one account."""
        return self.store.apply(Transaction(WRITES, "claim-1")).refused


@pytest.fixture
def asked() -> Iterator[Asked]:
    client = Session("a", "b", region_name="eu-west-1").client("dynamodb")
    with Stubber(client) as stub:
        yield Asked(client, stub)
        stub.assert_no_pending_responses()


def test_what_conflicts_is_tried_again(asked: Asked) -> None:
    asked.cancels(NONE, CONFLICT, NONE)
    asked.cancels(NONE, NONE, CONFLICT)
    asked.stub.add_response("transact_write_items", {})

    assert asked.apply() == {}
    assert asked.pauses == [1, 2]


def test_after_five_tries_it_is_somebody_elses_turn(asked: Asked) -> None:
    for _ in range(TRIES):
        asked.cancels(NONE, CONFLICT, NONE)

    with pytest.raises(StoreError):
        asked.apply()
    assert asked.pauses == [1, 2, 3, 4]


def test_a_refusal_names_the_write_and_what_stood_there(asked: Asked) -> None:
    asked.cancels(NONE, FULL, NONE)

    assert asked.apply() == {"T0d owner": Day(videos=10, committed=7_800_000)}
    assert asked.pauses == []


def test_a_refusal_beside_a_conflict_is_not_the_last_word(asked: Asked) -> None:
    """The conflict may be the same request's own first attempt, which is about to take the last place."""
    asked.cancels(CONFLICT, FULL, NONE)
    asked.cancels({"Code": "ConditionalCheckFailed"}, FULL, NONE)

    assert asked.apply() == {"T0": None, "T0d owner": Day(videos=10, committed=7_800_000)}
    assert asked.pauses == [1]


def test_what_is_counted_goes_to_the_accounts_and_never_beyond_the_limit() -> None:
    told = [DynamoTransactions(object(), TABLES, print)._item(write) for write in WRITES]  # type: ignore[arg-type]

    assert [next(iter(each.values()))["TableName"] for each in told] == ["videos", "accounts", "accounts"]
    day = told[1]["Update"]
    assert day["ConditionExpression"] == "((attribute_not_exists(#videos)) OR (#videos < :0))"
    assert day["ExpressionAttributeValues"][":0"] == {"N": "10"}
    assert "ConditionExpression" not in told[2]["Update"]

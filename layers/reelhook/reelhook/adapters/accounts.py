"""The stores of accounts in DynamoDB: keys, owners, and the ledger."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reelhook.adapters.items.accounts import day_from_item, key_from_item, owner_from_item
from reelhook.adapters.items.attributes import id_in
from reelhook.adapters.table import Table
from reelhook.domain.ledger import Day, day_id
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.writes import Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoAccounts:
    """`Accounts` in their own table, which no callback's role may touch."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def find_key(self, key_hash: str) -> ApiKey | None:
        item = self._table.read(Key("key", key_hash))
        return key_from_item(item) if item else None

    def find_owner(self, name: str) -> Owner | None:
        item = self._table.read(Key("owner", name))
        return owner_from_item(name, item) if item else None


class DynamoLedger:
    """`Ledger`, beside the accounts."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = Table(client, table)

    def days(self, key: str, days: Sequence[str]) -> Mapping[str, Day]:
        items = self._table.read_many([Key("day", day_id(key, day)) for day in days])
        return {id_in(item).rpartition("#")[2]: day_from_item(item) for item in items}

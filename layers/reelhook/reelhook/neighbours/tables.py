"""The tables: videos with their gates, API keys and owners with their ledger."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.accounts import DynamoAccounts, DynamoLedger
from reelhook.adapters.clients import dynamodb_client
from reelhook.adapters.dynamodb import DynamoGates, DynamoVideos
from reelhook.neighbours.base import Neighbours

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Tables(Neighbours):
    """DynamoDB, item by item."""

    @cached_property
    def videos(self) -> DynamoVideos:
        """The table of videos."""
        return DynamoVideos(self._dynamodb, self.settings.videos_table)

    @cached_property
    def gates(self) -> DynamoGates:
        """The providers' gates, in the same table."""
        return DynamoGates(self._dynamodb, self.settings.videos_table)

    @cached_property
    def accounts(self) -> DynamoAccounts:
        """The table of API keys and owners."""
        return DynamoAccounts(self._dynamodb, self.settings.accounts_table)

    @cached_property
    def ledger(self) -> DynamoLedger:
        """The ledger, in the same table."""
        return DynamoLedger(self._dynamodb, self.settings.accounts_table)

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        return dynamodb_client()

"""Webhooks in the tables: who is to be told beside the accounts, and what beside the videos."""

from functools import cached_property

from reelhook.adapters.webhook_stores import DynamoDeliveries, DynamoEndpoints
from reelhook.neighbours.tables import Tables


class WebhookTables(Tables):
    """Endpoints and deliveries."""

    @cached_property
    def endpoints(self) -> DynamoEndpoints:
        """Who is told of an owner's videos, beside the accounts."""
        return DynamoEndpoints(self._dynamodb, self.settings.accounts_table)

    @cached_property
    def deliveries(self) -> DynamoDeliveries:
        """What they are to be told, beside the videos."""
        return DynamoDeliveries(self._dynamodb, self.settings.videos_table)

"""Writes on several items of both tables at once."""

import random
import time
from functools import cached_property

from reelhook.adapters.transactions import DynamoTransactions
from reelhook.neighbours.tables import Tables


class Transactions(Tables):
    """DynamoDB, all or nothing."""

    @cached_property
    def transactions(self) -> DynamoTransactions:
        """Writes on several items, of videos and of the ledger."""
        tables = dict.fromkeys(("video", "fingerprint"), self.settings.videos_table)
        tables |= dict.fromkeys(("day", "in_flight"), self.settings.accounts_table)
        return DynamoTransactions(self._dynamodb, tables, _pause)


def _pause(tried: int) -> None:
    """Lets somebody else's transaction end: up to 50, 100, 200, 400 ms, drawn, so that two do not meet again."""
    time.sleep(random.uniform(0, 0.05 * 2 ** (tried - 1)))  # noqa: S311 - no secret

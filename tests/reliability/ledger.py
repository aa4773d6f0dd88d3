"""Transactions under watch: after each of them no limit is exceeded."""

from reelhook.domain.writes import Together, Transaction
from tests.fakes import InMemoryTransactions
from tests.reliability.watch import Watch


class WatchedTransactions(InMemoryTransactions):
    """The transactions, with somebody who looks at the accounts after each."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(watch.videos)
        self._watch = watch
        watch.books.items = self.others.items

    def apply(self, transaction: Transaction) -> Together:
        outcome = super().apply(transaction)
        self._watch.counted()
        return outcome

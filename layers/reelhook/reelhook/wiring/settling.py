"""What a video held of its owner's limits is settled."""

from functools import cached_property

from reelhook.neighbours.transactions import Transactions
from reelhook.use_cases.settlement import Settlement
from reelhook.wiring.base import Wiring


class Settling(Wiring, Transactions):
    """Shared by all who end videos."""

    @cached_property
    def _settlement(self) -> Settlement:
        return Settlement(self.transactions, self._randomness, self.journal)

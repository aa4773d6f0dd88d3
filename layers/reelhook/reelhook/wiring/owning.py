"""What owners may have."""

from functools import cached_property

from reelhook.neighbours.tables import Tables
from reelhook.use_cases.owners import Owners
from reelhook.wiring.base import Wiring


class Owning(Wiring, Tables):
    """Shared by all who take or send requests."""

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.accounts, self._clock)

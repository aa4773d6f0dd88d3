"""The provider's own answer, and what it makes of a video."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.neighbours.providers import Providers
from reelhook.neighbours.tables import Tables
from reelhook.wiring.base import Wiring

if TYPE_CHECKING:
    from reelhook.use_cases.confirmation import Confirmation


class Confirming(Wiring, Tables, Providers):
    """Shared by all who ask the provider."""

    @cached_property
    def _confirmation(self) -> "Confirmation":
        from reelhook.use_cases.confirmation import Confirmation  # TransferVideo needs it for dead links only

        days = self.settings.retention_days
        return Confirmation(self.videos, self.providers, self.catalog, self._clock, self.journal, days)

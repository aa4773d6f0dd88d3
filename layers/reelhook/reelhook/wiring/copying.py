"""Results on their way to the bucket."""

from functools import cached_property

from reelhook.neighbours.media import Media
from reelhook.neighbours.queues import Queues
from reelhook.neighbours.results import Results
from reelhook.use_cases.copying import CopyTools
from reelhook.use_cases.transfer import Transfers
from reelhook.wiring.confirming import Confirming


class Copying(Confirming, Media, Queues, Results):
    """Shared by both who copy."""

    @cached_property
    def transfers(self) -> Transfers:
        """Copying results."""
        tools = CopyTools(
            self.videos, self.results, self.media, lambda: self._confirmation, self._clock, self.journal
        )
        return Transfers(tools, self.queue, self._randomness, self.settings.retention_days)

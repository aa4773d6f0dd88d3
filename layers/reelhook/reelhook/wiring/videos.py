"""Videos: all that clients ask about videos, but for making one."""

import os
from functools import cache, cached_property

from reelhook.neighbours.media import Media
from reelhook.neighbours.models import Models
from reelhook.neighbours.uploads import Uploads
from reelhook.use_cases.ending import Ending
from reelhook.use_cases.lists import Lists
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.uploading import Uploading
from reelhook.use_cases.usage import UsageReading
from reelhook.wiring.authorizing import Authorizing
from reelhook.wiring.base import made_at_start
from reelhook.wiring.settling import Settling


class Videos(Authorizing, Settling, Media, Models, Uploads):
    """What a question needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.authorization, self.reading

    @cached_property
    def reading(self) -> Reading:
        """Reading videos."""
        return Reading(self.videos, self.media, self._settlement, self._clock)

    @cached_property
    def lists(self) -> Lists:
        """Listing videos."""
        return Lists(self.videos, self.journal)

    @cached_property
    def ending(self) -> Ending:
        """Canceling and deleting videos."""
        days = self.settings.retention_days
        return Ending(self.reading, self.videos, self._settlement, self._clock, self.journal, days)

    @cached_property
    def uploading(self) -> Uploading:
        """Granting uploads."""
        most = self.settings.owner_uploads_per_day
        return Uploading(self.uploads, self.transactions, self._clock, self._randomness, most)

    @cached_property
    def usage(self) -> UsageReading:
        """Reading the ledger."""
        return UsageReading(self.ledger)


@cache
def production() -> Videos:
    """The wiring of this execution environment."""
    return Videos(os.environ)


made_at_start(production)

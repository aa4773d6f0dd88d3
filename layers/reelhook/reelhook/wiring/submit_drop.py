"""SubmitDrop: take drops."""

import os
from functools import cache, cached_property

from reelhook.api.drop_requests import DropRequestReader
from reelhook.domain.owners import OwnerLimits
from reelhook.neighbours.inbox import Inbox
from reelhook.use_cases.drop_requests import DropRequests
from reelhook.use_cases.drops import Drops
from reelhook.wiring.base import made_at_start
from reelhook.wiring.recording import RecordingRequests


class SubmitDrop(RecordingRequests, Inbox):
    """What a drop needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.drops

    @cached_property
    def drops(self) -> Drops:
        """Taking drops."""

        reader = DropRequestReader(self.settings.default_model, self.catalog, self.settings.model_aliases)
        limits = OwnerLimits(self.settings.owner_limits, self.settings.user_limits)
        return Drops(
            DropRequests(self.inbox, reader),
            self.examination,
            self.outcomes,
            self._recording,
            self._owners,
            limits,
            self._clock,
            self._randomness,
            self.journal,
            self.settings.media_bucket,
            self._max_age,
        )


@cache
def production() -> SubmitDrop:
    """The wiring of this execution environment."""
    return SubmitDrop(os.environ)


made_at_start(production)

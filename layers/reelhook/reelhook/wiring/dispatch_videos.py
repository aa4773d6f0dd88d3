"""DispatchVideos: send what waits."""

import os
from functools import cache, cached_property

from reelhook.use_cases.dispatch import Dispatch
from reelhook.wiring.base import made_at_start
from reelhook.wiring.sending import Sending


class DispatchVideos(Sending):
    """What a round needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.dispatch

    @cached_property
    def dispatch(self) -> Dispatch:
        """Sending what waits."""
        return Dispatch(
            self.videos,
            self.gates,
            self._owners,
            self._sender,
            self.catalog,
            self.sending_providers,
            self._clock,
            self._randomness,
            self.journal,
            self.settings.retention_days,
        )


@cache
def production() -> DispatchVideos:
    """The wiring of this execution environment."""
    return DispatchVideos(os.environ)


made_at_start(production)

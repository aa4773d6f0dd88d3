"""What every room has."""

from reelhook.domain.ports.environment import Clock
from reelhook.settings import Settings


class Neighbours:
    """The real thing behind each port; a room adds its own."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings, self._clock = settings, clock

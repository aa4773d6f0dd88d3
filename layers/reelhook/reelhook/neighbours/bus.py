"""Where events leave."""

from functools import cached_property

from reelhook.adapters.clients import events_client
from reelhook.adapters.events import EventBridgeBus
from reelhook.neighbours.base import Neighbours


class Bus(Neighbours):
    """EventBridge."""

    @cached_property
    def bus(self) -> EventBridgeBus:
        """The bus on which events leave."""
        return EventBridgeBus(events_client(), self.settings.event_bus_name)

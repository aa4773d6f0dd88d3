"""The models this stack speaks to."""

from functools import cached_property

from reelhook.domain.catalog import Catalog
from reelhook.neighbours.base import Neighbours
from reelhook.providers.catalog import catalog


class Models(Neighbours):
    """The catalog, with what the operator said of it."""

    @cached_property
    def catalog(self) -> Catalog:
        """The models this stack speaks to."""
        told = self.settings
        return catalog(told.callback_deadline_seconds, told.provider_end_seconds, told.model_prices)

"""Where results are fetched from."""

from functools import cached_property

from reelhook.adapters.results import HttpResults
from reelhook.neighbours.base import Neighbours
from reelhook.wire.tls import TLS


class Results(Neighbours):
    """The origins of finished videos."""

    @cached_property
    def results(self) -> HttpResults:
        """Where results are fetched from."""
        told = self.settings
        return HttpResults(told.result_origins, told.max_video_bytes, self._clock, context=TLS)

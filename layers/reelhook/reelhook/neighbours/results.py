"""Where results are fetched from."""

from functools import cached_property

from reelhook.adapters.results import HttpResults
from reelhook.neighbours.base import Neighbours


class Results(Neighbours):
    """The origins of finished videos."""

    @cached_property
    def results(self) -> HttpResults:
        """Where results are fetched from."""
        return HttpResults(self.settings.result_origins, self.settings.max_video_bytes, self._clock)

"""A request becomes a video on record."""

from functools import cached_property

from reelhook.neighbours.models import Models
from reelhook.neighbours.uploads import Uploads
from reelhook.use_cases.examination import Examination
from reelhook.use_cases.recording import Recording
from reelhook.wiring.owning import Owning
from reelhook.wiring.referring import Referring
from reelhook.wiring.settling import Settling


class RecordingRequests(Owning, Settling, Referring, Uploads, Models):
    """Shared by both who accept requests."""

    @cached_property
    def examination(self) -> Examination:
        """Looking into the media of a request."""
        return Examination(self.uploads, self.probe, self.catalog)

    @cached_property
    def _recording(self) -> Recording:
        return Recording(self.videos, self.transactions, self._references, self.catalog, self._clock)

"""SubmitVideo: accept a request."""

import os
from functools import cache, cached_property

from reelhook.use_cases.submission import Submission
from reelhook.wiring.authorizing import Authorizing
from reelhook.wiring.base import made_at_start
from reelhook.wiring.recording import RecordingRequests
from reelhook.wiring.sending import Sending


class SubmitVideo(Authorizing, RecordingRequests, Sending):
    """What a request for a video needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.authorization, self.submission

    @cached_property
    def submission(self) -> Submission:
        """Accepting a request."""
        max_age = self._max_age
        return Submission(
            self.videos,
            self.gates,
            self._recording,
            self._sender,
            self._settlement,
            self.catalog,
            self._clock,
            self._randomness,
            self.journal,
            max_age,
        )


@cache
def production() -> SubmitVideo:
    """The wiring of this execution environment."""
    return SubmitVideo(os.environ)


made_at_start(production)

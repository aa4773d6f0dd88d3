"""Telling what became of a drop, once that is final."""

from reelhook.domain.events import PublicChange
from reelhook.domain.outcomes import outcome_of
from reelhook.domain.ports.drops import Outcomes
from reelhook.domain.ports.environment import Clock


class FinalOutcomes:
    """A `Follower`: a dropped video's end is told beside the drop. Told again it is no other."""

    def __init__(self, outcomes: Outcomes, clock: Clock, media_bucket: str) -> None:
        self._outcomes, self._clock, self._bucket = outcomes, clock, media_bucket

    def follow(self, change: PublicChange) -> None:
        video = change.video
        if video.drop is not None and change.final:
            self._outcomes.end(outcome_of(video, video.drop, self._bucket, self._clock()))

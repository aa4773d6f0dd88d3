"""Telling what became of a drop, once that is final."""

from reelhook.domain.outcomes import outcome_of
from reelhook.domain.ports.drops import Outcomes
from reelhook.domain.ports.environment import Clock
from reelhook.domain.video import FINAL_STATES, Video


class FinalOutcomes:
    """Follows the videos that drops asked for."""

    def __init__(self, outcomes: Outcomes, clock: Clock, media_bucket: str) -> None:
        self._outcomes, self._clock, self._bucket = outcomes, clock, media_bucket

    def follow(self, video: Video) -> None:
        """Tells a dropped video's end; told again it is the same words. Raises `StoreError`."""
        if video.drop is not None and video.state in FINAL_STATES:
            self._outcomes.end(outcome_of(video, video.drop, self._bucket, self._clock()))

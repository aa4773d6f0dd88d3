"""What requests refer to."""

from functools import cached_property

from reelhook.domain.time import HOUR
from reelhook.neighbours.references import References as ReferenceBucket
from reelhook.use_cases.referencing import References
from reelhook.wiring.base import Wiring


class Referring(Wiring, ReferenceBucket):
    """Shared by all who store, send or remove references."""

    @cached_property
    def _references(self) -> References:
        return References(self.references)

    @property
    def _max_age(self) -> int:
        return self.settings.queue_max_age_hours * HOUR

"""PublishEvents: tell what became of videos."""

import os
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from reelhook.adapters.changes import read_changes
from reelhook.api.events import event_object
from reelhook.api.webhook_objects import message
from reelhook.domain.ports.events import StreamRecord
from reelhook.neighbours.bus import Bus
from reelhook.neighbours.inbox import Outcomes
from reelhook.neighbours.queues import Queues
from reelhook.neighbours.webhook_tables import WebhookTables
from reelhook.use_cases.delivering import WebhookFollower
from reelhook.use_cases.outcomes import FinalOutcomes
from reelhook.use_cases.publication import Announcing, Follower, Publication
from reelhook.use_cases.publication import Settling as SettlingFollower
from reelhook.wiring.base import made_at_start
from reelhook.wiring.settling import Settling


class PublishEvents(Settling, WebhookTables, Queues, Outcomes, Bus):
    """What a batch of changes needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.publication

    @staticmethod
    def changes(event: Mapping[str, Any]) -> Iterator[StreamRecord]:
        """What the table's stream brings."""
        return read_changes(event)

    @cached_property
    def publication(self) -> Publication:
        """Telling what became of videos."""
        return Publication([*self._followers, Announcing(self.bus, event_object)], self.journal)

    @property
    def _followers(self) -> list[Follower]:
        """What is done for every public change before it is announced, in this order."""
        return [SettlingFollower(self._settlement, self.journal), self._final_outcomes, self.webhook_follower]

    @cached_property
    def _final_outcomes(self) -> FinalOutcomes:
        return FinalOutcomes(self.outcomes, self._clock, self.settings.media_bucket)

    @cached_property
    def webhook_follower(self) -> WebhookFollower:
        """Recording what they are to be told."""
        return WebhookFollower(
            self.endpoints, self.deliveries, self.webhook_queue, message, self._clock, self.journal
        )


@cache
def production() -> PublishEvents:
    """The wiring of this execution environment."""
    return PublishEvents(os.environ)


made_at_start(production)

"""ReconcileVideos: finish what nobody finished."""

import os
from functools import cache, cached_property

from reelhook.neighbours.media import Media
from reelhook.neighbours.queues import Queues
from reelhook.neighbours.webhook_tables import WebhookTables
from reelhook.use_cases.awaiting import Awaiting
from reelhook.use_cases.delivering import DueWebhooks
from reelhook.use_cases.reconciliation import Reconciliation
from reelhook.use_cases.removal import Removal
from reelhook.wiring.base import made_at_start
from reelhook.wiring.confirming import Confirming
from reelhook.wiring.referring import Referring
from reelhook.wiring.settling import Settling


class ReconcileVideos(Confirming, Settling, Referring, Media, Queues, WebhookTables):
    """What a tick needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.reconciliation, self.due_webhooks

    @cached_property
    def reconciliation(self) -> Reconciliation:
        """Finishing what nobody finished."""
        days = self.settings.retention_days
        awaiting = Awaiting(
            self.videos, self.queue, self._confirmation, self.catalog, self._clock, self.journal, days
        )
        removal = Removal(self.videos, self.media, self._references, self._clock, self.journal)
        return Reconciliation(
            self.videos,
            self.queue,
            awaiting,
            removal,
            self._references,
            self._settlement,
            self._clock,
            self.journal,
            days,
        )

    @cached_property
    def due_webhooks(self) -> DueWebhooks:
        """Telling them what is due."""
        return DueWebhooks(self.deliveries, self.webhook_queue, self._clock, self.journal)


@cache
def production() -> ReconcileVideos:
    """The wiring of this execution environment."""
    return ReconcileVideos(os.environ)


made_at_start(production)

"""DeliverWebhooks: tell one endpoint."""

import os
from functools import cache, cached_property

from reelhook.neighbours.receivers import Receivers
from reelhook.neighbours.secrets import Secrets
from reelhook.neighbours.webhook_tables import WebhookTables
from reelhook.use_cases.delivering import Delivering
from reelhook.wiring.base import Wiring, made_at_start


class DeliverWebhooks(Wiring, WebhookTables, Receivers, Secrets):
    """What a delivery needs."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.delivering

    @cached_property
    def delivering(self) -> Delivering:
        """Telling them."""
        return Delivering(
            self.endpoints,
            self.deliveries,
            self.webhook_target,
            self.webhook_key,
            self.settings.webhook_schedule,
            self._clock,
            self._randomness,
            self.journal,
        )


@cache
def production() -> DeliverWebhooks:
    """The wiring of this execution environment."""
    return DeliverWebhooks(os.environ)


made_at_start(production)

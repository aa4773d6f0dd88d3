"""WebhookEndpoints: who is to be told, and what was sent."""

import os
from functools import cache, cached_property

from reelhook.api.webhook_objects import message
from reelhook.neighbours.queues import Queues
from reelhook.neighbours.receivers import Receivers
from reelhook.neighbours.secrets import Secrets
from reelhook.neighbours.webhook_tables import WebhookTables
from reelhook.use_cases.delivery_log import DeliveryLog
from reelhook.use_cases.webhook_endpoints import WebhookEndpoints as Endpoints
from reelhook.wiring.authorizing import Authorizing
from reelhook.wiring.base import made_at_start


class WebhookEndpoints(Authorizing, WebhookTables, Queues, Receivers, Secrets):
    """What endpoints need."""

    def prepare(self) -> None:
        """Make what every call needs."""
        _ = self.authorization, self.webhook_endpoints

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        """Whom the operator lets be told wherever they lie."""
        return self.settings.webhook_origins

    @cached_property
    def webhook_endpoints(self) -> Endpoints:
        """Where owners want to be told."""
        return Endpoints(self.endpoints, self.webhook_target, self.webhook_key, self._clock, self._randomness)

    @cached_property
    def delivery_log(self) -> DeliveryLog:
        """What they were told."""
        return DeliveryLog(
            self.webhook_endpoints,
            self.deliveries,
            self.videos,
            self.webhook_queue,
            message,
            self._clock,
            self.journal,
        )


@cache
def production() -> WebhookEndpoints:
    """The wiring of this execution environment."""
    return WebhookEndpoints(os.environ)


made_at_start(production)

"""The wire to webhooks' receivers."""

from functools import cached_property

from reelhook.adapters.webhook_target import HttpWebhookTarget
from reelhook.neighbours.base import Neighbours


class Receivers(Neighbours):
    """Whom owners want to be told."""

    @cached_property
    def webhook_target(self) -> HttpWebhookTarget:
        """The wire to the endpoints."""
        return HttpWebhookTarget(self.settings.webhook_origins)

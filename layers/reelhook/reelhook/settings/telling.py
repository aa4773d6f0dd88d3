"""Who is told of what became of a video."""

from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.webhooks.delivery import schedule_of
from reelhook.settings.environment import Environment


class Telling(Environment):
    """Its variables."""

    @property
    def event_bus_name(self) -> str:
        """The EventBridge bus on which events leave."""
        return self._text("EVENT_BUS_NAME")

    @property
    def webhook_queue_url(self) -> str:
        """The queue before DeliverWebhooks."""
        return self._text("WEBHOOK_QUEUE_URL")

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        """The exact origins that webhooks may go to wherever they lie; none on AWS."""
        return tuple(part.strip() for part in self._maybe("WEBHOOK_ORIGINS").split(",") if part.strip())

    @property
    def webhook_schedule(self) -> tuple[int, ...]:
        """After how long (ms) an attempt is followed by the next one, while endpoints do not take a webhook."""
        try:
            return schedule_of(self._text("WEBHOOK_SCHEDULE"))
        except ValueError as error:
            raise NotConfiguredError("WEBHOOK_SCHEDULE", str(error)) from None

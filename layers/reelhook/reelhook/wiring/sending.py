"""What leaves for the providers."""

from functools import cached_property

from reelhook.neighbours.providers import Providers
from reelhook.use_cases.sending import Sender, SendingRules
from reelhook.wiring.owning import Owning
from reelhook.wiring.referring import Referring


class Sending(Owning, Referring, Providers):
    """Shared by both who send."""

    @cached_property
    def _sender(self) -> Sender:
        settings = self.settings
        rules = SendingRules(
            settings.stage, settings.callback_base_url, self._max_age, settings.retention_days
        )
        return Sender(
            self.videos,
            self.gates,
            self.sending_providers,
            self._references,
            self.catalog,
            self.keys,
            self._clock,
            self.journal,
            rules,
        )

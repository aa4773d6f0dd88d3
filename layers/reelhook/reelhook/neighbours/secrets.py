"""This stack's keys."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.adapters.clients import ssm_client
from reelhook.neighbours.base import Neighbours

if TYPE_CHECKING:
    from reelhook.adapters.ssm import SsmApiKey, SsmCallbackKeys, SsmSecrets, SsmWebhookKey


class Secrets(Neighbours):
    """SSM's parameters, each read when it is needed; TransferVideo, which hardly ever does, does not load what reads them."""

    @cached_property
    def keys(self) -> "SsmCallbackKeys":
        """The keys that sign callback tokens."""
        from reelhook.adapters.ssm import SsmCallbackKeys

        return SsmCallbackKeys(self._secrets, self._clock)

    @cached_property
    def webhook_key(self) -> "SsmWebhookKey":
        """The key that endpoints' secrets are derived from."""
        from reelhook.adapters.ssm import SsmWebhookKey

        return SsmWebhookKey(self._secrets, self._clock)

    def _api_key(self, name: str) -> "SsmApiKey":
        from reelhook.adapters.ssm import SsmApiKey

        return SsmApiKey(self._secrets, self._clock, name)

    @cached_property
    def _secrets(self) -> "SsmSecrets":
        from reelhook.adapters.ssm import SsmSecrets

        return SsmSecrets(ssm_client(), self.settings.parameter_path)

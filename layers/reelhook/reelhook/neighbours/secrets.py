"""This stack's keys."""

from functools import cached_property

from reelhook.adapters.clients import ssm_client
from reelhook.adapters.ssm import SsmCallbackKeys, SsmSecrets, SsmWebhookKey
from reelhook.neighbours.base import Neighbours


class Secrets(Neighbours):
    """SSM's parameters, each read when it is needed."""

    @cached_property
    def keys(self) -> SsmCallbackKeys:
        """The keys that sign callback tokens."""
        return SsmCallbackKeys(self._secrets, self._clock)

    @cached_property
    def webhook_key(self) -> SsmWebhookKey:
        """The key that endpoints' secrets are derived from."""
        return SsmWebhookKey(self._secrets, self._clock)

    @cached_property
    def _secrets(self) -> SsmSecrets:
        return SsmSecrets(ssm_client(), self.settings.parameter_path)

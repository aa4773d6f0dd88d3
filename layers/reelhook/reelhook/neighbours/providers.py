"""The providers."""

from functools import cached_property

from reelhook.adapters.ssm import SsmApiKey
from reelhook.domain.ports.providers import Provider
from reelhook.neighbours.models import Models
from reelhook.neighbours.secrets import Secrets
from reelhook.providers.apixo import Apixo
from reelhook.providers.modellix import Modellix


class Providers(Models, Secrets):
    """Who makes the videos."""

    @cached_property
    def providers(self) -> dict[str, Provider]:
        """The providers, for look-ups and callbacks."""
        return self._speaking(frozenset())

    @cached_property
    def sending_providers(self) -> dict[str, Provider]:
        """The providers, for submits: only the functions that send know which statuses are safe to send again."""
        return self._speaking(self.settings.submit_safe_statuses)

    @cached_property
    def _apixo_key(self) -> SsmApiKey:
        return SsmApiKey(self._secrets, self._clock, "apixo-api-key")

    @cached_property
    def _modellix_key(self) -> SsmApiKey:
        return SsmApiKey(self._secrets, self._clock, "modellix-api-key")

    def _speaking(self, safe: frozenset[int]) -> dict[str, Provider]:
        """Every provider by its name; a key is read when it is needed, so that one may be missing."""
        settings, models = self.settings, self.catalog
        return {
            "apixo": Apixo(settings.apixo_base_url, self._apixo_key, models, safe),
            "modellix": Modellix(settings.modellix_base_url, self._modellix_key, models, safe),
        }

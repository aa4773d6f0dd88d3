"""The providers."""

from functools import cached_property
from typing import TYPE_CHECKING

from reelhook.domain.ports.providers import Provider
from reelhook.neighbours.models import Models
from reelhook.neighbours.secrets import Secrets

if TYPE_CHECKING:
    from reelhook.adapters.ssm import SsmApiKey


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
    def _apixo_key(self) -> "SsmApiKey":
        return self._api_key("apixo-api-key")

    @cached_property
    def _modellix_key(self) -> "SsmApiKey":
        return self._api_key("modellix-api-key")

    def _speaking(self, safe: frozenset[int]) -> dict[str, Provider]:
        """Every provider by its name; a key is read when it is needed, so that one may be missing."""
        from reelhook.providers.apixo import Apixo  # TransferVideo needs them for dead links only
        from reelhook.providers.modellix import Modellix

        settings, models = self.settings, self.catalog
        return {
            "apixo": Apixo(settings.apixo_base_url, self._apixo_key, models, safe),
            "modellix": Modellix(settings.modellix_base_url, self._modellix_key, models, safe),
        }

"""Who else may say whose request it is."""

from functools import cached_property

from reelhook.domain.ports.accounts import Issuer
from reelhook.neighbours.base import Neighbours


class KnownIssuer(Neighbours):
    """The OpenID Connect issuer."""

    @cached_property
    def issuer(self) -> Issuer | None:
        """The issuer whose JWTs are taken, if there is one."""
        name = self.settings.oidc_issuer
        if name is None:
            return None
        from reelhook.adapters.oidc import OidcIssuer  # it loads for a quarter of a second, and few need it

        return OidcIssuer(name, self.settings.oidc_audiences, self._clock)

"""Whose request it is, and what the owner may have."""

from collections.abc import Mapping
from functools import cached_property

from reelhook.domain.owners import Owner, OwnerLimits
from reelhook.domain.time import Instant
from reelhook.domain.video_ids import random_video_id
from reelhook.neighbours.issuer import KnownIssuer
from reelhook.use_cases.authorization import Authorization
from reelhook.wiring.owning import Owning


class Authorizing(Owning, KnownIssuer):
    """Shared by all who answer clients."""

    def now(self) -> Instant:
        """What time it is."""
        return self._clock()

    def random_video_id(self) -> str:
        """An id that no video has."""
        return random_video_id(self._randomness(17))

    def authorized(self, headers: Mapping[str, str]) -> Owner:
        """Whose request this is, with its limits; raises `UnauthorizedError`."""
        return self.authorization.owner_of(headers.get("authorization"))

    def owner_of(self, headers: Mapping[str, str]) -> str:
        """Whose request this is; raises `UnauthorizedError`."""
        return self.authorized(headers).name

    @cached_property
    def authorization(self) -> Authorization:
        """Who asks."""
        limits = OwnerLimits(self.settings.owner_limits, self.settings.user_limits)
        return Authorization(self.accounts, self._owners, self.issuer, limits, self._clock)

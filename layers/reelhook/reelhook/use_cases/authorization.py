"""Who asks: the one place that turns an Authorization header into an owner."""

import hashlib
import re
from dataclasses import replace

from reelhook.domain.errors.requests import OwnerDisabledError, UnauthorizedError
from reelhook.domain.owners import Owner, OwnerLimits, jwt_owner
from reelhook.domain.ports.accounts import Accounts, ApiKey, Issuer
from reelhook.domain.ports.environment import Clock
from reelhook.use_cases.owners import Memory, Owners

_KEY = re.compile(r"(?i:bearer) +(rh_[A-Za-z0-9_-]{43})", re.ASCII)
_JWT = re.compile(r"(?i:bearer) +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.ASCII)
_SEND_A_KEY = "Send your API key as `Authorization: Bearer rh_...`."
_SEND_EITHER = "Send an API key or your issuer's JWT as `Authorization: Bearer ...`, once."


class Authorization:
    """Checks API keys, of which only hashes are stored or remembered, and JWTs, of which nothing is."""

    def __init__(
        self, accounts: Accounts, owners: Owners, issuer: Issuer | None, defaults: OwnerLimits, clock: Clock
    ) -> None:
        self._accounts, self._owners, self._issuer = accounts, owners, issuer
        self._defaults, self._clock = defaults, clock
        self._keys = Memory[ApiKey | None](clock)

    def owner_of(self, header: str | None) -> Owner:
        """The owner that an Authorization header stands for, with the limits that hold for it.

        Raises `UnauthorizedError`, `OwnerDisabledError`, `IssuerUnavailableError`, `StoreError`.
        """
        owner = self._owners.find(self._named_by(header or ""))
        if owner.disabled:
            raise OwnerDisabledError("This account is disabled; ask whoever runs this service.")
        return replace(owner, limits=owner.limits.over(self._defaults))

    def _named_by(self, header: str) -> str:
        if match := _KEY.fullmatch(header):
            return self._owner_of_key(match[1])
        if self._issuer is None:
            raise UnauthorizedError(_SEND_A_KEY)
        if match := _JWT.fullmatch(header):
            return jwt_owner(self._issuer.name, self._issuer.subject_of(match[1]))
        raise UnauthorizedError(_SEND_EITHER)

    def _owner_of_key(self, key: str) -> str:
        known = self._keys.get(hashlib.sha256(key.encode()).hexdigest(), self._accounts.find_key)
        if known is None or (known.expires_at is not None and known.expires_at <= self._clock()):
            raise UnauthorizedError("This API key is unknown or has expired.")
        return known.owner

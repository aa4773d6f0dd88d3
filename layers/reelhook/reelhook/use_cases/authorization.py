"""Who asks: the one place that turns an Authorization header into an owner."""

import hashlib
import re
from dataclasses import dataclass

from reelhook.domain.errors import UnauthorizedError
from reelhook.domain.ports import Accounts, ApiKey, Clock
from reelhook.domain.time import MINUTE, Instant

_BEARER = re.compile(r"[Bb]earer +(rh_[A-Za-z0-9_-]{43})", re.ASCII)
REMEMBERED = MINUTE  # how long a revoked key may still work in one environment
MAX_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class _Known:
    key: ApiKey
    until: Instant


class Authorization:
    """Checks API keys; only their hashes are ever stored or remembered."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self._accounts, self._clock = accounts, clock
        self._known: dict[str, _Known] = {}

    def owner_of(self, header: str | None) -> str:
        """The owner of the key in an Authorization header; raises `UnauthorizedError`."""
        match = _BEARER.fullmatch(header or "")
        if match is None:
            raise UnauthorizedError("Send your API key as `Authorization: Bearer rh_...`.")
        key = self._find(hashlib.sha256(match[1].encode()).hexdigest())
        if key is None or (key.expires_at is not None and key.expires_at <= self._clock()):
            raise UnauthorizedError("This API key is unknown or has expired.")
        return key.owner

    def _find(self, key_hash: str) -> ApiKey | None:
        now, known = self._clock(), self._known.get(key_hash)
        if known is not None and now < known.until:
            return known.key
        key = self._accounts.find_key(key_hash)
        if key is None:
            self._known.pop(key_hash, None)
        else:
            if len(self._known) >= MAX_REMEMBERED:
                self._known.clear()
            self._known[key_hash] = _Known(key, now + REMEMBERED)
        return key

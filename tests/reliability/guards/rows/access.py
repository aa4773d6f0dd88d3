"""Guards of tokens and API keys."""

import hmac
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from reelhook.domain import token
from reelhook.domain.ports.accounts import ApiKey
from reelhook.domain.time import Instant
from reelhook.domain.token import Bearing, KeyRing, SigningKey
from tests.fakes import InMemoryAccounts
from tests.reliability.guards.guard import code
from tests.reliability.guards.histories.access import RETIRED
from tests.reliability.guards.removals import replaced

_verify, _mac, _find = token.verify, token._mac, KeyRing.find
_find_key = InMemoryAccounts.find_key


def timeless(given: token.Token, ring: KeyRing, bearing: Bearing, _now: Instant) -> bool:
    """A token is good for ever."""
    return _verify(given, ring, bearing, 0)


def unbound(part: str) -> Callable[[SigningKey, Bearing, int], bytes]:
    """The MAC says nothing about this part."""
    return lambda key, bearing, expires: _mac(key, replace(bearing, **{part: ""}), expires)


def never_retired(ring: KeyRing, key_id: str) -> SigningKey | None:
    """Every key that ever signed still does."""
    return RETIRED if key_id == RETIRED.id else _find(ring, key_id)


def never_expiring(accounts: InMemoryAccounts, key_hash: str) -> ApiKey | None:
    """An API key without its end."""
    key = _find_key(accounts, key_hash)
    return None if key is None else replace(key, expires_at=None)


def any_mac() -> AbstractContextManager[Any]:
    """Two MACs are the same, whatever they are."""
    return patch.object(hmac, "compare_digest", lambda *_: True)


ACCESS = (
    code(
        "a token's MAC",
        "the comparison",
        "a token out of thin air",
        "FORGED",
        any_mac,
    ),
    code(
        "a token's end",
        "the clock",
        "an expired token",
        "FORGED",
        replaced(token, "verify", timeless),
    ),
    *(
        code(
            f"a token is bound to its {part}",
            "this part of the MAC",
            f"another {words}'s token",
            "FORGED",
            replaced(token, "_mac", unbound(part)),
        )
        for part, words in (("video_id", "video"), ("stage", "stage"), ("provider", "provider"))
    ),
    code(
        "a retired key is unknown",
        "the ring of two: no key is ever forgotten",
        "a token of a retired key",
        "FORGED",
        replaced(KeyRing, "find", never_retired),
    ),
    code(
        "an API key's end",
        "the clock",
        "an expired API key",
        "EXPIRED KEY",
        replaced(InMemoryAccounts, "find_key", never_expiring),
    ),
)

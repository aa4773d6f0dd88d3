"""The public keys of an OIDC issuer: found by its discovery document, remembered, and never asked for at a stranger's pace."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from reelhook.domain.errors import ReelhookError
from reelhook.domain.errors.running import IssuerUnavailableError, NotConfiguredError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import HOUR, MINUTE, SECOND, Instant
from reelhook.wire import strict_json
from reelhook.wire.exchange import exchange

# RFC 7518, 3.1 and RFC 8037: everything with a public key. Whoever verifies by a shared secret could also sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LIFE = 15 * MINUTE  # how long a key that the issuer withdrew may still be believed
BELIEVED = HOUR  # the same while the issuer cannot be reached
PAUSE = MINUTE  # between two readings, whatever key ids strangers make up
AGAIN = 5 * SECOND  # the same while they fail and no key is there
FETCH_SECONDS = 3.0  # twice at most, within the ten seconds of a function behind the API
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "reelhook"}
_LOOPBACK = r"(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])"
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[!-~]*)?", re.ASCII)
_ON_THIS_MACHINE = re.compile(rf"http://{_LOOPBACK}(?::[0-9]{{1,5}})?(?:/[!-~]*)?", re.ASCII)


class IssuerKeys:
    """Keys by their ids. Tests give the transport."""

    def __init__(self, issuer: str, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self._on_this_machine = _ON_THIS_MACHINE.fullmatch(issuer) is not None
        if not self._may_fetch(issuer) or "?" in issuer or "#" in issuer:
            raise NotConfiguredError(
                "OIDC_ISSUER", f"must be an https URL without a query, as the issuer's `iss`: {issuer!r:.200}"
            )
        self._issuer, self._clock, self._transport = issuer, clock, transport
        self._keys: Mapping[str, PyJWK] = {}
        self._read_at: Instant = 0
        self._tried_at: Instant | None = None
        self._error: ReelhookError | None = None

    def find(self, key_id: str) -> PyJWK | None:
        """The key of this id, none if the issuer has none; raises `IssuerUnavailableError`, `NotConfiguredError`."""
        now = self._clock()
        if key_id not in self._keys or now - self._read_at >= LIFE:
            self._refresh(now)
        key = self._keys.get(key_id)
        if key is None and self._error is not None:
            raise self._error
        return key

    def _refresh(self, now: Instant) -> None:
        pause = AGAIN if self._error is not None and not self._keys else PAUSE
        if self._tried_at is not None and now - self._tried_at < pause:
            return
        self._tried_at = now
        try:
            self._keys, self._read_at, self._error = self._read(), now, None
        except (IssuerUnavailableError, NotConfiguredError) as error:
            self._error = error
            if now - self._read_at >= BELIEVED:
                self._keys = {}

    def _read(self) -> Mapping[str, PyJWK]:
        about = self._document(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self._issuer:  # OpenID Connect Discovery 1.0, 4.3
            raise NotConfiguredError(
                "OIDC_ISSUER", f"is not what the issuer calls itself, which is {about.get('issuer')!r:.200}"
            )
        listed = self._document(about.get("jwks_uri")).get("keys")
        if not isinstance(listed, list):
            raise IssuerUnavailableError("the issuer's key set lists no keys")
        keys = [key for key in map(_key, listed) if key is not None]
        return {key.key_id: key for key in reversed(keys) if key.key_id is not None}

    def _document(self, url: object) -> dict[str, Any]:
        if not isinstance(url, str) or not self._may_fetch(url):
            raise IssuerUnavailableError("the issuer names no place for its keys that may be asked")
        try:
            request = httpx.Request("GET", url, headers=_HEADERS)
            reply = exchange(request, httpx.Timeout(FETCH_SECONDS), FETCH_SECONDS, self._transport)
        except (httpx.TransportError, httpx.InvalidURL, UnicodeError) as error:  # or a host that cannot be
            raise IssuerUnavailableError(f"the issuer did not answer: {type(error).__name__}") from None
        if reply.status != 200 or reply.body is None:
            raise IssuerUnavailableError(f"the issuer answered {reply.status}, or too much")
        try:
            document = strict_json.read(reply.body)
        except strict_json.UnreadableError as error:
            raise IssuerUnavailableError(f"the issuer's answer cannot be read: {error}") from None
        if not isinstance(document, dict):
            raise IssuerUnavailableError("the issuer's answer is no object")
        return document

    def _may_fetch(self, url: str) -> bool:
        """Over TLS, or on this very machine if the issuer itself is there."""
        if self._on_this_machine and _ON_THIS_MACHINE.fullmatch(url):
            return True
        return _HTTPS.fullmatch(url) is not None


def _key(listed: object) -> PyJWK | None:
    """A public key to verify signatures with; none for anything else that a key set may hold."""
    if not isinstance(listed, dict) or "d" in listed or listed.get("use", "sig") != "sig":
        return None
    if not isinstance(listed.get("kid"), str) or listed.get("alg", "RS256") not in ALGORITHMS:
        return None  # and what names no algorithm has the one that its type has
    try:
        key = PyJWK(listed)
        weak = key.Algorithm.check_key_length(key.key)
    except (PyJWTError, LookupError, TypeError, ValueError):
        return None  # PyJWT looks only at some of what it needs: {"kty": "oct"} is a KeyError of its own
    return None if weak else key

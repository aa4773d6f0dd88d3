"""JWTs of one OIDC issuer. Imported only where an issuer is set: the cryptography behind it takes long to load."""

from base64 import urlsafe_b64decode
from typing import Annotated, Any

import httpx
from jwt import PyJWS
from jwt.exceptions import PyJWTError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reelhook.adapters.issuer_keys import ALGORITHMS, IssuerKeys
from reelhook.domain.errors.requests import InvalidJwtError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.time import MINUTE, SECOND
from reelhook.wire import strict_json

MAX_JWT = 8 * 1024  # an HTTP API takes 10,240 bytes of headers in all
LEEWAY = MINUTE  # for a beginning that the issuer's clock already saw; an end has none
_REFUSED = "This token is not valid here: its issuer, audience, signature and times must all be right."
_EXPIRED = "This token has expired; get a new one from its issuer."
_TYPES = ("jwt", "at+jwt", "application/at+jwt")  # a logout token, say, is signed by the same key


class OidcIssuer:
    """`Issuer` by its discovery document and key set. Tests give the transport."""

    def __init__(
        self,
        name: str,
        audiences: tuple[str, ...],
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._name, self._audiences, self._clock = name, frozenset(audiences), clock
        self._keys = IssuerKeys(name, clock, transport)
        self._jws = PyJWS(algorithms=ALGORITHMS)

    @property
    def name(self) -> str:
        """Its URL, to the letter."""
        return self._name

    def subject_of(self, jwt: str) -> str:
        """The `sub`; every other claim must hold."""
        try:
            return self._checked(_Claims.model_validate(strict_json.read(self._payload(jwt))))
        except (ValidationError, strict_json.UnreadableError):
            raise InvalidJwtError(_REFUSED) from None

    def _payload(self, jwt: str) -> bytes:
        """What was signed, by a key of the issuer's and no key or place that the header offers."""
        if len(jwt) > MAX_JWT:
            raise InvalidJwtError(_REFUSED)
        header = _Header.model_validate(_header(jwt))
        key = self._keys.find(header.kid)
        if key is None or header.typ.lower() not in _TYPES:
            raise InvalidJwtError(_REFUSED)
        try:
            payload: bytes = self._jws.decode(jwt, key, algorithms=ALGORITHMS)
        except PyJWTError:
            raise InvalidJwtError(_REFUSED) from None
        return payload

    def _checked(self, claims: "_Claims") -> str:
        now = self._clock()
        if claims.iss != self._name or not self._audiences & claims.audiences:
            raise InvalidJwtError(_REFUSED)
        if claims.exp * SECOND <= now:
            raise InvalidJwtError(_EXPIRED)
        if claims.nbf * SECOND > now + LEEWAY:
            raise InvalidJwtError(_REFUSED)
        return claims.sub


class _Header(BaseModel):
    """`crit` and `b64` would change what is signed; `jwk`, `jku` and `x5u` are not even looked at."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)
    kid: Annotated[str, Field(max_length=256)]
    typ: str = "JWT"
    crit: None = None
    b64: None = None


class _Claims(BaseModel):
    """RFC 7519, 4.1; `sub` and `exp` are optional there and needed here."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)
    iss: str
    sub: Annotated[str, Field(min_length=1, max_length=255)]  # OpenID Connect Core 1.0, 2
    exp: int | float
    nbf: int | float = 0
    aud: str | list[str] = []
    client_id: str = ""
    token_use: str = ""

    @property
    def audiences(self) -> set[str]:
        """Whom it is meant for: Cognito's access tokens name the client instead."""
        if self.token_use == "access":  # noqa: S105 - a kind, no secret
            return {self.client_id}
        return {self.aud} if isinstance(self.aud, str) else set(self.aud)


def _header(jwt: str) -> Any:
    first = jwt.partition(".")[0]
    try:
        raw = urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except ValueError:
        raise InvalidJwtError(_REFUSED) from None
    return strict_json.read(raw)

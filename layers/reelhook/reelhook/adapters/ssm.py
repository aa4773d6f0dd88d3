"""Secrets in SSM Parameter Store: the providers' API keys, the keys that sign callback tokens, and the webhooks' key."""

from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from reelhook.adapters.clients import AWS_ERRORS, error_code
from reelhook.adapters.remembered import Remembered
from reelhook.domain.errors.running import NotConfiguredError, StoreError
from reelhook.domain.ports.environment import Clock
from reelhook.domain.token import MIN_SECRET_BYTES, KeyRing, SigningKey
from reelhook.domain.webhooks.signing import MIN_MASTER_BYTES

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

CALLBACK_KEYS = "callback-keys"
WEBHOOK_KEY = "webhook-key"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret and the parameter it lies in; only the latter is ever shown."""

    name: str
    value: str = field(repr=False)


class SsmSecrets:
    """The SecureStrings below one path."""

    def __init__(self, client: "SSMClient", path: str) -> None:
        self._client, self._path = client, path

    def read(self, name: str) -> Secret:
        """One secret; raises `NotConfiguredError` if it is not there, `StoreError` if that is not known."""
        full_name = f"{self._path}/{name}"
        try:
            answer = self._client.get_parameter(Name=full_name, WithDecryption=True)
        except AWS_ERRORS as error:
            if error_code(error) == "ParameterNotFound":
                hint = "is missing in SSM Parameter Store: run `make deploy`, which asks for it"
                raise NotConfiguredError(full_name, hint) from error
            raise StoreError(f"SSM: {error_code(error) or type(error).__name__}") from error
        return Secret(full_name, answer["Parameter"]["Value"])


class SsmApiKey:
    """A provider's API key, remembered for some minutes: call it where a request is built."""

    def __init__(self, secrets: SsmSecrets, clock: Clock, name: str) -> None:
        self._name = name
        self._remembered = Remembered(lambda: _header_safe(secrets.read(name)), clock)

    def __call__(self) -> str:
        return self._remembered.value().value

    def __repr__(self) -> str:
        return f"SsmApiKey({self._name!r})"


class SsmCallbackKeys:
    """`CallbackKeys` in one parameter: `{"current": {"id", "secret"}, "previous": the same or null}`."""

    def __init__(self, secrets: SsmSecrets, clock: Clock, name: str = CALLBACK_KEYS) -> None:
        self._remembered = Remembered(lambda: _parsed(secrets.read(name)), clock)

    def ring(self) -> KeyRing:
        return self._remembered.value()

    def newer_ring(self) -> KeyRing:
        return self._remembered.newer()


class SsmWebhookKey:
    """The key that every endpoint's secret is derived from, in base64, remembered for some minutes."""

    def __init__(self, secrets: SsmSecrets, clock: Clock, name: str = WEBHOOK_KEY) -> None:
        self._remembered = Remembered(lambda: _master(secrets.read(name)), clock)

    def __call__(self) -> bytes:
        return self._remembered.value()

    def __repr__(self) -> str:
        return "SsmWebhookKey()"


def _master(secret: Secret) -> bytes:
    try:
        key = b64decode(secret.value, validate=True)
    except ValueError:
        key = b""
    if len(key) < MIN_MASTER_BYTES:
        raise NotConfiguredError(secret.name, f"is not {MIN_MASTER_BYTES} or more bytes in base64") from None
    return key


def _header_safe(secret: Secret) -> Secret:
    value = secret.value.strip()
    if not value or not value.isascii() or not value.isprintable():
        raise NotConfiguredError(secret.name, "is empty or no key: it has characters that no header takes")
    return Secret(secret.name, value)


def _decoded(value: object) -> object:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _long_enough(secret: bytes) -> bytes:
    if len(secret) < MIN_SECRET_BYTES:
        raise ValueError(f"at least {MIN_SECRET_BYTES} bytes are needed, in base64")
    return secret


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class _Key(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]{1,16}$")]
    secret: Annotated[bytes, BeforeValidator(_decoded), AfterValidator(_long_enough), Field(repr=False)]

    def signing(self) -> SigningKey:
        return SigningKey(self.id, self.secret)


class _Keys(_Strict):
    current: _Key
    previous: _Key | None = None

    @model_validator(mode="after")
    def _told_apart(self) -> "_Keys":
        if self.previous is not None and self.previous.id == self.current.id:
            raise ValueError("both keys have the same id")
        return self


def _parsed(secret: Secret) -> KeyRing:
    try:
        keys = _Keys.model_validate_json(secret.value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        hint = f"is not a pair of signing keys ({where}: {first['msg']})"
        raise NotConfiguredError(secret.name, hint) from None  # its cause would show the secret
    return KeyRing(keys.current.signing(), keys.previous.signing() if keys.previous else None)

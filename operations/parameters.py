"""The secrets of a stack: SSM SecureStrings, which CloudFormation cannot create."""

import json
import secrets
from base64 import b64encode
from typing import Any

API_KEY, MODELLIX_API_KEY = "apixo-api-key", "modellix-api-key"
CALLBACK_KEYS = "callback-keys"
WEBHOOK_KEY = "webhook-key"


def parameter_path(stack: str) -> str:
    """Where a stack's secrets lie; the template says the same."""
    return f"/reelhook/{stack}"


def existing(ssm: Any, path: str) -> list[str]:
    """Which of the secrets are there already; their values are not read."""
    names = [f"{path}/{name}" for name in (API_KEY, MODELLIX_API_KEY, CALLBACK_KEYS, WEBHOOK_KEY)]
    return [found["Name"] for found in ssm.get_parameters(Names=names)["Parameters"]]


def put_api_key(ssm: Any, path: str, key: str, name: str = API_KEY) -> None:
    """Store a provider's key, in place of an earlier one."""
    ssm.put_parameter(Name=f"{path}/{name}", Value=key, Type="SecureString", Overwrite=True)


def ensure_callback_keys(ssm: Any, path: str) -> bool:
    """Make the key that signs callback tokens, unless there is one: a new one would void every open token."""
    ring = {"current": {"id": "k1", "secret": b64encode(secrets.token_bytes(32)).decode()}, "previous": None}
    return _made(ssm, f"{path}/{CALLBACK_KEYS}", json.dumps(ring))


def ensure_webhook_key(ssm: Any, path: str) -> bool:
    """Make the key that endpoints' secrets derive from, unless there is one: a new one would void every secret."""
    return _made(ssm, f"{path}/{WEBHOOK_KEY}", b64encode(secrets.token_bytes(32)).decode())


def _made(ssm: Any, name: str, value: str) -> bool:
    try:
        ssm.put_parameter(Name=name, Value=value, Type="SecureString")
    except ssm.exceptions.ParameterAlreadyExists:
        return False
    return True


def delete(ssm: Any, names: list[str]) -> None:
    """Remove secrets by their full names."""
    if names:
        ssm.delete_parameters(Names=names)

"""What Parameter Store will answer, one reading after the other."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.stub import Stubber

from reelhook.adapters.ssm import Secret, SsmSecrets
from reelhook.domain.token import SigningKey

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


class _CountedSecrets(SsmSecrets):
    """How often they were read, even in vain."""

    reads = 0

    def read(self, name: str) -> Secret:
        self.reads += 1
        return super().read(name)


class Parameters:
    """What Parameter Store will answer, in order."""

    def __init__(self, client: "SSMClient", stub: Stubber) -> None:
        self.secrets, self._stub = _CountedSecrets(client, "/reelhook/prod"), stub

    def holds(self, value: str, name: str = "callback-keys") -> None:
        asked = {"Name": f"/reelhook/prod/{name}", "WithDecryption": True}
        self._stub.add_response("get_parameter", {"Parameter": {"Value": value}}, asked)

    def fails(self, code: str) -> None:
        self._stub.add_client_error("get_parameter", code)

    @property
    def reads(self) -> int:
        return self.secrets.reads


@contextmanager
def answering() -> Iterator[Parameters]:
    """A Parameter Store that answers as it is told."""
    client = boto3.client(
        "ssm", region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
    )
    with Stubber(client) as stub:
        yield Parameters(client, stub)


def written(current: SigningKey, previous: SigningKey | None = None, **more: Any) -> str:
    keys = {name: key and _written(key) for name, key in (("current", current), ("previous", previous))}
    return json.dumps(keys | more)


def _written(key: SigningKey) -> dict[str, str]:
    return {"id": key.id, "secret": b64encode(key.secret).decode()}

"""boto3 clients for the emulator, untouched by the user's own AWS configuration."""

import os
from collections.abc import Mapping
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

_OWN_CONFIGURATION = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
_DIRECT = Config(proxies={})  # whatever HTTP_PROXY says
# An invocation is waited for as long as a function may take, and never made twice.
_LAMBDA = Config(proxies={}, read_timeout=900, retries={"total_max_attempts": 1})
_DIRECT_S3 = Config(proxies={}, signature_version="s3v4", s3={"addressing_style": "path"})


class Clients:
    """Makes clients that act as the account's administrator; each service's client is made once."""

    def __init__(self, endpoint_url: str, region: str) -> None:
        self._endpoint_url, self._region = endpoint_url, region
        self._session = self._session_of("test", "test")  # the emulator's own administrator
        self._made: dict[str, Any] = {}

    def __call__(self, service: str) -> Any:
        """The client of a service, as boto3 names it."""
        if service not in self._made:
            self._made[service] = self._client(self._session, service)
        return self._made[service]

    def acting_as(self, credentials: Mapping[str, Any], service: str) -> Any:
        """A client under a role that was assumed; its `Credentials` as STS answers them."""
        key, secret, token = (
            credentials[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")
        )
        return self._client(self._session_of(key, secret, token), service)

    def _session_of(self, key: str, secret: str, token: str | None = None) -> boto3.Session:
        core = botocore.session.Session(session_vars=_OWN_CONFIGURATION)
        return boto3.Session(key, secret, token, region_name=self._region, botocore_session=core)

    def _client(self, session: boto3.Session, service: str) -> Any:
        return session.client(
            service,  # type: ignore[call-overload]  # any service, not one literal
            endpoint_url=self._endpoint_url,
            config={"s3": _DIRECT_S3, "lambda": _LAMBDA}.get(service, _DIRECT),
        )

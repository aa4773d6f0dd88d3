"""The AWS account that an operation meets: who we are there, and how much room it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from operations.errors import OperationError

KEPT_UNRESERVED = 100  # Lambda never lets a reservation leave less than this to all other functions
FOR_CALLBACKS = 20


@dataclass(frozen=True)
class Account:
    """An account in a region, reached with working credentials."""

    number: str
    region: str
    client: Callable[[str], Any]
    environment: Mapping[str, str]  # what a child process needs to act in the same place


def reach(region: str, endpoint_url: str | None) -> Account:
    """Prove that the credentials work before anything is asked or made."""
    session = boto3.Session(region_name=region)

    def client(service: str) -> Any:
        return session.client(service, endpoint_url=endpoint_url)  # type: ignore[call-overload]  # any service

    try:
        number = client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise OperationError(
            f"AWS did not take your credentials ({error}). Log in (`aws sso login`) or set AWS_PROFILE."
        ) from error
    endpoint = {"AWS_ENDPOINT_URL": endpoint_url} if endpoint_url else {}
    environment = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region, **endpoint}
    return Account(number, region, client, environment)


def room_for_callbacks(lambda_client: Any) -> tuple[int, int]:
    """The account's concurrency limit, and how much of it may well be reserved for callbacks (0: none)."""
    limits = lambda_client.get_account_settings()["AccountLimit"]
    free = int(limits["UnreservedConcurrentExecutions"]) - KEPT_UNRESERVED
    return int(limits["ConcurrentExecutions"]), FOR_CALLBACKS if free >= FOR_CALLBACKS else 0

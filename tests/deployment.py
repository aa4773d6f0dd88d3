"""An AWS account to deploy to: emulated secrets, and a CloudFormation that remembers."""

from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from operations import parameters
from operations.account import Account

PATH = "/reelhook/films"
OUTPUTS = {
    "ApiUrl": "https://api",
    "MediaBucket": "media",
    "InboxBucket": "inbox",
    "VideosTable": "videos",
    "AccountsTable": "accounts",
}


class CloudFormation:
    """One stack, or none; remembers what was asked of it."""

    def __init__(self, status: str | None) -> None:
        self.status = status
        self.parameters: dict[str, str] = {}
        self.deleted: list[str] = []

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        if self.status is None:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": StackName}}, "DescribeStacks")
        outputs = [{"OutputKey": key, "OutputValue": value} for key, value in OUTPUTS.items()]
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in self.parameters.items()]
        stack = {"StackId": "id", "StackStatus": self.status, "Outputs": outputs, "Parameters": given}
        return {"Stacks": [stack]}

    def delete_stack(self, StackName: str) -> None:  # noqa: N803
        self.deleted.append(StackName)

    def get_waiter(self, _name: str) -> "CloudFormation":
        return self

    def wait(self, **_: str) -> None:
        self.status = None


class Lambda:
    """An account of an ordinary size."""

    def get_account_settings(self) -> dict[str, Any]:
        return {"AccountLimit": {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": 1000}}


class Sam:
    """Remembers its calls, and which secrets were there at each; ends as told."""

    def __init__(self, ssm: Any, failing: str = "") -> None:
        self.ssm, self.failing = ssm, failing
        self.calls: list[tuple[str, ...]] = []
        self.secrets: list[str] = []

    def __call__(self, *arguments: str, environment: dict[str, str]) -> int:
        assert environment["AWS_REGION"] == "eu-west-1"
        self.calls.append(arguments)
        self.secrets = parameters.existing(self.ssm, PATH)
        return int(arguments[0] == self.failing)

    def finish(self, folder: Path) -> None:
        """Takes the place of the step after `sam build`."""
        self.calls.append(("finish", folder.name))


class World:
    """An account with emulated SSM and DynamoDB, and the stack's CloudFormation."""

    def __init__(self, status: str | None) -> None:
        session = boto3.Session("test", "test", region_name="eu-west-1")
        self.ssm, self.cloudformation = session.client("ssm"), CloudFormation(status)
        clients = {
            "ssm": self.ssm,
            "cloudformation": self.cloudformation,
            "lambda": Lambda(),
            "dynamodb": Unfinished(),
        }
        self.account = Account("123456789012", "eu-west-1", clients.__getitem__, {"AWS_REGION": "eu-west-1"})


class Unfinished:
    """A videos table with two unfinished videos in each of the four partitions."""

    def get_paginator(self, _name: str) -> "Unfinished":
        return self

    def paginate(self, **_: Any) -> list[dict[str, int]]:
        return [{"Count": 1}, {"Count": 1}]

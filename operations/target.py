"""Where an operation acts: the running sandbox, else the stack on AWS. TARGET=aws or TARGET=sandbox decides."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from operations.errors import OperationError
from operations.parameters import parameter_path
from operations.sam import ROOT
from sandbox.options import home_folder
from sandbox.stack import Stack, running_stack


@dataclass(frozen=True)
class Target:
    """A stack, and a way to its services."""

    title: str
    api_url: str
    videos_table: str
    accounts_table: str
    parameter_path: str
    client: Callable[[str], Any]
    transfer_queue_url: str
    dead_letters_url: str
    failed_events_url: str
    parameters: Mapping[str, str]  # of the template, defaults included
    log_groups: Callable[[], list[str]]
    environment: Mapping[str, str]  # what a client that is made elsewhere needs to act in the same place


def find(environment: Mapping[str, str] = os.environ) -> Target:
    """The stack that this environment means."""
    choice = environment.get("TARGET", "")
    if choice not in ("", "aws", "sandbox"):
        raise OperationError(f"TARGET={choice} is neither aws nor sandbox.")
    running = None if choice == "aws" else running_stack(home_folder(environment))
    if running is not None:
        return _sandbox(running)
    if choice == "sandbox":
        raise OperationError("No sandbox is running; `make run` starts one.")
    return _aws(stack_name(environment), _session(environment))


def stack_name(environment: Mapping[str, str] = os.environ) -> str:
    """STACK, else the name in samconfig.toml."""
    if given := environment.get("STACK"):
        return given
    with (ROOT / "samconfig.toml").open("rb") as file:
        return str(tomllib.load(file)["default"]["global"]["parameters"]["stack_name"])


def describe(cloudformation: Any, stack: str) -> dict[str, Any] | None:
    """The stack as CloudFormation has it, or None."""
    try:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":  # its way to say that there is none
            return None
        raise
    return None if found["StackStatus"] == "DELETE_COMPLETE" else found


def outputs_of(stack: Mapping[str, Any]) -> dict[str, str]:
    """What the template puts out, by key."""
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def parameters_of(stack: Mapping[str, Any]) -> dict[str, str]:
    """What the template was given, defaults included, by key."""
    return {each["ParameterKey"]: each.get("ParameterValue", "") for each in stack.get("Parameters", [])}


def _sandbox(running: Stack) -> Target:
    return Target(
        title=f"the sandbox at {running.api_url}",
        api_url=running.api_url,
        videos_table=running.table,
        accounts_table=running.accounts_table,
        parameter_path=running.parameter_path,
        client=running.clients(),
        transfer_queue_url=running.transfer_queue_url,
        dead_letters_url=running.transfer_dead_letters_url,
        failed_events_url=running.failed_events_url,
        parameters=running.parameters,
        log_groups=lambda: list(running.log_groups.values()),
        environment={
            "AWS_ENDPOINT_URL": running.aws_endpoint_url,
            "AWS_REGION": running.region,
            "AWS_DEFAULT_REGION": running.region,
            "AWS_ACCESS_KEY_ID": "test",  # the emulator's own administrator
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "NO_PROXY": "127.0.0.1",
        },
    )


def _aws(stack: str, session: boto3.Session) -> Target:
    if session.region_name is None:
        raise OperationError("No region is set: set AWS_REGION, or one in your AWS profile.")
    cloudformation = session.client("cloudformation")
    found = describe(cloudformation, stack) or {}
    outputs = outputs_of(found)
    if "AccountsTable" not in outputs:
        raise OperationError(
            f"There is no stack {stack} in {session.region_name}: `make deploy` makes it; STACK and AWS_REGION name "
            "another. (A sandbox, which `make run` starts, would be preferred.)"
        )
    return Target(
        title=f"the stack {stack} in {session.region_name}",
        api_url=outputs["ApiUrl"],
        videos_table=outputs["VideosTable"],
        accounts_table=outputs["AccountsTable"],
        parameter_path=parameter_path(stack),
        client=lambda service: session.client(service),  # type: ignore[call-overload]  # any service
        transfer_queue_url=outputs["TransferQueueUrl"],
        dead_letters_url=outputs["TransferDeadLettersUrl"],
        failed_events_url=outputs["FailedEventsUrl"],
        parameters=parameters_of(found),
        log_groups=lambda: _log_groups(cloudformation, stack),
        environment={"AWS_REGION": session.region_name, "AWS_DEFAULT_REGION": session.region_name},
    )


def _log_groups(cloudformation: Any, stack: str) -> list[str]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    resources = [each for page in pages for each in page["StackResourceSummaries"]]
    return [each["PhysicalResourceId"] for each in resources if each["ResourceType"] == "AWS::Logs::LogGroup"]


def _session(environment: Mapping[str, str]) -> boto3.Session:
    return boto3.Session(region_name=environment.get("AWS_REGION"))

"""`make delete`: takes a stack down, and says what stays: buckets and tables are never deleted here."""

import argparse
import os
import sys
from typing import Any

import boto3
from botocore.exceptions import WaiterError

from operations import inbox, parameters
from operations.account import Account, reach
from operations.errors import OperationError, told
from operations.questions import Questions
from operations.target import describe, outputs_of, parameters_of, stack_name

OPEN = ("0", "1", "2", "3")  # the partitions of the index of unfinished videos


def delete(stack: str, account: Account, questions: Questions) -> None:
    """Delete the stack and its secrets, once its name has been typed."""
    cloudformation, ssm = account.client("cloudformation"), account.client("ssm")
    found = describe(cloudformation, stack)
    secrets = parameters.existing(ssm, parameters.parameter_path(stack))
    if found is None and not secrets:
        raise OperationError(f"There is no stack {stack} in {account.region}, account {account.number}.")
    outputs = outputs_of(found or {})
    named = parameters_of(found or {}).get(inbox.PARAMETER, "")  # a bucket that was the user's before
    buckets = [
        outputs[key] for key in ("MediaBucket", "InboxBucket") if outputs.get(key) not in (None, named)
    ]
    tables = [outputs[key] for key in ("VideosTable", "AccountsTable") if key in outputs]
    _announce(stack, account, bool(found), secrets, [*buckets, *tables])
    if "VideosTable" in outputs and (
        unfinished := _unfinished(account.client("dynamodb"), outputs["VideosTable"])
    ):
        print(
            f"{unfinished} videos are not finished. What the provider still makes for them is paid for and lost."
        )
    questions.confirm("This cannot be undone.", stack)

    if found:
        cloudformation.delete_stack(StackName=stack)
        try:
            cloudformation.get_waiter("stack_delete_complete").wait(StackName=found["StackId"])
        except WaiterError as error:
            raise OperationError(
                f"The stack is not gone ({error}). CloudFormation's events say why; then again."
            ) from error
    parameters.delete(ssm, secrets)
    print("Deleted.")
    _how_to_remove(account.region, buckets, tables)


def _announce(stack: str, account: Account, exists: bool, secrets: list[str], kept: list[str]) -> None:
    print(f"In {account.region}, account {account.number}:")
    if exists:
        print(f"  deleted: the stack {stack}: APIs, functions, queues and their messages, logs, alarms")
    for name in secrets:
        print(f"  deleted: {name}")
    for name in kept:
        print(f"  stays:   {name}")


def _unfinished(dynamodb: Any, table: str) -> int:
    count = 0
    for partition in OPEN:
        pages = dynamodb.get_paginator("query").paginate(
            TableName=table,
            IndexName="due",
            Select="COUNT",
            KeyConditionExpression="#open = :open",
            ExpressionAttributeNames={"#open": "open"},
            ExpressionAttributeValues={":open": {"S": partition}},
        )
        count += sum(page["Count"] for page in pages)
    return count


def _how_to_remove(region: str, buckets: list[str], tables: list[str]) -> None:
    if not buckets and not tables:
        return
    print("\nWhat stays is yours. To remove it, too, for good:")
    for name in buckets:
        print(f"  {name}: S3 console, Empty (all versions go), then Delete")
    for name in tables:
        print(f"  aws dynamodb delete-table --region {region} --table-name {name}")


def main() -> None:
    """Read the command line and the environment."""
    parser = argparse.ArgumentParser(prog="python -m operations.delete", description=__doc__)
    parser.add_argument("--stack", default=os.environ.get("STACK"), help="STACK, else samconfig.toml's")
    parser.add_argument("--region", help="AWS_REGION or your profile's, else asked")
    parser.add_argument(
        "--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL"), help="another AWS, to try it out"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    arguments = parser.parse_args()
    questions = Questions(yes=arguments.yes)
    region = arguments.region or os.environ.get("AWS_REGION") or boto3.Session().region_name
    region = region or questions.ask("Region", "eu-west-1")
    delete(arguments.stack or stack_name(), reach(region, arguments.endpoint_url), questions)


if __name__ == "__main__":
    sys.exit(told(main))

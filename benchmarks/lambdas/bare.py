"""A webhook of boto3 alone: checks the signature, then makes as many DynamoDB calls as ReceiveCallback does, nothing else.

One read, and so many writes as BENCHMARK_WRITES says.
"""

import os
from typing import Any

import boto3

from benchmarks.lambdas.webhook import genuine, task_of

TABLE, WRITES = os.environ["VIDEOS_TABLE"], int(os.environ["BENCHMARK_WRITES"])
dynamodb = boto3.client("dynamodb")


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """One delivery: read, note the callback, note the result."""
    key = {"pk": {"S": f"video#{genuine(event)}"}, "sk": {"S": "video"}}
    dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True)
    task_id = task_of(event)
    for name, value in (("called_back", task_id), ("bare_state", "result_ready"))[:WRITES]:
        dynamodb.update_item(
            TableName=TABLE,
            Key=key,
            UpdateExpression="SET #name = :value",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":value": {"S": value}},
            ReturnValues="ALL_NEW",
        )
    return {"statusCode": 200, "body": '{"status":"ok"}'}

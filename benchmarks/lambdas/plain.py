"""A webhook of boto3 and urllib3 that makes every call that ReceiveCallback makes, as plainly as possible.

It reads its secrets once, asks the provider, and hands the video to a queue: no retries, no second looks, no logs. With
BENCHMARK_KEEP=0 the provider is asked over a new connection each time, as after the minutes that lie between two callbacks.
"""

import json
import os
import ssl
from typing import Any

import boto3
import urllib3

from benchmarks.lambdas.webhook import genuine, task_of

TABLE, QUEUE = os.environ["VIDEOS_TABLE"], os.environ["TRANSFER_QUEUE_URL"]
PARAMETERS = tuple(f"{os.environ['PARAMETER_PATH']}/{name}" for name in ("callback-keys", "apixo-api-key"))
STATUS = f"{os.environ['APIXO_BASE_URL']}/statusTask/seedance-2-0-fast?taskId="
dynamodb, sqs, ssm = boto3.client("dynamodb"), boto3.client("sqs"), boto3.client("ssm")
http = urllib3.PoolManager(ssl_context=ssl.create_default_context())  # once: it takes longer than a call
secrets: list[str] = []


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """One delivery: read, note the callback, ask, note the result, hand over."""
    if not secrets:
        found = (ssm.get_parameter(Name=name, WithDecryption=True) for name in PARAMETERS)
        secrets.extend(each["Parameter"]["Value"] for each in found)
    video_id = genuine(event)
    key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
    dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True)
    write(key, "called_back", task_of(event))
    if os.environ["BENCHMARK_KEEP"] == "0":
        http.clear()
    answer = http.request("GET", STATUS + task_of(event), headers={"Authorization": f"Bearer {secrets[1]}"})
    write(key, "plain_results", json.loads(answer.data)["data"]["resultJson"])
    sqs.send_message(QueueUrl=QUEUE, MessageBody=json.dumps({"video_id": video_id}))
    return {"statusCode": 200, "body": '{"status":"ok"}'}


def write(key: Any, name: str, value: str) -> None:
    """One conditional write."""
    dynamodb.update_item(
        TableName=TABLE,
        Key=key,
        UpdateExpression="SET #name = :value",
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":value": {"S": value}},
        ReturnValues="ALL_NEW",
    )

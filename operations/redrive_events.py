"""`make redrive`, of events: what Lambda or EventBridge gave up is handed to its function again.

A drop's event stands in the message: as `requestPayload` where Lambda gave it up
(https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html), by itself where EventBridge did, with
the function as attribute TARGET_ARN (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html). Of a video's
change a message holds no record, but where in the stream its records are, and whose they were:
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html. The stream keeps a record for 24 hours.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError


@dataclass(slots=True)
class Redriven:
    """Messages: handed on (of drops, and of videos' changes); still failing, and so left; too old for the stream, and so dropped; of another kind, and left."""

    sent: int = 0
    drops: int = 0
    failing: int = 0
    gone: int = 0
    unknown: int = 0

    def told(self) -> list[str]:
        """What to tell the operator, and what to do next."""
        lines = []
        if self.sent:
            lines.append(f"{self.sent} batches of events that had been set aside are sent.")
        if self.drops:
            lines.append(f"{self.drops} drops that had been set aside are taken.")
        if self.failing:
            lines.append(
                f"{self.failing} of them fail again and stay aside; `make logs FUNCTION=PublishEvents` or `make logs "
                "FUNCTION=SubmitDrop` says why."
            )
        if self.gone:
            lines.append(
                f"{self.gone} batches of events are older than a day and gone from the stream; the videos themselves are not: "
                "clients see them as ever."
            )
        if self.unknown:
            lines.append(
                f"{self.unknown} messages in FailedEvents are none that this command knows; they stay."
            )
        return lines


def redrive_events(client: Callable[[str], Any], queue_url: str) -> Redriven:
    """Empties the queue of failed events as far as it goes. Handed on first, deleted then: an event may come twice."""
    sqs, seen, redriven = client("sqs"), set[str](), Redriven()
    asked = {"QueueUrl": queue_url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["TARGET_ARN"]}
    while messages := sqs.receive_message(**asked).get("Messages", []):
        fresh = [message for message in messages if message["MessageId"] not in seen]
        if not fresh:
            break
        for message in fresh:
            seen.add(message["MessageId"])
            if _done(client, message, redriven):
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return redriven


def _done(client: Callable[[str], Any], message: Mapping[str, Any], redriven: Redriven) -> bool:
    """Whether a message has been dealt with."""
    failure = json.loads(message["Body"])
    if drop := _drop(failure, message.get("MessageAttributes", {})):
        return _taken(client, *drop, redriven)
    batch = failure.get("DDBStreamBatchInfo")
    if batch is None:
        redriven.unknown += 1
        return False
    try:
        records = list(_records(client("dynamodbstreams"), batch))
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("TrimmedDataAccessException", "ResourceNotFoundException"):
            raise
        redriven.gone += 1
        return True
    function = failure["requestContext"]["functionArn"]
    payload = json.dumps({"Records": records}, default=_plain).encode()
    answer = client("lambda").invoke(FunctionName=function, Payload=payload)
    told = json.loads(answer["Payload"].read() or b"null")
    if "FunctionError" in answer or (told or {}).get("batchItemFailures"):
        redriven.failing += 1
        return False
    redriven.sent += 1
    return True


def _drop(failure: Mapping[str, Any], attributes: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """The function and the event of a drop that Lambda or EventBridge gave up."""
    if failure.get("requestPayload"):
        return failure["requestContext"]["functionArn"].removesuffix(":$LATEST"), failure["requestPayload"]
    if failure.get("detail-type") and "TARGET_ARN" in attributes:
        return attributes["TARGET_ARN"]["StringValue"], failure
    return None


def _taken(client: Callable[[str], Any], function: str, event: Mapping[str, Any], redriven: Redriven) -> bool:
    answer = client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    if "FunctionError" in answer:
        redriven.failing += 1
        return False
    redriven.drops += 1
    return True


def _records(streams: Any, batch: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The batch's records as they stand in the stream."""
    last = int(batch["endSequenceNumber"])
    iterator = streams.get_shard_iterator(
        StreamArn=batch["streamArn"],
        ShardId=batch["shardId"],
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=batch["startSequenceNumber"],
    )["ShardIterator"]
    while iterator:
        page = streams.get_records(ShardIterator=iterator)
        for record in page["Records"]:
            if int(record["dynamodb"]["SequenceNumber"]) > last:
                return
            yield {**record, "eventSourceARN": batch["streamArn"]}  # which Lambda adds, too
            if int(record["dynamodb"]["SequenceNumber"]) == last:
                return
        iterator = page.get("NextShardIterator")


def _plain(value: object) -> object:
    """Times as Lambda writes them: seconds."""
    if isinstance(value, datetime):
        return value.timestamp()
    raise TypeError(f"{type(value).__name__} in a record")

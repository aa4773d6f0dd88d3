"""`make redrive`, of events: what Lambda gave up is read from the table's stream again and handed to its function.

A message in FailedEvents holds no record, but where in the stream its records are, and whose they were:
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
    """Messages: handed on; still failing, and so left; too old for the stream, and so dropped; of another kind, and left."""

    sent: int = 0
    failing: int = 0
    gone: int = 0
    unknown: int = 0

    def told(self) -> list[str]:
        """What to tell the operator, and what to do next."""
        lines = []
        if self.sent:
            lines.append(f"{self.sent} batches of events that had been set aside are sent.")
        if self.failing:
            lines.append(
                f"{self.failing} batches of events fail again and stay aside; `make logs FUNCTION=PublishEvents` says why."
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
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", []):
        fresh = [message for message in messages if message["MessageId"] not in seen]
        if not fresh:
            break
        for message in fresh:
            seen.add(message["MessageId"])
            if _done(client, json.loads(message["Body"]), redriven):
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return redriven


def _done(client: Callable[[str], Any], failure: Mapping[str, Any], redriven: Redriven) -> bool:
    """Whether a message has been dealt with."""
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

"""`make redrive`: moves the dead letters back to the queue of transfers, and sends the events that were set aside."""

import sys
import time
from typing import Any

from botocore.exceptions import ClientError

from operations import target
from operations.errors import OperationError, told
from operations.redrive_events import redrive_events

WAIT_SECONDS = 300


def redrive(sqs: Any, dead_letters: str, queue: str) -> int:
    """How many messages went back."""
    about = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])
    arn = about["Attributes"]["QueueArn"]
    try:
        sqs.start_message_move_task(SourceArn=arn)
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidAction":  # the sandbox's SQS has no such task
            raise
        return _by_hand(sqs, dead_letters, queue)
    return _moved(sqs, arn)


def _moved(sqs: Any, arn: str) -> int:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        latest = sqs.list_message_move_tasks(SourceArn=arn, MaxResults=1)["Results"][0]
        if latest["Status"] == "COMPLETED":
            return int(latest["ApproximateNumberOfMessagesMoved"])
        if latest["Status"] in ("FAILED", "CANCELLED"):
            raise OperationError(f"SQS moved them not all: {latest.get('FailureReason', latest['Status'])}")
        time.sleep(1)
    raise OperationError("SQS is still moving them; the console shows how far it is.")


def _by_hand(sqs: Any, dead_letters: str, queue: str) -> int:
    """Sent first, deleted then: a message may come twice, never not at all."""
    count = 0
    while messages := sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            sqs.send_message(QueueUrl=queue, MessageBody=message["Body"])
            sqs.delete_message(QueueUrl=dead_letters, ReceiptHandle=message["ReceiptHandle"])
            count += 1
    return count


def main() -> None:
    """Move them, say how many."""
    where = target.find()
    count = redrive(where.client("sqs"), where.dead_letters_url, where.transfer_queue_url)
    if count:
        print(
            f"{count} dead letters of {where.title} are back in the queue; `make logs FUNCTION=TransferVideo` next."
        )
    else:
        print(f"There are no dead letters in {where.title}.")
    for line in redrive_events(where.client, where.failed_events_url).told():
        print(line)


if __name__ == "__main__":
    sys.exit(told(main))

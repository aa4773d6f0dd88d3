"""Events that were set aside, sent again: the parts that the sandbox does not show. The message is AWS's documented one."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from botocore.exceptions import ClientError

from operations.redrive_events import Redriven, redrive_events
from tests.api import EVENTS

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:reelhook-PublishEvents"
MADE = datetime(2026, 12, 1, 9, 34, 15, tzinfo=UTC)


def a_failure(first: int, last: int) -> dict[str, Any]:
    """What Lambda sends to the destination of a stream's failures."""
    return {
        "requestContext": {
            "requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
            "functionArn": FUNCTION,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 1,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0",
        "timestamp": "2026-12-01T11:34:17.000Z",
        "DDBStreamBatchInfo": {
            "shardId": "shardId-00000001573689847184-864758bb",
            "startSequenceNumber": f"80000000000315584{first:04d}",
            "endSequenceNumber": f"80000000000315584{last:04d}",
            "approximateArrivalOfFirstRecord": "2026-12-01T09:34:15Z",
            "approximateArrivalOfLastRecord": "2026-12-01T09:34:15Z",
            "batchSize": last - first + 1,
            "streamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/v/stream/2026-12-01T08:00:00.000",
        },
    }


DROP = json.loads((EVENTS / "submit_drop.json").read_text())
TAKER = "arn:aws:lambda:eu-central-1:123456789012:function:reelhook-SubmitDrop"


def a_drop_given_up() -> dict[str, Any]:
    """What Lambda sends to the destination of asynchronous failures."""
    return {
        "version": "1.0",
        "timestamp": "2026-12-01T09:34:17.000Z",
        "requestContext": {
            "requestId": "e4b46cbf-b738-xmpl-8880-a18cdf61200e",
            "functionArn": f"{TAKER}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 3,
        },
        "requestPayload": DROP,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": {"errorType": "StoreError", "errorMessage": "S3: 503"},
    }


def record(number: int) -> dict[str, Any]:
    return {
        "eventName": "MODIFY",
        "dynamodb": {
            "SequenceNumber": f"80000000000315584{number:04d}",
            "ApproximateCreationDateTime": MADE,
            "NewImage": {"kind": {"S": "video"}},
        },
    }


class Aws:
    """A queue, a stream of records 1 to 9 in pages of two with an empty one between, and a function."""

    def __init__(self, *bodies: dict[str, Any], answer: Any = None, error: str = "") -> None:
        self.waiting = {f"m-{number}": json.dumps(body) for number, body in enumerate(bodies)}
        self.answer, self.error = answer or {"batchItemFailures": []}, error
        self.trimmed = ""
        self.got: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, _service: str) -> "Aws":
        return self

    def receive_message(self, **_: Any) -> dict[str, Any]:
        return {
            "Messages": [
                {
                    "MessageId": key,
                    "ReceiptHandle": key,
                    "Body": body,
                    "MessageAttributes": {"TARGET_ARN": {"DataType": "String", "StringValue": TAKER}},
                }
                for key, body in self.waiting.items()
            ]
        }

    def delete_message(self, ReceiptHandle: str, **_: Any) -> None:  # noqa: N803
        del self.waiting[ReceiptHandle]

    def get_shard_iterator(self, SequenceNumber: str, **asked: Any) -> dict[str, Any]:  # noqa: N803
        assert asked["ShardIteratorType"] == "AT_SEQUENCE_NUMBER"
        if self.trimmed:
            raise ClientError({"Error": {"Code": self.trimmed}}, "GetShardIterator")
        return {"ShardIterator": str(int(SequenceNumber[-4:]))}

    def get_records(self, ShardIterator: str) -> dict[str, Any]:  # noqa: N803
        at = float(ShardIterator)
        if at == int(at) and at % 2:  # an empty page says nothing of the next one
            return {"Records": [], "NextShardIterator": str(at + 0.5)}
        begin = int(at)
        numbers = [number for number in (begin, begin + 1) if number <= 9]
        return {"Records": [record(number) for number in numbers], "NextShardIterator": str(begin + 2)}

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        self.got.append((FunctionName, json.loads(Payload)))
        told = {"FunctionError": self.error} if self.error else {}
        return {"Payload": BytesIO(json.dumps(self.answer).encode()), **told}

    def numbers(self) -> Iterator[list[int]]:
        for _, event in self.got:
            yield [int(each["dynamodb"]["SequenceNumber"][-4:]) for each in event["Records"]]


def test_exactly_the_batch_is_handed_on_as_lambda_would_and_the_message_goes() -> None:
    aws = Aws(a_failure(3, 6), a_failure(8, 8))

    assert redrive_events(aws, "queue") == Redriven(sent=2)

    assert list(aws.numbers()) == [[3, 4, 5, 6], [8]]
    assert aws.waiting == {}
    function, event = aws.got[0]
    assert function == FUNCTION
    assert event["Records"][0]["dynamodb"]["ApproximateCreationDateTime"] == MADE.timestamp()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"batchItemFailures": [{"itemIdentifier": "800000000003155840003"}]}, ""),
        ({"errorType": "Runtime.ExitError"}, "Unhandled"),
        (None, "Unhandled"),
    ],
)
def test_what_fails_again_stays_aside(answer: Any, error: str) -> None:
    aws = Aws(a_failure(3, 3), answer=answer, error=error)

    assert redrive_events(aws, "queue") == Redriven(failing=1)
    assert len(aws.waiting) == 1


def test_a_drop_is_handed_on_with_its_own_event_whoever_gave_it_up() -> None:
    aws = Aws(a_drop_given_up(), DROP)

    redriven = redrive_events(aws, "queue")

    assert redriven == Redriven(drops=2)
    assert aws.got == [(TAKER, DROP)] * 2
    assert aws.waiting == {}
    assert redriven.told() == ["2 drops that had been set aside are taken."]


def test_a_drop_that_fails_again_stays_aside() -> None:
    aws = Aws(a_drop_given_up(), error="Unhandled")

    assert redrive_events(aws, "queue") == Redriven(failing=1)
    assert len(aws.waiting) == 1


def test_what_the_stream_has_forgotten_is_told_and_dropped() -> None:
    aws = Aws(a_failure(3, 3))
    aws.trimmed = "TrimmedDataAccessException"

    redriven = redrive_events(aws, "queue")

    assert redriven == Redriven(gone=1)
    assert (aws.waiting, aws.got) == ({}, [])
    assert "older than a day" in redriven.told()[0]


def test_an_error_of_aws_drops_nothing() -> None:
    aws = Aws(a_failure(3, 3))
    aws.trimmed = "AccessDeniedException"

    with pytest.raises(ClientError):
        redrive_events(aws, "queue")

    assert len(aws.waiting) == 1


def test_a_message_of_another_kind_stays() -> None:
    aws = Aws({"requestPayload": {}})

    assert redrive_events(aws, "queue") == Redriven(unknown=1)
    assert len(aws.waiting) == 1


def test_of_nothing_nothing_is_said() -> None:
    assert Redriven().told() == []

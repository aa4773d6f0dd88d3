"""A bucket of the user's own as the inbox: its events are turned on beside whatever they do already."""

from typing import Any

from botocore.exceptions import ClientError

from operations.account import Account
from operations.errors import OperationError
from operations.questions import Questions

PARAMETER = "InboxBucketName"
EVENT_BRIDGE = "EventBridgeConfiguration"
_DESTINATIONS = {
    "QueueConfigurations": ("QueueArn", "queue"),
    "TopicConfigurations": ("TopicArn", "topic"),
    "LambdaFunctionConfigurations": ("LambdaFunctionArn", "function"),
}


def announce(account: Account, bucket: str, questions: Questions) -> None:
    """Show what will be done to a named bucket, and go on only with consent; raises `OperationError`."""
    s3 = account.client("s3")
    try:
        region = s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] or "us-east-1"
        there = _notifications(s3, bucket)
    except ClientError as error:
        raise OperationError(f"The bucket {bucket} cannot be reached: {error}.") from error
    if region != account.region:
        raise OperationError(
            f"The bucket {bucket} is in {region}, and its events with it: deploy there (AWS_REGION={region}), or name "
            f"a bucket in {account.region}."
        )
    if EVENT_BRIDGE in there:
        print(f"The bucket {bucket} sends its events to EventBridge already; nothing about it is changed.")
        return
    print(
        f"The bucket {bucket} will send its events to EventBridge, where only those below drops/ start anything."
    )
    print("  added: EventBridge (EventBridge's prices say what events of S3 cost)")
    for kind, arn, events in _destinations(there):
        print(f"  stays: {kind} {arn} for {', '.join(events)}")
    questions.confirm("Nothing else about the bucket is changed.", "yes")


def turn_on(account: Account, bucket: str) -> None:
    """Put the bucket's notifications as they are now, and EventBridge: putting any replaces them all."""
    s3 = account.client("s3")
    there = _notifications(s3, bucket)
    if EVENT_BRIDGE not in there:
        s3.put_bucket_notification_configuration(
            Bucket=bucket, NotificationConfiguration={**there, EVENT_BRIDGE: {}}
        )
        print(f"The bucket {bucket} sends its events to EventBridge; AWS takes some five minutes for it.")


def _notifications(s3: Any, bucket: str) -> dict[str, Any]:
    answer = s3.get_bucket_notification_configuration(Bucket=bucket)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def _destinations(there: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [
        (kind, each[arn], each["Events"])
        for name, (arn, kind) in _DESTINATIONS.items()
        for each in there.get(name, [])
    ]

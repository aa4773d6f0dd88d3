"""Drops in a running sandbox: objects are put into the inbox, and the outcomes beside them are read."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

from tests.images import a_png
from tests.integration.driving import PROMPT, Driver
from tests.integration.waiting import until

OWNER = "sandbox"
OWN = f"drops/{OWNER}/"
REQUEST = {"prompt": PROMPT}
FINAL = ("completed", "failed", "expired", "canceled", "refused", "superseded")


def drop(stack: Driver, key: str, data: bytes | None = None, request: Any = REQUEST) -> None:
    """One object with a request in its metadata: as JSON if it is none yet, none if there is none."""
    encoded = request if isinstance(request, str) else quote(json.dumps(request, ensure_ascii=False), safe="")
    metadata = {} if request is None else {"reelhook": encoded}
    bucket, body = stack.stack.inbox_bucket, a_png() if data is None else data
    stack.client("s3").put_object(Bucket=bucket, Key=key, Body=body, Metadata=metadata)


def outcomes(stack: Driver, key: str) -> list[dict[str, Any]]:
    """What is told of the drops at a key."""
    s3, bucket = stack.client("s3"), stack.stack.inbox_bucket
    hashed = "sha256-" + hashlib.sha256(key.encode()).hexdigest()
    places = [
        each["Key"]
        for folder in (key, hashed)
        for each in s3.list_objects_v2(Bucket=bucket, Prefix=f"outcomes/{folder}/").get("Contents", [])
    ]
    return [json.loads(s3.get_object(Bucket=bucket, Key=place)["Body"].read()) for place in places]


def told(stack: Driver, key: str, timeout: float = 20) -> dict[str, Any]:
    """The one outcome of a drop, as soon as there is any."""
    (outcome,) = until(lambda: outcomes(stack, key), lambda found: len(found) == 1, timeout)
    return outcome


def event_of(stack: Driver, key: str, **changes: Any) -> dict[str, Any]:
    """The event of what stands at a key, in AWS's form, with the version."""
    head = stack.client("s3").head_object(Bucket=stack.stack.inbox_bucket, Key=key)
    told = {
        "key": key,
        "size": head["ContentLength"],
        "etag": head["ETag"].strip('"'),
        "version-id": head["VersionId"],
        "sequencer": "0055AED6DCD90281E5",
        **changes,
    }
    return {
        "version": "0",
        "id": "17793124-05d4-b198-2fde-7ededc63b103",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": "123456789012",
        "time": head["LastModified"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "eu-west-1",
        "resources": [f"arn:aws:s3:::{stack.stack.inbox_bucket}"],
        "detail": {"version": "0", "bucket": {"name": stack.stack.inbox_bucket}, "object": told},
    }


def deliver(stack: Driver, event: dict[str, Any]) -> None:
    """One more delivery of an event, from beginning to end."""
    function = stack.stack.functions["SubmitDrop"]
    answer = stack.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()

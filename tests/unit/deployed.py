"""A stack of one machine for handlers: emulated AWS, the simulated provider, the template's own settings."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Final

import boto3
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from moto import mock_aws

import functions.submit_video
import functions.videos
from operations.keys import create_key
from sandbox.provider import Simulator
from sandbox.receiver import Receiver
from tests import template, wirings
from tests.api import EVENTS

STACK: Final = "reelhook"
REGION: Final = "eu-west-1"
SECRET = b"documented-test-secret-for-events"[:32]  # what events/receive_callback.json is signed with
TABLE_PARTS = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")


class Context(LambdaContext):
    """Lambda's own, with half a minute left."""

    def __init__(self) -> None:
        self._function_name, self._memory_limit_in_mb, self._aws_request_id = "handler", 1024, "request-1"
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:handler"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 28_000


CONTEXT = Context()


class Deployed:
    """One function's world: its settings, its secrets, and the provider."""

    def __init__(self, provider: Simulator, receiver: Receiver, key: str) -> None:
        self.provider, self.receiver, self.key = provider, receiver, key

    def event(self, name: str, **changes: Any) -> dict[str, Any]:
        """A committed event, with this world's API key in it."""
        event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
        if "authorization" in event.get("headers", {}):
            event["headers"]["authorization"] = f"Bearer {self.key}"
        return event | changes

    def submit(self) -> dict[str, Any]:
        """The committed request for a video."""
        answer = functions.submit_video.handler(self.event("submit_video"), CONTEXT)
        assert answer["statusCode"] == 202, answer
        video: dict[str, Any] = json.loads(answer["body"])
        return video

    def ask(self, path: str, **changes: Any) -> tuple[int, dict[str, Any]]:
        """A client's GET: status and body."""
        event = self.event("videos", rawPath=path, **changes)
        event["requestContext"]["http"] |= {"method": "GET", "path": path}
        answer = functions.videos.handler(event, CONTEXT)
        return answer["statusCode"], json.loads(answer["body"])

    def see(self, video_id: str) -> dict[str, Any]:
        """The video as a client sees it."""
        return self.ask(f"/v1/videos/{video_id}")[1]


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployed]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    defaults = {
        name: str(about["Default"])
        for name, about in template.source()["Parameters"].items()
        if "Default" in about
    }
    simulator = Simulator(behaviour={"generate_seconds": 0, "callback": {"when": "never"}})
    with mock_aws(), simulator as provider, Receiver() as receiver:
        dynamodb, ssm = boto3.client("dynamodb"), boto3.client("ssm")
        for table in template.TABLES:
            about = {part: value for part, value in template.properties(table).items() if part in TABLE_PARTS}
            dynamodb.create_table(TableName=table, **about)
        boto3.client("s3").create_bucket(
            Bucket="mediabucket", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        boto3.client("sqs").create_queue(QueueName="FailedEvents")
        queue_url = boto3.client("sqs").create_queue(QueueName="TransferQueue")["QueueUrl"]
        for name, value in (
            ("apixo-api-key", provider.api_key),
            ("webhook-key", b64encode(SECRET).decode()),
            ("callback-keys", json.dumps({"current": {"id": "k1", "secret": b64encode(SECRET).decode()}})),
        ):
            ssm.put_parameter(Name=f"/reelhook/{STACK}/{name}", Value=value, Type="SecureString")
        given = {
            **defaults,
            "VideosTable": "VideosTable",
            "AccountsTable": "AccountsTable",
            "MediaBucket": "mediabucket",
            "InboxBucket": "inboxbucket",
            "TransferQueue": queue_url,
            "WebhookQueue": boto3.client("sqs").create_queue(QueueName="WebhookQueue")["QueueUrl"],
            "WebhookOrigins": receiver.url,
            "AWS::StackName": STACK,
            "ApixoBaseUrl": provider.base_url,
            "ResultOrigins": provider.url,
        }
        for function in template.FUNCTIONS:
            for variable, value in template.properties(function)["Environment"]["Variables"].items():
                monkeypatch.setenv(variable, _resolved(value, given))
        wirings.forget()
        yield Deployed(provider, receiver, create_key(dynamodb, "AccountsTable", "demo", 0))
        wirings.forget()


def _resolved(value: Any, given: dict[str, str]) -> str:
    match value:
        case {"Ref": name}:
            return given[name]
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([A-Za-z:]+)\}", lambda name: given[name[1]], str(text))
        case {"Fn::If": ["NamesInbox", _, {"Ref": name}]}:
            return given[name]
        case {"Fn::If": _}:
            return "https://callbacks.example.com"
    return str(value)

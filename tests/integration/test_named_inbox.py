"""A bucket of the user's own as the inbox: what is done to it is shown before, and nothing that it did is lost."""

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from operations import inbox
from operations.account import Account
from operations.deploy import deploy
from operations.errors import OperationError
from operations.questions import Questions
from tests.deployment import Sam, World
from tests.integration.driving import Driver

KEYS = {"apixo-api-key": "sk-1"}


class Refusing(Questions):
    """Somebody who does not want it."""

    def confirm(self, text: str, word: str) -> None:
        raise OperationError(f"Nothing was done: {text} {word}")


class Bucket:
    """A bucket of the user's in the emulated account, which tells a queue of every new object."""

    def __init__(self, stack: Driver) -> None:
        self.s3, sqs, self.name = stack.client("s3"), stack.client("sqs"), f"films-{secrets.token_hex(4)}"
        self.s3.create_bucket(
            Bucket=self.name, CreateBucketConfiguration={"LocationConstraint": stack.stack.region}
        )
        url = sqs.create_queue(QueueName=self.name)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
        self.queue = attributes["QueueArn"]
        policy = {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "s3.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": self.queue,
                }
            ]
        }
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
        told = {"QueueArn": self.queue, "Events": ["s3:ObjectCreated:*"]}
        self.s3.put_bucket_notification_configuration(
            Bucket=self.name, NotificationConfiguration={"QueueConfigurations": [told]}
        )

    def notifications(self) -> dict[str, Any]:
        told: dict[str, Any] = self.s3.get_bucket_notification_configuration(Bucket=self.name)
        del told["ResponseMetadata"]
        return told

    def account(self, world: World, region: str = "eu-west-1") -> Account:
        """An account to deploy to, with this very S3."""

        def client(service: str) -> Any:
            return self.s3 if service == "s3" else world.account.client(service)

        return Account(world.account.number, region, client, world.account.environment)


@pytest.fixture
def bucket(stack: Driver) -> Bucket:
    """The user's bucket."""
    return Bucket(stack)


@pytest.fixture
def world() -> Iterator[World]:
    """An account to deploy to."""
    with mock_aws():
        yield World(None)


def test_its_events_are_turned_on_after_the_deployment_and_what_it_notified_stays(
    bucket: Bucket, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    before, sam = bucket.notifications(), Sam(world.ssm)

    def seen(*arguments: str, **given: Any) -> int:
        assert bucket.notifications() == before
        return sam(*arguments, **given)

    given = {"InboxBucketName": bucket.name}
    deploy("films", bucket.account(world), given, KEYS, Questions(yes=True), seen, sam.finish)

    assert bucket.notifications() == {**before, "EventBridgeConfiguration": {}}
    assert f"InboxBucketName={bucket.name}" in sam.calls[2]
    said = capsys.readouterr().out
    assert f"stays: queue {bucket.queue} for s3:ObjectCreated:*" in said
    assert said.index("will send its events") < said.index("sends its events to EventBridge;")

    inbox.announce(bucket.account(world), bucket.name, Refusing(yes=False))  # nothing is left to ask
    assert "sends its events to EventBridge already" in capsys.readouterr().out
    inbox.turn_on(bucket.account(world), bucket.name)
    assert bucket.notifications() == {**before, "EventBridgeConfiguration": {}}


def test_without_consent_nothing_is_deployed_and_the_bucket_is_as_it_was(
    bucket: Bucket, world: World
) -> None:
    before, sam = bucket.notifications(), Sam(world.ssm)
    with pytest.raises(OperationError, match="Nothing was done"):
        deploy(
            "films", bucket.account(world), {"InboxBucketName": bucket.name}, KEYS, Refusing(yes=False), sam
        )

    assert (bucket.notifications(), sam.calls) == (before, [])


def test_a_bucket_that_cannot_serve_is_named_before_anything_is_made(bucket: Bucket, world: World) -> None:
    with pytest.raises(OperationError, match="cannot be reached"):
        inbox.announce(bucket.account(world), "no-such-bucket", Questions(yes=True))
    with pytest.raises(OperationError, match=r"is in eu-west-1.*AWS_REGION=eu-west-1"):
        inbox.announce(bucket.account(world, "eu-central-1"), bucket.name, Questions(yes=True))

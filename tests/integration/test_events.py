"""Events on the real template: what a bus hears of a video, when it hears it late, and whom an end wakes."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.integration.commands import ROOT, make
from tests.integration.driving import Driver
from tests.integration.listening import Listener
from tests.integration.waiting import until


@pytest.fixture(autouse=True)
def _open_gate(stack: Driver) -> Iterator[None]:
    stack.open_gate()
    yield
    stack.open_gate()


@pytest.fixture
def listener(stack: Driver) -> Listener:
    return Listener(stack)


@contextmanager
def silenced(stack: Driver) -> Iterator[None]:
    """The publisher may send nothing as long as the block takes."""
    iam, function = stack.client("iam"), stack.client("lambda")
    about = function.get_function_configuration(FunctionName=stack.stack.functions["PublishEvents"])
    role = about["Role"].rpartition("/")[2]
    deny = {"Effect": "Deny", "Action": "events:PutEvents", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    iam.put_role_policy(RoleName=role, PolicyName="silence", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="silence")


def test_a_video_that_had_to_wait_is_told_as_queued_and_as_completed_and_nothing_else(
    stack: Driver, listener: Listener
) -> None:
    stack.provider.behave(submit={"refuse": {"status": 429, "retry_after": 0}, "times": 2})
    video = stack.submit(metadata={"order": "7"})
    with stack.ticking("DispatchVideos"):
        stack.wait_for(video["id"])

    listener.until_told(video["id"], "video.queued", "video.completed")

    queued, completed = listener.of(video["id"])
    assert (completed["source"], completed["detail"]["type"]) == ("reelhook", "video.completed")
    assert completed["detail"]["owner"] == "sandbox"
    assert completed["detail"]["object"] == "event"
    assert completed["detail"]["id"] == f"evt_{video['id']}_completed"
    assert completed["detail"]["data"] == stack.get(video["id"])
    assert queued["detail"]["data"]["status"] == "queued"
    assert queued["detail"]["created_at"] <= completed["detail"]["created_at"]


def test_ends_of_every_kind_are_told(stack: Driver, listener: Listener) -> None:
    stack.provider.behave(next={"outcome": {"fail_code": "SensitiveContent"}, "count": 1})
    failed = stack.submit()["id"]
    listener.until_told(failed, "video.failed")
    assert listener.of(failed)[0]["detail"]["data"]["error"]["code"]

    stack.provider.behave(submit={"refuse": {"status": 429, "retry_after": 60}, "times": 1})
    canceled = stack.submit()["id"]
    assert stack.api.post(f"/v1/videos/{canceled}/cancel").status_code == 200
    listener.until_told(canceled, "video.queued", "video.canceled")


def test_while_the_bus_refuses_events_wait_and_settling_does_not(stack: Driver, listener: Listener) -> None:
    with silenced(stack):
        first = stack.submit()["id"]
        stack.wait_for_item(first, lambda item: item["state"] == "stored" and "reservation" not in item)
        until(lambda: stack.records("PublishEvents", first), bool, 20)
        second = stack.submit()["id"]
        stack.wait_for(second)
        assert listener.of(first) == []

    listener.until_told(first, "video.completed")
    listener.until_told(second, "video.completed")


def test_what_could_not_be_sent_for_too_long_is_set_aside_and_sent_by_a_redrive(
    stack: Driver, listener: Listener
) -> None:
    failed = stack.stack.failed_events_url

    def aside() -> int:
        about = stack.client("sqs").get_queue_attributes(
            QueueUrl=failed, AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(about["Attributes"]["ApproximateNumberOfMessages"])

    stack.read_stream(MaximumRecordAgeInSeconds=1)
    try:
        with silenced(stack):
            video_id = stack.submit()["id"]
            until(aside, bool, 30)
    finally:
        stack.read_stream(MaximumRecordAgeInSeconds=7200)
    assert listener.of(video_id) == []

    assert "set aside are sent" in make(stack, "redrive")

    listener.until_told(video_id, "video.completed")
    assert aside() == 0


def test_a_videos_end_wakes_the_queue_before_our_own_pause_is_over(stack: Driver) -> None:
    """A 429 without a word closes the gate for 30 s; the provider has room again once the first video is done."""
    stack.provider.behave(generate_seconds=1, limits={"concurrent": 1})
    first, second = stack.submit()["id"], stack.submit()["id"]
    assert stack.get(second)["status"] == "queued"

    stack.wait_for(first)
    stack.wait_for(second, timeout=15)


def test_the_documented_rule_tells_a_topic_in_a_sentence(stack: Driver) -> None:
    page = (ROOT / "docs" / "events.md").read_text()
    [template] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    cloudformation, sqs = stack.client("cloudformation"), stack.client("sqs")
    cloudformation.create_stack(StackName="videos-ended", TemplateBody=template)
    about = until(
        lambda: cloudformation.describe_stacks(StackName="videos-ended")["Stacks"][0],
        lambda about: about["StackStatus"] == "CREATE_COMPLETE",
        20,
    )
    [output] = about["Outputs"]
    url = sqs.create_queue(QueueName="mailbox")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    may = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    policy = {"Version": "2012-10-17", "Statement": [may | {"Resource": arn}]}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    stack.client("sns").subscribe(TopicArn=output["OutputValue"], Protocol="sqs", Endpoint=arn)
    video_id = stack.submit()["id"]

    def mails() -> list[str]:
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [json.loads(mail["Body"])["Message"] for mail in found.get("Messages", [])]

    sentence = f'"Video {video_id} of sandbox is completed."'
    until(mails, lambda told: sentence in told, 30)
    cloudformation.delete_stack(StackName="videos-ended")

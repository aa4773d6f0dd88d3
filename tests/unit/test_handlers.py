"""Each handler, from its event to its effect: emulated AWS, the simulated provider, the template's own settings."""

import json
from typing import Any

import boto3
import httpx
import pytest
from standardwebhooks import Webhook

import functions.deliver_webhooks
import functions.dispatch_videos
import functions.publish_events
import functions.receive_callback
import functions.reconcile_videos
import functions.submit_drop
import functions.submit_video
import functions.transfer_video
import functions.videos
import functions.webhook_endpoints
from reelhook.domain.errors.drops import UnreadableEventError
from reelhook.wiring import reconcile_videos
from tests import wirings
from tests.api import EVENTS
from tests.images import a_png
from tests.unit import deployed as world
from tests.unit.deployed import CONTEXT, REGION, STACK, Deployed

deployed = world.deployed


def test_a_prompt_becomes_a_video_by_the_committed_events(deployed: Deployed) -> None:
    video = deployed.submit()
    assert video["status"] == "in_progress"

    answer = functions.receive_callback.handler(deployed.event("receive_callback"), CONTEXT)

    assert answer["statusCode"] == 200
    assert deployed.see(video["id"])["status"] == "completed"
    assert len(deployed.provider.ledger.all()) == 1


def test_the_models_are_listed_to_those_who_have_a_key(deployed: Deployed) -> None:
    status, listed = deployed.ask("/v1/videos/models")

    assert (status, listed["object"], len(listed["data"])) == (200, "list", 8)
    assert deployed.ask("/v1/videos/models", headers={})[0] == 401


def test_the_callback_event_is_refused_by_another_stack(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed.submit()
    monkeypatch.setenv("STAGE", "another")

    answer = functions.receive_callback.handler(deployed.event("receive_callback"), CONTEXT)

    assert (answer["statusCode"], answer["body"]) == (404, '{"status":"not found"}')


@pytest.mark.parametrize(
    "event", [{}, {"pathParameters": None}, {"pathParameters": {"token": 7}, "body": 5, "headers": None}]
)
def test_a_callback_event_of_any_shape_is_answered(deployed: Deployed, event: dict[str, Any]) -> None:
    assert deployed
    assert functions.receive_callback.handler(event, CONTEXT)["statusCode"] == 404


def test_a_message_of_the_queue_brings_the_video_too(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INLINE_TRANSFER_SECONDS", "0")
    video = deployed.submit()
    functions.receive_callback.handler(deployed.event("receive_callback"), CONTEXT)
    assert deployed.see(video["id"])["progress"] == 90

    answer = functions.transfer_video.handler(deployed.event("transfer_video"), CONTEXT)

    assert answer == {"batchItemFailures": []}
    assert deployed.see(video["id"])["status"] == "completed"


def test_a_message_that_names_no_video_is_consumed(deployed: Deployed) -> None:
    event = deployed.event("transfer_video")
    for body in ("", "{", "[]", "null", '{"video_id": 7}', '{"video_id": "../x"}'):
        event["Records"][0]["body"] = body

        assert functions.transfer_video.handler(event, CONTEXT) == {"batchItemFailures": []}, body


def test_the_ticks_send_what_waits_and_a_round_with_nothing_to_tell_costs_no_metric(
    deployed: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    deployed.provider.behaviour.change({"submit": {"refuse": {"status": 429, "retry_after": 0}, "times": 1}})
    video = deployed.submit()
    assert video["status"] == "queued"

    functions.dispatch_videos.handler(deployed.event("dispatch_videos"), CONTEXT)
    assert deployed.see(video["id"])["status"] == "queued"  # half a minute is less than a round's margin
    functions.reconcile_videos.handler(deployed.event("reconcile_videos"), CONTEXT)

    assert "_aws" not in capsys.readouterr().out


def test_a_record_of_the_stream_becomes_an_event_on_the_bus(
    deployed: Deployed,
) -> None:
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queue_url = sqs.create_queue(QueueName="listening")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["reelhook"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": arn}])
    event = deployed.event("publish_events")

    assert functions.publish_events.handler(event, CONTEXT) == {"batchItemFailures": []}

    (message,) = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    told = json.loads(message["Body"])
    assert (told["source"], told["detail-type"]) == ("reelhook", "video.completed")
    assert told["detail"]["id"] == f"evt_{told['detail']['data']['id']}_completed"
    assert told["detail"]["owner"] == "demo"
    assert told["detail"]["created_at"] == 1796117655


def test_an_event_that_the_bus_does_not_take_comes_again(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENT_BUS_NAME", "no-such-bus")
    wirings.forget()
    event = deployed.event("publish_events")

    answer = functions.publish_events.handler(event, CONTEXT)

    number = event["Records"][0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}


def test_an_endpoint_is_told_of_a_record_of_the_stream_and_repeats_are_one(deployed: Deployed) -> None:
    event = deployed.event("webhook_endpoints")
    event["body"] = event["body"].replace("https://hooks.example.com", deployed.receiver.url)
    answer = functions.webhook_endpoints.handler(event, CONTEXT)
    assert answer["statusCode"] == 200, answer
    made = json.loads(answer["body"])

    for _ in range(2):
        functions.publish_events.handler(deployed.event("publish_events"), CONTEXT)
    reconcile_videos.production().due_webhooks.send()  # as the tick does, if the first message was lost
    sqs = boto3.client("sqs")
    queue_url = sqs.get_queue_url(QueueName="WebhookQueue")["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    assert len(messages) == 2
    for message in messages:
        sent = deployed.event("deliver_webhooks")
        sent["Records"][0]["body"] = message["Body"]
        assert functions.deliver_webhooks.handler(sent, CONTEXT) == {"batchItemFailures": []}

    (came,) = httpx.get(f"{deployed.receiver.url}/_received/reelhook", trust_env=False).json()
    told = Webhook(made["signing_secret"]).verify(came["body"], came["headers"])
    assert (told["type"], told["id"]) == ("video.completed", came["headers"]["webhook-id"])

    path = f"/v1/webhook_endpoints/{made['id']}/deliveries"
    asked = deployed.event("videos", rawPath=path)
    asked["requestContext"]["http"] |= {"method": "GET", "path": path}
    (logged,) = json.loads(functions.webhook_endpoints.handler(asked, CONTEXT)["body"])["data"]
    assert (logged["id"], logged["status"], logged["last_status_code"]) == (told["id"], "delivered", 200)


def test_a_message_that_names_no_delivery_is_consumed(deployed: Deployed) -> None:
    event, beyond = deployed.event("deliver_webhooks"), '{"endpoint_id": "we_..", "event_id": ".."}'
    for body in ("", "{", "[]", "null", '{"endpoint_id": 7, "event_id": "x"}', beyond):
        event["Records"][0]["body"] = body

        assert functions.deliver_webhooks.handler(event, CONTEXT) == {"batchItemFailures": []}, body


def test_a_message_about_a_delivery_that_there_never_was_is_consumed(deployed: Deployed) -> None:
    assert functions.deliver_webhooks.handler(deployed.event("deliver_webhooks"), CONTEXT) == {
        "batchItemFailures": []
    }


def test_a_dropped_image_waits_and_is_told_so_beside_the_drop(deployed: Deployed) -> None:
    s3, event = boto3.client("s3"), deployed.event("submit_drop")
    s3.create_bucket(Bucket="inboxbucket", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="inboxbucket", VersioningConfiguration={"Status": "Enabled"})
    dropped = event["detail"]["object"]
    put = s3.put_object(
        Bucket="inboxbucket", Key=dropped["key"], Body=a_png(), Metadata={"reelhook": '{"prompt":"x"}'}
    )
    dropped |= {"etag": put["ETag"].strip('"'), "version-id": put["VersionId"]}

    for _ in range(2):
        functions.submit_drop.handler(event, CONTEXT)

    (place,) = [
        each["Key"] for each in s3.list_objects_v2(Bucket="inboxbucket", Prefix="outcomes/")["Contents"]
    ]
    outcome = json.loads(s3.get_object(Bucket="inboxbucket", Key=place)["Body"].read())
    assert place == f"outcomes/{dropped['key']}/{outcome['id']}.json"
    assert (outcome["status"], deployed.see(outcome["id"])["status"]) == ("queued", "queued")
    assert deployed.provider.ledger.all() == []


def test_an_event_that_is_no_drop_of_this_stack_fails_so_that_the_operator_sees_it(
    deployed: Deployed,
) -> None:
    event = deployed.event("submit_drop")
    event["detail"]["bucket"]["name"] = "another"

    with pytest.raises(UnreadableEventError):
        functions.submit_drop.handler(event, CONTEXT)


def test_a_missing_secret_of_our_own_is_named_in_the_answer(deployed: Deployed) -> None:
    boto3.client("ssm").delete_parameter(Name=f"/reelhook/{STACK}/callback-keys")

    answer = functions.submit_video.handler(deployed.event("submit_video"), CONTEXT)

    assert answer["statusCode"] == 500
    assert "/reelhook/reelhook/callback-keys" in json.loads(answer["body"])["error"]["message"]


def test_a_providers_missing_key_is_named_to_the_operator_alone(
    deployed: Deployed, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    boto3.client("ssm").delete_parameter(Name=f"/reelhook/{STACK}/apixo-api-key")

    answer = functions.submit_video.handler(deployed.event("submit_video"), CONTEXT)

    assert (answer["statusCode"], answer["headers"]["x-should-retry"]) == (503, "false")
    assert json.loads(answer["body"])["error"]["code"] == "provider_unavailable"
    assert "apixo" not in answer["body"].lower()
    assert '"AccountProblem":[1.0]' in capsys.readouterr().out.replace(" ", "")
    named = [vars(record).get("detail", "") for record in caplog.records]
    assert any(detail.startswith("/reelhook/reelhook/apixo-api-key is missing") for detail in named)


def test_every_function_has_a_committed_event() -> None:
    assert {path.stem for path in EVENTS.glob("*.json")} == {
        path.stem for path in (EVENTS.parent / "functions").glob("*.py")
    }

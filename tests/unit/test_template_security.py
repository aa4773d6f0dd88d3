"""Doors that are shut: no plain http, no public policy, no secret in a log or a setting."""

import json
import re

import pytest

from reelhook.api.routes import ROUTES
from tests.template import BUCKETS, Properties, of_type, properties, source, written


def test_policies_on_buckets_and_queues_allow_nothing_to_anybody() -> None:
    """But EventBridge to leave what it could not hand over, which has a test of its own."""
    for kind in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
        for name, about in of_type(kind).items():
            effects = [statement["Effect"] for statement in about["PolicyDocument"]["Statement"]]
            assert effects == ["Deny"] or name == "FailedEventsPolicy", name


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_refuses_plain_http(bucket: str) -> None:
    (statement,) = properties(f"{bucket}Policy")["PolicyDocument"]["Statement"]

    assert properties(f"{bucket}Policy")["Bucket"] == {"Ref": bucket}
    assert_refuses_plain_http(statement, "s3:*", [f"{bucket}.Arn", f"${{{bucket}.Arn}}/*"])


def test_the_queues_refuse_plain_http() -> None:
    (statement,) = properties("TransferQueuesPolicy")["PolicyDocument"]["Statement"]

    assert properties("TransferQueuesPolicy")["Queues"] == [
        {"Ref": "TransferQueue"},
        {"Ref": "TransferDeadLetters"},
    ]
    assert_refuses_plain_http(statement, "sqs:*", ["TransferQueue.Arn", "TransferDeadLetters.Arn"])
    failed, _ = properties("FailedEventsPolicy")["PolicyDocument"]["Statement"]
    assert properties("FailedEventsPolicy")["Queues"] == [{"Ref": "FailedEvents"}]
    assert_refuses_plain_http(failed, "sqs:*", ["FailedEvents.Arn"])
    (webhooks,) = properties("WebhookQueuePolicy")["PolicyDocument"]["Statement"]
    assert properties("WebhookQueuePolicy")["Queues"] == [{"Ref": "WebhookQueue"}]
    assert_refuses_plain_http(webhooks, "sqs:*", ["WebhookQueue.Arn"])


def assert_refuses_plain_http(statement: Properties, action: str, resources: list[str]) -> None:
    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == "*"
    assert statement["Action"] == action
    assert [written(target) for target in statement["Resource"]] == resources
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_access_logs_name_the_route_and_never_path_or_query() -> None:
    stages = of_type("AWS::ApiGatewayV2::Stage")

    assert len(stages) == 2
    for name, stage in stages.items():
        settings = stage["AccessLogSettings"]
        api = name.removesuffix("ApiGatewayDefaultStage")
        assert settings["DestinationArn"] == {"Fn::GetAtt": [f"{api}Log", "Arn"]}
        variables = json.loads(settings["Format"]).values()
        assert "$context.routeKey" in variables
        assert not [each for each in variables if re.search(r"path|query|domain|authorizer", each, re.I)]


def test_no_setting_holds_a_secret() -> None:
    for name, function in of_type("AWS::Lambda::Function").items():
        for variable in function["Environment"]["Variables"]:
            assert not re.search(r"KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL", variable), (name, variable)


def test_web_pages_may_ask_and_read_only_if_they_are_named() -> None:
    named = {"Fn::Split": [",", {"Ref": "CorsAllowOrigins"}]}
    nothing = {"Ref": "AWS::NoValue"}
    written = {
        name: source()["Resources"][name]["Properties"] for name in ("Api", "CallbackApi", "MediaBucket")
    }
    condition, asking, otherwise = written["Api"]["CorsConfiguration"]["Fn::If"]

    assert source()["Conditions"]["HasCorsOrigins"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "CorsAllowOrigins"}, ""]}]
    }
    assert (condition, asking["AllowOrigins"], otherwise) == ("HasCorsOrigins", named, nothing)
    assert "AllowCredentials" not in asking
    assert "*" not in [*asking["AllowMethods"], *asking["AllowHeaders"], *asking["ExposeHeaders"]]
    assert set(asking["AllowMethods"]) == {method for methods in ROUTES.values() for method in methods}
    assert {"authorization", "content-type", "idempotency-key", "if-none-match"} <= set(
        asking["AllowHeaders"]
    )

    condition, reading, otherwise = written["MediaBucket"]["CorsConfiguration"]["Fn::If"]
    (rule,) = reading["CorsRules"]
    assert (condition, rule["AllowedOrigins"], otherwise) == ("HasCorsOrigins", named, nothing)
    assert set(rule["AllowedMethods"]) == {"GET", "HEAD", "POST"}  # POST: the forms of uploads
    assert "CorsConfiguration" not in written["CallbackApi"]
    assert "CorsConfiguration" not in source()["Resources"]["InboxBucket"]["Properties"]

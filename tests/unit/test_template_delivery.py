"""Numbers and switches that keep a video from being lost, doubled or stuck: time-outs, queues, ticks, throttles."""

import json

import pytest

from reelhook.domain.drops import DROPS, OUTCOMES
from reelhook.domain.events import TOLD_STATES, public_change
from reelhook.domain.time import SECOND
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import ATTEMPT_SECONDS, LEASE
from tests.builders import NOW, a_video
from tests.template import FUNCTIONS, of_type, properties, source, written

ENDPOINT_EVENTS = [
    "Types",
    "Create",
    "List",
    "Get",
    "Update",
    "Delete",
    "Rotate",
    "Test",
    "Deliveries",
    "Redeliver",
]
GATEWAY_SECONDS = 30  # an HTTP API gives its integration no longer


@pytest.mark.parametrize("function", ["SubmitVideo", "Videos", "WebhookEndpoints", "ReceiveCallback"])
def test_a_function_behind_an_api_ends_before_the_gateway_hangs_up(function: str) -> None:
    assert properties(function)["Timeout"] <= GATEWAY_SECONDS - 2


def test_the_inline_transfer_leaves_the_callback_time_to_record() -> None:
    inline = source()["Parameters"]["InlineTransferSeconds"]

    assert inline["Default"] < inline["MaxValue"] <= properties("ReceiveCallback")["Timeout"] - 5


@pytest.mark.parametrize(
    ("function", "seconds", "megabytes"),
    [
        ("SubmitVideo", 28, 512),
        ("SubmitDrop", 60, 1024),
        ("Videos", 10, 512),
        ("ReceiveCallback", 28, 1024),
        ("TransferVideo", {"Ref": "TransferSeconds"}, 1024),
        ("DispatchVideos", 120, 256),
        ("PublishEvents", 60, 256),
        ("WebhookEndpoints", 28, 512),
        ("DeliverWebhooks", 30, 256),
        ("ReconcileVideos", 60, 256),
    ],
)
def test_a_function_has_the_time_and_memory_its_work_needs(
    function: str, seconds: object, megabytes: int
) -> None:
    assert (properties(function)["Timeout"], properties(function)["MemorySize"]) == (seconds, megabytes)


def test_a_message_stays_hidden_at_least_six_transfers_long() -> None:
    """Ten times, in fact: a zero is appended to the number of seconds."""
    template = properties("TransferQueue")["VisibilityTimeout"]["Fn::Sub"]
    seconds = source()["Parameters"]["TransferSeconds"]

    for value in (seconds["MinValue"], seconds["Default"], seconds["MaxValue"]):
        visibility = int(template.replace("${TransferSeconds}", str(value)))
        assert 6 * value <= visibility <= 12 * 3600  # SQS's longest


def test_a_message_that_crashes_five_transfers_is_kept_longer_than_the_queue_keeps_any() -> None:
    queue, dead_letters = properties("TransferQueue"), properties("TransferDeadLetters")

    assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": ["TransferDeadLetters", "Arn"]}
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
    assert dead_letters["MessageRetentionPeriod"] == 14 * 86400 > queue["MessageRetentionPeriod"]


def test_transfers_come_one_at_a_time_report_their_failures_and_leave_room_for_callbacks() -> None:
    mapping = properties("TransferVideoWork")

    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["TransferQueue", "Arn"]}
    assert mapping["FunctionName"] == {"Ref": "TransferVideo"}
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] == 5


def test_a_webhook_is_sent_within_its_function_and_a_message_hidden_six_of_them_long() -> None:
    mapping, queue = properties("DeliverWebhooksWork"), properties("WebhookQueue")
    timeout = properties("DeliverWebhooks")["Timeout"]

    assert ATTEMPT_SECONDS + 10 <= timeout < LEASE / SECOND  # who is gone does not send any more
    assert properties("WebhookEndpoints")["Timeout"] >= ATTEMPT_SECONDS + 10
    assert queue["VisibilityTimeout"] == 6 * timeout
    assert "RedrivePolicy" not in queue  # the item is the record: it is due again within a minute
    assert queue["MessageRetentionPeriod"] == 3600
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["WebhookQueue", "Arn"]}
    assert mapping["FunctionName"] == {"Ref": "DeliverWebhooks"}
    assert (mapping["BatchSize"], mapping["ScalingConfig"]["MaximumConcurrency"]) == (1, 5)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("function", ["DispatchVideos", "ReconcileVideos"])
def test_a_tick_comes_every_minute_and_a_failed_one_is_left_to_the_next(function: str) -> None:
    rule = properties(f"{function}Tick")

    assert rule["ScheduleExpression"] == "rate(1 minute)"
    assert rule.get("State", "ENABLED") == "ENABLED"
    assert rule["Targets"][0]["Arn"] == {"Fn::GetAtt": [function, "Arn"]}
    assert rule["Targets"][0]["RetryPolicy"]["MaximumRetryAttempts"] == 0
    assert properties(f"{function}EventInvokeConfig")["MaximumRetryAttempts"] == 0


def test_nothing_wakes_dispatch_and_reconcile_but_the_ticks_and_a_videos_end() -> None:
    assert set(of_type("AWS::Events::Rule")) == {
        "SubmitDropDropped",
        "DispatchVideosTick",
        "DispatchVideosVideoEnded",
        "ReconcileVideosTick",
    }


def test_every_final_event_wakes_dispatch_and_a_queued_video_never_does() -> None:
    rule = properties("DispatchVideosVideoEnded")

    assert rule["EventBusName"] == {"Ref": "EventBusName"}
    assert rule["EventPattern"]["source"] == ["reelhook"]
    assert set(rule["EventPattern"]["detail-type"]) == {
        "video.completed",
        "video.failed",
        "video.expired",
        "video.canceled",
    }
    assert rule["Targets"][0]["Arn"] == {"Fn::GetAtt": ["DispatchVideos", "Arn"]}
    assert rule["Targets"][0]["RetryPolicy"]["MaximumRetryAttempts"] == 0


def test_the_stream_is_read_from_its_beginning_in_order_and_a_failed_record_is_repeated_for_hours() -> None:
    mapping = properties("PublishEventsChanges")

    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["VideosTable", "StreamArn"]}
    assert mapping["FunctionName"] == {"Ref": "PublishEvents"}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["MaximumRetryAttempts"] == -1  # the age decides
    assert (
        3600 < mapping["MaximumRecordAgeInSeconds"] <= 24 * 3600 - 12 * 3600
    )  # then there is time to mend it
    assert mapping["DestinationConfig"] == {
        "OnFailure": {"Destination": {"Fn::GetAtt": ["FailedEvents", "Arn"]}}
    }
    assert properties("FailedEvents")["MessageRetentionPeriod"] == 14 * 86400


def test_of_the_table_only_videos_after_which_there_may_be_something_to_tell_wake_the_publisher() -> None:
    (each,) = properties("PublishEventsChanges")["FilterCriteria"]["Filters"]
    image = json.loads(each["Pattern"])["dynamodb"]["NewImage"]

    assert image == {"kind": {"S": ["video"]}, "state": {"S": image["state"]["S"]}}
    assert set(image["state"]["S"]) == TOLD_STATES
    for state in State:  # whatever stood there before, a write to another state changes nothing for the owner
        told = public_change(None, a_video(state), NOW)
        assert (told is not None) == (state in TOLD_STATES), state


def test_a_drop_and_nothing_else_in_the_inbox_is_an_event_that_is_tried_again_and_never_lost() -> None:
    rule, failed = properties("SubmitDropDropped"), {"Fn::GetAtt": ["FailedEvents", "Arn"]}
    (target,), invoked = rule["Targets"], properties("SubmitDropEventInvokeConfig")

    assert rule["EventPattern"]["source"] == ["aws.s3"]
    assert rule["EventPattern"]["detail-type"] == ["Object Created"]
    detail = rule["EventPattern"]["detail"]
    assert [written(name) for name in detail["bucket"]["name"]] == [
        "NamesInbox ? InboxBucketName : InboxBucket"
    ]
    assert detail["object"]["key"] == [{"prefix": "drops/"}]
    assert target["Arn"] == {"Fn::GetAtt": ["SubmitDrop", "Arn"]}
    assert target["DeadLetterConfig"] == {"Arn": failed}
    assert "RetryPolicy" not in target  # EventBridge's own is the longest: 185 tries in 24 hours
    assert invoked["MaximumRetryAttempts"] == 2
    assert invoked["DestinationConfig"] == {"OnFailure": {"Destination": failed}}
    assert not OUTCOMES.startswith(DROPS)
    assert properties("InboxBucket")["NotificationConfiguration"] == {
        "EventBridgeConfiguration": {"EventBridgeEnabled": True}
    }


def test_eventbridge_may_leave_what_it_cannot_hand_over_with_the_failed_events() -> None:
    *_, statement = properties("FailedEventsPolicy")["PolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Action"]) == ("Allow", "sqs:SendMessage")
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["SubmitDropDropped", "Arn"]}}
    }


@pytest.mark.parametrize(
    ("function", "permission", "principal"),
    [
        ("SubmitVideo", "SubmitVideoSubmitPermission", "apigateway.amazonaws.com"),
        ("SubmitDrop", "SubmitDropDroppedPermission", "events.amazonaws.com"),
        ("Videos", "VideosElsePermission", "apigateway.amazonaws.com"),
        ("ReceiveCallback", "ReceiveCallbackCallbackPermission", "apigateway.amazonaws.com"),
        *(
            ("WebhookEndpoints", f"WebhookEndpoints{event}Permission", "apigateway.amazonaws.com")
            for event in ENDPOINT_EVENTS
        ),
        ("DispatchVideos", "DispatchVideosTickPermission", "events.amazonaws.com"),
        ("DispatchVideos", "DispatchVideosVideoEndedPermission", "events.amazonaws.com"),
        ("ReconcileVideos", "ReconcileVideosTickPermission", "events.amazonaws.com"),
    ],
)
def test_whoever_calls_a_function_may_call_it(function: str, permission: str, principal: str) -> None:
    assert properties(permission)["FunctionName"] == {"Ref": function}
    assert properties(permission)["Principal"] == principal
    assert "SourceArn" in properties(permission)


def test_no_permission_stands_without_its_caller() -> None:
    assert len(of_type("AWS::Lambda::Permission")) == 7 + len(ENDPOINT_EVENTS)


@pytest.mark.parametrize(("api", "prefix"), [("Api", "Api"), ("CallbackApi", "Callback")])
def test_each_api_has_its_own_throttle(api: str, prefix: str) -> None:
    assert properties(f"{api}ApiGatewayDefaultStage")["DefaultRouteSettings"] == {
        "ThrottlingRateLimit": {"Ref": f"{prefix}ThrottleRate"},
        "ThrottlingBurstLimit": {"Ref": f"{prefix}ThrottleBurst"},
    }


def test_callbacks_can_have_executions_of_their_own_but_need_not() -> None:
    """A fixed reservation would roll back the first deployment of a new account, which has ten in all."""
    assert properties("ReceiveCallback")["ReservedConcurrentExecutions"] == {
        "Fn::If": [
            "HasCallbackReserve",
            {"Ref": "CallbackReservedConcurrency"},
            {"Ref": "AWS::NoValue"},
        ]
    }
    for other in set(FUNCTIONS) - {"ReceiveCallback"}:
        assert "ReservedConcurrentExecutions" not in properties(other)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_writes_to_a_log_group_that_forgets(function: str) -> None:
    group = properties(f"{function}Log")

    raises = {"LogFormat": "JSON"} if function == "SubmitDrop" else {}  # and Lambda logs what it raises
    assert properties(function)["LoggingConfig"] == {"LogGroup": {"Ref": f"{function}Log"}, **raises}
    assert properties(function)["FunctionName"] == {"Fn::Sub": f"${{AWS::StackName}}-{function}"}
    assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{function}"}


def test_every_log_group_has_the_chosen_retention() -> None:
    groups = of_type("AWS::Logs::LogGroup")

    assert len(groups) == len(FUNCTIONS) + 2
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups.values())

"""Alarms: one for every symptom, on metrics that exist, to an address, saying what to do."""

import pytest

from tests.template import FUNCTIONS, ROOT, Properties, of_type, properties, written

SERVICE = {"service": "AWS::StackName"}
REPORTED = {"AttentionNeeded": "AttentionNeeded"}  # our own metric, written by the functions to their logs
MEASURED = {  # AWS's own, without a price
    "ReconcileStopped": ("AWS/Lambda", "Errors", {"FunctionName": "ReconcileVideos"}),
    "TransferDeadLettered": (
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        {"QueueName": "TransferDeadLetters.QueueName"},
    ),
    "EventsFailed": (
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        {"QueueName": "FailedEvents.QueueName"},
    ),
    "ClientsFailed": ("AWS/ApiGateway", "5xx", {"ApiId": "Api"}),
    "CallbacksFailed": ("AWS/ApiGateway", "5xx", {"ApiId": "CallbackApi"}),
}
WHERE_ERRORS_SHOW = {
    "SubmitVideo": "ClientsFailed",
    "SubmitDrop": "EventsFailed",
    "Videos": "ClientsFailed",
    "ReceiveCallback": "CallbacksFailed",
    "TransferVideo": "TransferDeadLettered",
    "DispatchVideos": "AttentionNeeded",
    "PublishEvents": "EventsFailed",
    "WebhookEndpoints": "ClientsFailed",
    "DeliverWebhooks": "AttentionNeeded",
    "ReconcileVideos": "ReconcileStopped",
}


def alarm(name: str) -> Properties:
    return properties(f"{name}Alarm")


def dimensions(name: str) -> dict[str, str]:
    return {each["Name"]: written(each["Value"]) for each in alarm(name)["Dimensions"]}


def test_these_are_all_the_alarms() -> None:
    assert set(of_type("AWS::CloudWatch::Alarm")) == {f"{name}Alarm" for name in [*REPORTED, *MEASURED]}


@pytest.mark.parametrize(("name", "metric"), REPORTED.items())
def test_an_alarm_watches_a_metric_as_the_functions_report_it(name: str, metric: str) -> None:
    settings = properties("ReconcileVideos")["Environment"]["Variables"]

    assert (alarm(name)["Namespace"], alarm(name)["MetricName"]) == ("Reelhook", metric)
    assert settings["POWERTOOLS_METRICS_NAMESPACE"] == "Reelhook"
    assert dimensions(name) == SERVICE
    assert written(settings["POWERTOOLS_SERVICE_NAME"]) == SERVICE["service"]


@pytest.mark.parametrize("metric", REPORTED.values())
def test_the_functions_do_report_it(metric: str) -> None:
    code = [path.read_text() for path in (ROOT / "layers" / "reelhook").rglob("*.py")]

    assert any(f'"{metric}"' in text for text in code)


@pytest.mark.parametrize(("name", "watched"), MEASURED.items())
def test_an_alarm_watches_a_metric_of_aws(name: str, watched: tuple[str, str, dict[str, str]]) -> None:
    about = alarm(name)

    assert (about["Namespace"], about["MetricName"], dimensions(name)) == watched


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_functions_errors_show_somewhere(function: str) -> None:
    assert WHERE_ERRORS_SHOW[function] in {**REPORTED, **MEASURED}


def test_silence_is_an_alarm_only_where_rounds_should_be() -> None:
    treatment = {name: alarm(name)["TreatMissingData"] for name in [*REPORTED, *MEASURED]}

    assert treatment.pop("ReconcileStopped") == "breaching"
    assert treatment.pop("TransferDeadLettered") == "ignore"
    assert treatment.pop("EventsFailed") == "ignore"
    assert set(treatment.values()) == {"notBreaching"}


def test_rounds_that_all_fail_or_do_not_begin_are_told_within_five_minutes() -> None:
    about = alarm("ReconcileStopped")

    assert (about["Statistic"], about["ComparisonOperator"]) == ("Minimum", "GreaterThanOrEqualToThreshold")
    assert about["Threshold"] == 1
    assert about["Period"] * about["EvaluationPeriods"] <= 300


@pytest.mark.parametrize("name", [*REPORTED, *MEASURED])
def test_an_alarm_is_plain_says_what_to_do_and_reaches_whoever_asked(name: str) -> None:
    about = alarm(name)

    assert "Metrics" not in about  # no metric math
    assert len(about["AlarmDescription"].split()) >= 12
    assert len(about["AlarmDescription"]) <= 1024
    assert [written(action) for action in about["AlarmActions"]] == [
        "HasAlarmEmail ? AlarmTopic : AWS::NoValue",
        "HasAlarmTopic ? AlarmTopicArn : AWS::NoValue",
    ]


def test_alarms_are_mailed_if_there_is_an_address() -> None:
    assert properties("AlarmTopic")["Subscription"] == [
        {"Protocol": "email", "Endpoint": {"Ref": "AlarmEmail"}}
    ]

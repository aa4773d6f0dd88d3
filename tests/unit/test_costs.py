"""docs/cost.md: what it counts is what the template has and the handlers do, and what it comes to is within the goals."""

import json
from dataclasses import replace
from typing import Any

import boto3
import pytest

import functions.dispatch_videos
import functions.publish_events
import functions.receive_callback
import functions.reconcile_videos
from operations.costs.bills import Line, idle_month, one_video, total
from operations.costs.counted import counted
from operations.costs.durations import FULL_MB, SLOWER, TRIP_SECONDS, first_seconds, seconds
from operations.costs.measured import FOLDER, At, Measured, measured
from operations.costs.memory import CHOICES
from operations.costs.page import PAGE, page
from operations.costs.work import CALLBACK, DISPATCH, LOOK, PUBLISH, SETTLED, SUBMIT, TICKS, VIDEO, Work
from tests.metering import Meter
from tests.template import FUNCTIONS, of_type, transformed
from tests.unit import deployed as world
from tests.unit.deployed import CONTEXT, Deployed

deployed = world.deployed

IDLE_MONTH_USD, VIDEO_USD = 1.20, 0.0005


def metered(meter: Meter, like: Work) -> Work:
    """What was requested; what is not AWS's is taken as it stands there."""
    return replace(
        like,
        writes=meter.writes,
        reads=meter.reads,
        trips=meter.trips,
        s3_writes=meter.requests["s3", "PutObject"],
        s3_reads=meter.requests["s3", "HeadObject"],
        events=meter.requests["events", "PutEvents"],
    )


def standing(video_id: str) -> dict[str, Any]:
    key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
    return dict(boto3.client("dynamodb").get_item(TableName="VideosTable", Key=key)["Item"])


def published(deployed: Deployed, old: dict[str, Any], new: dict[str, Any]) -> None:
    """The stream's record of a change reaches its function."""
    event = deployed.event("publish_events")
    record = event["Records"][0]
    record["dynamodb"] |= {"OldImage": old, "NewImage": new}
    answer = functions.publish_events.handler(event | {"Records": [record]}, CONTEXT)
    assert answer == {"batchItemFailures": []}


def test_a_video_asks_of_aws_what_the_page_counts(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {step: Meter() for step in VIDEO}

    with found[SUBMIT].on(monkeypatch):
        video_id = deployed.submit()["id"]
    with found[CALLBACK].on(monkeypatch):
        functions.receive_callback.handler(deployed.event("receive_callback"), CONTEXT)
    stored = standing(video_id)
    with found[PUBLISH].on(monkeypatch):
        published(deployed, {**stored, "state": {"S": "transferring"}}, stored)
    with found[SETTLED].on(monkeypatch):
        published(deployed, stored, standing(video_id))
    with found[DISPATCH].on(monkeypatch):
        functions.dispatch_videos.handler(deployed.event("dispatch_videos"), CONTEXT)
    with found[LOOK].on(monkeypatch):
        assert deployed.see(video_id)["status"] == "completed"

    assert {step: metered(meter, VIDEO[step]) for step, meter in found.items()} == VIDEO


@pytest.mark.parametrize("function", TICKS)
def test_a_quiet_minute_asks_of_aws_what_the_page_counts(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    name, handler = {
        "DispatchVideos": ("dispatch_videos", functions.dispatch_videos.handler),
        "ReconcileVideos": ("reconcile_videos", functions.reconcile_videos.handler),
    }[function]

    with Meter().on(monkeypatch) as meter:
        handler(deployed.event(name), CONTEXT)

    assert metered(meter, TICKS[function]) == TICKS[function]


def test_the_page_is_what_template_and_measurements_come_to() -> None:
    assert PAGE.read_text() == page(counted(transformed()), measured()), "make costs writes it anew"


def test_an_idle_month_and_a_video_cost_no_more_than_was_promised() -> None:
    assert total(idle_month(counted(transformed()), measured())) <= IDLE_MONTH_USD
    assert total(one_video(measured(), cold=True)) <= VIDEO_USD


def test_every_alarm_polled_queue_and_tick_of_the_template_is_counted() -> None:
    stack = counted(transformed())
    rates = [each.get("ScheduleExpression") for each in of_type("AWS::Events::Rule").values()]

    assert stack.alarms == len(of_type("AWS::CloudWatch::Alarm"))
    assert stack.polled_queues == 2
    assert len(stack.ticks) == len([rate for rate in rates if rate])
    assert not of_type("AWS::KMS::Key")
    assert not of_type("AWS::CloudWatch::Dashboard")


def test_each_function_was_measured_with_the_memory_that_it_has_and_needs_no_more() -> None:
    assert set(measured()) == set(FUNCTIONS)
    for name, function in measured().items():
        about = of_type("AWS::Lambda::Function")[name]
        assert about["MemorySize"] == function.memory_mb
        assert function.peak_mib < function.memory_mb


def test_each_function_has_a_size_that_was_swept_and_is_not_too_small() -> None:
    swept = json.loads((FOLDER / "sweep.json").read_text())
    for name in FUNCTIONS:
        at = swept["functions"][name][str(of_type("AWS::Lambda::Function")[name]["MemorySize"])]
        assert not at["too_small"]
        assert at["peak_mib"] + swept["margin_mib"] <= of_type("AWS::Lambda::Function")[name]["MemorySize"]


def test_the_page_says_of_every_function_why_it_has_its_memory() -> None:
    chosen = {name: choice.memory_mb for choice in CHOICES for name in choice.functions}
    assert chosen == {name: about["MemorySize"] for name, about in of_type("AWS::Lambda::Function").items()}


def test_own_work_is_what_was_measured_with_that_share_or_else_reckoned() -> None:
    swept = Measured(512, 0.0, cpu_ms=10.0, peak_mib=60.0, at={512: At(100.0, 25.0, too_small=False)})
    waits = Work(trips=2, provider_seconds=1.0)

    assert seconds(swept, waits) == pytest.approx(0.025 * SLOWER + 2 * TRIP_SECONDS + 1.0)
    assert seconds(swept, Work(), FULL_MB // 2) == pytest.approx(0.010 * SLOWER * FULL_MB / (FULL_MB // 2))
    assert (first_seconds(swept, 512), first_seconds(swept, 256)) == (0.1 * SLOWER, None)


def test_a_line_is_its_count_times_its_price() -> None:
    [line] = [one for one in idle_month(counted(transformed()), measured()) if one.about == "alarms"]

    assert line == Line("alarms", len(of_type("AWS::CloudWatch::Alarm")), line.price)
    assert line.usd == pytest.approx(0.10 * len(of_type("AWS::CloudWatch::Alarm")))

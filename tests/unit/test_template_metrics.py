"""An alarm on one of our own metrics watches what the functions write to their logs: same namespace, name, dimensions."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelhook.domain.answers import Refused, Running
from reelhook.domain.errors.results import UnknownOriginError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.journal import ATTENTION, Metric
from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.writes import Write
from reelhook.observability import PowertoolsJournal, instrumented
from tests.builders import LINK, NOW, TASK_ID, VIDEO_ID, a_video, an_error
from tests.template import FUNCTIONS, of_type, properties, written
from tests.unit.world import World

SERVICE = os.environ["POWERTOOLS_SERVICE_NAME"]


def overdue(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW - 901 * SECOND))
    world.tick()


def unheard_of(world: World) -> None:
    world.videos.plant(a_video(State.SUBMITTING, sent_at=NOW, due_at=NOW + 20 * MINUTE))
    world.tick(after=20 * MINUTE)


def outlasted(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 25 * HOUR))
    world.provider.answers_task(TASK_ID, Running("processing"))
    world.tick()


def lost(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, result_at=NOW - 2 * DAY, due_at=NOW))
    world.tick()


def elsewhere(world: World) -> None:
    world.results.links[LINK] = UnknownOriginError("https://evil.example")
    transferred(world)


def occupied(world: World) -> None:
    key, other = f"videos/{VIDEO_ID}/0.mp4", ObjectIdentity(VIDEO_ID, "other")
    world.media.stored[key] = StoredObject(1, "video/mp4", "x", "FULL_OBJECT", other)
    transferred(world)


def transferred(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY))
    world.transfers.from_queue(VIDEO_ID, NOW + 280 * SECOND)


def broke(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=True)]
    world.submit()


def poisoned(world: World) -> None:
    def fault(_write: Write, _after: bool) -> None:
        raise ZeroDivisionError

    world.videos.fault = fault
    overdue(world)


def from_the_future(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW))
    world.videos.spoil(VIDEO_ID, state="baking")
    world.tick()


def surprised(_world: World) -> None:
    raise ZeroDivisionError


SCENES: dict[Metric, Callable[[World], None]] = {
    Metric.VIDEOS_OVERDUE: overdue,
    Metric.SUBMIT_UNKNOWN: unheard_of,
    Metric.VIDEO_EXPIRED: outlasted,
    Metric.TRANSFER_FAILED: lost,
    Metric.UNKNOWN_ORIGIN: elsewhere,
    Metric.OBJECT_CONFLICT: occupied,
    Metric.ACCOUNT_PROBLEM: broke,
    Metric.ITEM_POISONED: poisoned,
    Metric.UNKNOWN_STATE: from_the_future,
    Metric.FUNCTION_FAILED: surprised,
}


def reported(scene: Callable[[World], None], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The embedded metrics that a function writes to its log while this happens."""
    world, real = World(), PowertoolsJournal()

    @instrumented
    def handler(_event: dict[str, Any], _context: LambdaContext) -> None:
        try:
            scene(world)
        finally:
            for metric, value in world.journal.counts.items():
                real.count(metric, value)

    class Context(LambdaContext):
        _function_name, _memory_limit_in_mb, _aws_request_id = "handler", 128, "request-1"
        _invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:handler"

    with suppress(ZeroDivisionError):
        handler({}, Context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    return [line for line in lines if "_aws" in line]


def test_everything_that_needs_attention_has_its_scene_and_the_alarm_is_the_only_one_of_ours() -> None:
    alarms = of_type("AWS::CloudWatch::Alarm")

    assert set(SCENES) == ATTENTION
    assert [name for name, about in alarms.items() if not about["Namespace"].startswith("AWS/")] == [
        "AttentionNeededAlarm"
    ]


@pytest.mark.parametrize("metric", SCENES)
def test_the_alarm_watches_what_is_written_when_it_happens_and_the_log_names_it(
    metric: Metric, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[tuple[str, object]]()
    monkeypatch.setattr(PowertoolsJournal, "warn", lambda _, text, **fields: said.append((text, fields)))
    alarm = properties("AttentionNeededAlarm")
    (record,) = reported(SCENES[metric], capsys)
    (told,) = record["_aws"]["CloudWatchMetrics"]
    watched = {each["Name"]: SERVICE for each in alarm["Dimensions"]}

    assert told["Namespace"] == alarm["Namespace"]
    assert {alarm["MetricName"], metric} <= {each["Name"] for each in told["Metrics"]}
    assert [{name: record[name] for name in each} for each in told["Dimensions"]] == [watched]
    assert sum(record[alarm["MetricName"]]) >= sum(record[metric]) > 0
    assert ("attention needed", {"symptom": metric}) in said


def test_a_round_that_finds_nothing_writes_no_metric_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(World.tick, capsys) == []


def test_trouble_of_aws_that_passes_needs_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    def down(_world: World) -> None:
        raise StoreError("down")

    with pytest.raises(StoreError):
        reported(down, capsys)
    assert "AttentionNeeded" not in capsys.readouterr().out


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_reports_under_the_name_that_the_alarm_watches(function: str) -> None:
    settings = properties(function)["Environment"]["Variables"]
    watched = {written(each["Value"]) for each in properties("AttentionNeededAlarm")["Dimensions"]}

    assert {written(settings["POWERTOOLS_SERVICE_NAME"])} == watched
    assert settings["POWERTOOLS_METRICS_NAMESPACE"] == os.environ["POWERTOOLS_METRICS_NAMESPACE"]

"""S3's event as EventBridge delivers it, read strictly: what is none is never taken for a drop."""

import copy
import json
from typing import Any

import pytest

from reelhook.api.drop_event import read_drop_event
from reelhook.domain.errors.drops import UnreadableEventError
from tests.api import EVENTS

EVENT: dict[str, Any] = json.loads((EVENTS / "submit_drop.json").read_text())


def changed(path: str, value: object) -> dict[str, Any]:
    """The committed event with one member changed; none (`...`) takes it out."""
    event = copy.deepcopy(EVENT)
    *parents, last = path.split(".")
    part = event
    for name in parents:
        part = part[name]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return event


def test_the_committed_event_is_a_drop_whose_key_is_as_it_was_put() -> None:
    arrival = read_drop_event(EVENT, "inboxbucket")

    assert arrival.drop.key == "drops/demo/Köln am Rhein/still 1+2.png"
    assert arrival.drop.owner == "demo"
    assert arrival.drop.version_id == "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e"
    assert arrival.drop.time == 1_796_117_472_000
    assert arrival.drop.sequencer == "00617F08299329D189"
    assert arrival.etag == "6a2c4b8c1f3e5d7990b1c2d3e4f50617"


def test_without_versions_there_is_none_and_the_sequencer_tells_drops_apart() -> None:
    first = read_drop_event(changed("detail.object.version-id", ...), "inboxbucket").drop
    event = changed("detail.object.version-id", ...)
    event["detail"]["object"]["sequencer"] = "00617F08299329D18A"
    second = read_drop_event(event, "inboxbucket").drop

    assert first.version_id is None
    assert first.video_id != second.video_id


def test_the_same_event_however_it_is_written_is_the_same_drop() -> None:
    event = changed("detail.object.sequencer", "00617f08299329d189")
    event["detail"]["object"]["etag"] = '"6a2c4b8c1f3e5d7990b1c2d3e4f50617"'
    event["detail"]["new-member"] = {"of": "AWS"}
    event["time"] = "2026-12-01T10:31:12+01:00"

    assert read_drop_event(event, "inboxbucket") == read_drop_event(EVENT, "inboxbucket")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("source", "aws.ec2"),
        ("source", ...),
        ("detail-type", "Object Deleted"),
        ("time", "yesterday"),
        ("time", "2026-12-01T09:31:12"),
        ("detail", []),
        ("detail.bucket", ...),
        ("detail.object.key", ""),
        ("detail.object.key", 7),
        ("detail.object.etag", ...),
        ("detail.object.sequencer", "not hex"),
        ("detail.object.sequencer", ...),
        ("detail.object.version-id", ""),
    ],
)
def test_what_is_no_event_of_a_new_object_is_refused_by_its_place(path: str, value: object) -> None:
    with pytest.raises(UnreadableEventError, match=r"no event of S3's: "):
        read_drop_event(changed(path, value), "inboxbucket")


@pytest.mark.parametrize("event", [{}, {"Records": []}, {"source": None}])
def test_an_event_of_any_shape_is_refused_and_its_content_is_not_repeated(event: dict[str, Any]) -> None:
    with pytest.raises(UnreadableEventError) as refused:
        read_drop_event(event, "inboxbucket")

    assert "Records" not in str(refused.value)


def test_another_buckets_event_is_refused() -> None:
    with pytest.raises(UnreadableEventError, match="another bucket"):
        read_drop_event(EVENT, "another")

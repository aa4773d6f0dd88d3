"""docs/events.md: its example is an event as the code makes it, and it names every kind."""

import json
import re

import yaml

from reelhook.adapters.changes import read_changes
from reelhook.api.events import event_object
from reelhook.domain.events import EventType, public_change
from reelhook.domain.ports.events import Change
from tests.api import EVENTS
from tests.template import ROOT, source

PAGE = (ROOT / "docs" / "events.md").read_text()


def test_the_example_is_what_becomes_of_the_committed_record() -> None:
    [change] = read_changes(json.loads((EVENTS / "publish_events.json").read_text()))
    assert isinstance(change, Change)
    told = public_change(change.before, change.after, change.at)
    assert told is not None
    [block] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)

    assert json.loads(block) == {**event_object(told), "owner": told.video.owner}


def test_every_kind_has_its_row() -> None:
    assert re.findall(r"^\| `(video\.\w+)` \|", PAGE, re.MULTILINE) == list(EventType)


def test_the_times_it_promises_are_the_templates() -> None:
    changes = source()["Resources"]["PublishEvents"]["Properties"]["Events"]["Changes"]["Properties"]

    assert changes["MaximumRecordAgeInSeconds"] == 2 * 3600
    assert "for two hours" in PAGE


def test_its_stack_listens_to_what_is_sent() -> None:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_scalar(node))
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    rule = yaml.load(block, Loader)["Resources"]["ToTheTopic"]["Properties"]  # noqa: S506 - a safe loader

    assert rule["EventPattern"]["source"] == ["reelhook"]
    assert set(rule["EventPattern"]["detail-type"]) <= set(EventType)

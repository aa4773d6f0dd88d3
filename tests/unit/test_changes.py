"""The stream's records as Lambda hands them over: the committed event, and whatever else may be in one."""

import json
from typing import Any

import pytest

from reelhook.adapters.changes import read_changes
from reelhook.adapters.items.videos import tombstone_to_item, video_to_item
from reelhook.domain.errors.running import UnknownStateError, UnreadableItemError
from reelhook.domain.ports.events import Change, UnreadableChange
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import State
from tests.api import EVENTS
from tests.builders import NOW, VIDEO_ID, a_video

STORED = a_video(State.STORED)


def record(new: Any = None, old: Any = None, at: Any = NOW // 1000, number: str = "1") -> dict[str, Any]:
    images = {"NewImage": new, "OldImage": old}
    told = {name: image for name, image in images.items() if image is not None}
    return {"dynamodb": {"SequenceNumber": number, "ApproximateCreationDateTime": at, **told}}


def read(*records: Any) -> list[Any]:
    return list(read_changes({"Records": list(records)}))


def test_the_committed_event_is_a_video_that_was_stored() -> None:
    [change] = read_changes(json.loads((EVENTS / "publish_events.json").read_text()))

    assert isinstance(change, Change)
    assert change.before is not None
    assert (change.before.state, change.after.state) == (State.TRANSFERRING, State.STORED)
    assert (change.number, change.at) == ("111000000000000000000007", 1796117655_000)


def test_images_are_videos_as_they_were_written() -> None:
    before = a_video(State.TRANSFERRING)

    assert read(record(video_to_item(STORED), video_to_item(before))) == [Change("1", NOW, before, STORED)]
    assert read(record(video_to_item(STORED))) == [Change("1", NOW, None, STORED)]


@pytest.mark.parametrize("at", [NOW / 1000, NOW / 1000 + 0.25])
def test_a_time_may_have_a_fraction(at: float) -> None:
    [change] = read(record(video_to_item(STORED), at=at))

    assert change.at == round(at * 1000)


def test_what_is_no_video_is_passed_over() -> None:
    tombstone = tombstone_to_item(Tombstone(VIDEO_ID, "owner-1", NOW, NOW, 7))
    gate = {"pk": {"S": "gate#apixo"}, "sk": {"S": "gate"}, "kind": {"S": "gate"}}

    assert read(record(tombstone, video_to_item(STORED)), record(gate), record(None, gate), {}) == []
    assert list(read_changes({})) == []


@pytest.mark.parametrize(
    ("new", "old", "at", "reason"),
    [
        (video_to_item(STORED) | {"state": {"S": "baking"}}, None, 1, UnknownStateError),
        (video_to_item(STORED), video_to_item(STORED) | {"state": {"S": "baking"}}, 1, UnknownStateError),
        (video_to_item(STORED) | {"owner": {"N": "7"}}, None, 1, UnreadableItemError),
        (video_to_item(STORED), None, None, UnreadableItemError),
        (video_to_item(STORED), None, "yesterday", UnreadableItemError),
        (video_to_item(STORED), None, True, UnreadableItemError),
    ],
)
def test_what_cannot_be_read_is_told_as_such_and_the_next_one_is_read(
    new: Any, old: Any, at: Any, reason: type[Exception]
) -> None:
    first, second = read(record(new, old, at), record(video_to_item(STORED), number="2"))

    assert isinstance(first, UnreadableChange)
    assert isinstance(first.reason, reason)
    assert second == Change("2", NOW, None, STORED)

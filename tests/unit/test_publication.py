"""Records of the stream become events, once each if all goes well, and again from where it did not."""

from collections.abc import Callable, Mapping

import pytest

from reelhook.api.events import event_object, stream_answer
from reelhook.domain.errors.running import StoreError, UnknownStateError, UnreadableItemError
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.ledger import Reservation
from reelhook.domain.ports.events import Change, StreamRecord, UnreadableChange
from reelhook.domain.ports.journal import Metric
from reelhook.domain.video import State, Video
from reelhook.use_cases.publication import Announcing, Follower, Publication, Settling
from reelhook.use_cases.settlement import Settlement
from tests.builders import NOW, VIDEO_ID, a_video, a_video_id
from tests.fakes import RecordingEventBus
from tests.unit.world import World, once

HELD = Reservation("2026-11-21", 780_000, ("account",))


def ended(number: int = 1, state: State = State.STORED) -> Change:
    """Record `number`: that video has just come to an end."""
    video_id = a_video_id(number)
    return Change(str(number), NOW, a_video(State.TRANSFERRING, video_id), a_video(state, video_id))


class Published:
    """A publication over fakes."""

    def __init__(self, *others: Follower) -> None:
        self.world, self.bus = World(), RecordingEventBus()
        journal = self.world.journal
        settling = Settling(self.world.settlement, journal)
        self.publication = Publication([settling, *others, Announcing(self.bus, event_object)], journal)

    def publish(self, *records: StreamRecord) -> str | None:
        return self.publication.publish(records)

    @property
    def ids(self) -> list[object]:
        return [detail["id"] for _, _, detail in self.bus.events]


@pytest.fixture
def published() -> Published:
    return Published()


def test_an_event_carries_the_video_its_owner_and_the_time_of_the_change(published: Published) -> None:
    assert published.publish(ended()) is None

    [(event_type, at, detail)] = published.bus.events
    assert (event_type, at, detail["owner"]) == ("video.completed", NOW, "owner-1")
    assert {**detail} == {
        **event_object(PublicChange(a_video(State.STORED, a_video_id(1)), EventType.COMPLETED, at)),
        "owner": "owner-1",
    }


def test_records_are_told_in_their_order_and_what_changed_nothing_is_not(published: Published) -> None:
    settled = Change("2", NOW, a_video(State.STORED), a_video(State.STORED))

    assert published.publish(ended(1), settled, ended(3, State.FAILED)) is None

    assert published.ids == [f"evt_{a_video_id(1)}_completed", f"evt_{a_video_id(3)}_failed"]


def test_the_first_record_that_fails_comes_again_with_all_behind_it(published: Published) -> None:
    published.bus.refused = {f"evt_{a_video_id(2)}_completed"}

    assert published.publish(ended(1), ended(2), ended(3)) == "2"
    assert published.ids == [f"evt_{a_video_id(1)}_completed"]

    published.bus.refused = set()
    assert published.publish(ended(2), ended(3)) is None
    assert published.ids == [f"evt_{a_video_id(number)}_completed" for number in (1, 2, 3)]


def test_the_stream_is_told_the_number_of_that_record() -> None:
    assert stream_answer("111000001") == {"batchItemFailures": [{"itemIdentifier": "111000001"}]}
    assert stream_answer(None) == {"batchItemFailures": []}


@pytest.mark.parametrize(
    ("reason", "metric"),
    [
        (UnknownStateError(VIDEO_ID, "baking"), Metric.UNKNOWN_STATE),
        (UnreadableItemError(VIDEO_ID, "state is missing"), Metric.ITEM_POISONED),
    ],
)
def test_what_no_repetition_makes_readable_is_counted_and_holds_nobody_up(
    published: Published, reason: UnknownStateError | UnreadableItemError, metric: Metric
) -> None:
    assert published.publish(UnreadableChange("1", reason), ended(2)) is None

    assert published.world.journal.counts == {metric: 1}
    assert published.ids == [f"evt_{a_video_id(2)}_completed"]


def held(number: int = 1, state: State = State.STORED) -> Video:
    return a_video(state, a_video_id(number), reservation=HELD)


def test_an_end_settles_what_the_video_held(published: Published) -> None:
    published.world.videos.plant(held())

    published.publish(Change("1", NOW, a_video(State.TRANSFERRING, a_video_id(1)), held()))

    assert published.world.see(held()).reservation is None


def unclear(world: World) -> None:
    world.videos.fault = once("T16", after=False)


def broken(world: World) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError

    world.videos.fault = fault


def unreadable(world: World) -> None:
    world.videos.spoil(a_video_id(1), state="baking")


@pytest.mark.parametrize("trouble", [unclear, broken, unreadable])
def test_a_settlement_that_fails_in_whatever_way_holds_no_event_back(
    published: Published, trouble: Callable[[World], None]
) -> None:
    published.world.videos.plant(held())
    trouble(published.world)

    assert published.publish(Change("1", NOW, a_video(State.TRANSFERRING, a_video_id(1)), held())) is None

    assert published.ids == [f"evt_{a_video_id(1)}_completed"]
    assert published.world.videos.items
    assert "T16" not in published.world.videos.applied


def test_a_video_that_waits_is_not_settled(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Video] = []
    monkeypatch.setattr(Settlement, "try_to_settle", lambda _self, video: tried.append(video))

    published.publish(Change("1", NOW, None, held(1, State.QUEUED)), ended(2))

    assert [video.video_id for video in tried] == [a_video_id(2)]


class Failing:
    """A follower that fails so many times, with whatever it likes."""

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.seen = list(errors), list[str]()

    def follow(self, change: PublicChange) -> None:
        self.seen.append(change.id)
        if self.errors:
            raise self.errors.pop(0)


def test_a_follower_that_fails_brings_the_record_back_and_the_bus_is_not_told_twice() -> None:
    follower = Failing(StoreError("SQS: no answer"), ZeroDivisionError())
    published = Published(follower)

    assert [published.publish(ended()) for _ in range(3)] == ["1", "1", None]

    assert follower.seen == [f"evt_{a_video_id(1)}_completed"] * 3
    assert published.ids == [f"evt_{a_video_id(1)}_completed"]
    assert [fields["reason"] for _, fields in published.world.journal.warnings] == [
        "StoreError",
        "ZeroDivisionError",
    ]


def test_no_line_of_the_log_holds_a_prompt(published: Published) -> None:
    published.bus.refused = {f"evt_{a_video_id(1)}_completed"}
    published.publish(ended())
    published.bus.refused = set()
    published.publish(ended())

    lines: list[tuple[str, Mapping[str, object]]] = [
        *published.world.journal.notes,
        *published.world.journal.warnings,
    ]
    assert {message for message, _ in lines} == {"event", "event comes again"}
    assert "lighthouse" not in str(lines)

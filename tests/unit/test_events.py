"""Which changes of a video are told, under which id, and how large an event can get."""

import json
from decimal import Decimal
from itertools import pairwise, product

import pytest

from reelhook.api.body import MAX_METADATA, MAX_METADATA_VALUE, MAX_NAME, MAX_USER
from reelhook.api.events import event_object
from reelhook.domain.events import EventType, PublicChange, public_change
from reelhook.domain.price import Usage
from reelhook.domain.time import SECOND
from reelhook.domain.video import State, Video
from tests.builders import NOW, VIDEO_ID, a_request, a_video, an_artifact, an_error

PUBLIC = {  # as the API's page has it
    State.QUEUED: "queued",
    State.SUBMITTING: "in_progress",
    State.SUBMITTED: "in_progress",
    State.RESULT_READY: "in_progress",
    State.TRANSFERRING: "in_progress",
    State.STORED: "completed",
    State.FAILED: "failed",
    State.REJECTED: "failed",
    State.TRANSFER_FAILED: "failed",
    State.CANCELED: "canceled",
    State.EXPIRED: "expired",
}
ENDS = [state for state, status in PUBLIC.items() if status not in ("queued", "in_progress")]
LIMIT = 256 * 1024  # of one entry of PutEvents


@pytest.mark.parametrize(("before", "after"), list(product(State, ENDS)))
def test_an_end_is_told_where_the_owner_saw_something_else_before(before: State, after: State) -> None:
    told = public_change(a_video(before), a_video(after), NOW)

    if PUBLIC[before] == PUBLIC[after]:
        assert told is None
    else:
        assert told is not None
        assert (told.id, told.type) == (f"evt_{VIDEO_ID}_{PUBLIC[after]}", f"video.{PUBLIC[after]}")
        assert told.final


@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("after", [state for state in State if PUBLIC[state] == "in_progress"])
def test_being_in_progress_is_never_told(before: State | None, after: State) -> None:
    assert public_change(None if before is None else a_video(before), a_video(after), NOW) is None


def test_a_new_video_in_the_queue_is_told() -> None:
    told = public_change(None, a_video(State.QUEUED), NOW)

    assert told is not None
    assert (told.type, told.final) == (EventType.QUEUED, False)


def test_a_video_that_a_429_sends_back_to_the_queue_is_told_the_first_time_only() -> None:
    first = public_change(a_video(State.SUBMITTING), a_video(State.QUEUED), NOW)
    waited = a_video(State.SUBMITTING, queued_order="it has been there")

    assert first is not None
    assert public_change(waited, a_video(State.QUEUED), NOW) is None


def opened_again(state: State) -> Video:
    return a_video(state, expired_at=NOW)


def test_an_expired_video_stays_so_until_its_late_success_is_stored_and_both_are_told() -> None:
    steps = [
        a_video(State.TRANSFERRING),
        opened_again(State.EXPIRED),
        opened_again(State.RESULT_READY),
        opened_again(State.TRANSFERRING),
        opened_again(State.STORED),
    ]
    told = [public_change(*step, NOW) for step in pairwise(steps)]

    assert [change and change.type for change in told] == [
        EventType.EXPIRED,
        None,
        None,
        EventType.COMPLETED,
    ]


def test_what_the_operator_opens_again_is_told_when_it_ends() -> None:
    given_up, open_again = a_video(State.TRANSFER_FAILED), a_video(State.RESULT_READY)

    assert public_change(given_up, open_again, NOW) is None
    assert public_change(opened_again(State.TRANSFER_FAILED), opened_again(State.RESULT_READY), NOW) is None
    told = public_change(open_again, a_video(State.STORED), NOW)
    assert told is not None
    assert told.type is EventType.COMPLETED


def test_an_event_holds_the_video_as_its_owner_sees_it() -> None:
    video = a_video(State.STORED, completed_at=NOW)

    told = event_object(PublicChange(video, EventType.COMPLETED, NOW + 1_999))

    data = told.pop("data")
    assert told == {
        "id": f"evt_{VIDEO_ID}_completed",
        "object": "event",
        "type": "video.completed",
        "created_at": NOW // SECOND + 1,
    }
    assert (data["id"], data["status"], data["progress"]) == (VIDEO_ID, "completed", 100)
    assert data["artifacts"] == [{"index": 0, "type": "video", "size": 1_000, "content_type": "video/mp4"}]


@pytest.mark.parametrize("character", ["\x01", "\U0001f600", '"'])
def test_the_largest_event_has_room_on_the_bus(character: str) -> None:
    """A control character takes the most bytes of all: six."""
    metadata = {
        f"{number:02d}" + character * (MAX_NAME - 2): character * MAX_METADATA_VALUE
        for number in range(MAX_METADATA)
    }
    request = a_request(
        prompt=character * 10_000,
        metadata=metadata,
        user=character * MAX_USER,
        size=character * 64,
        resolution=character * 64,
        aspect_ratio=character * 64,
    )
    artifacts = tuple(an_artifact(index=number, content_type="x" * 200) for number in range(16))
    usage = Usage(str(Decimal(10) ** 20), "USD", "x" * 2_000, estimated=True)
    error = an_error(message="x" * 2_000)
    video = a_video(
        State.FAILED, owner="o" * 63, request=request, artifacts=artifacts, usage=usage, error=error
    )

    told = {**event_object(PublicChange(video, EventType.FAILED, NOW)), "owner": video.owner}

    size = len(json.dumps(told, ensure_ascii=False).encode())
    assert 10_000 < size < LIMIT - 100_000

"""What an owner may end: a video that waits is canceled, one that has come to its end is deleted; nothing else is."""

from typing import Any

import pytest

from reelhook.domain.answers import Refused
from reelhook.domain.errors.requests import (
    VideoGoneError,
    VideoNotCancelableError,
    VideoNotFinalError,
    VideoNotFoundError,
)
from reelhook.domain.errors.running import StoreError
from reelhook.domain.gate import close
from reelhook.domain.ports.journal import Metric
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import DAY, MINUTE
from reelhook.domain.video import FINAL_STATES, State, Video
from reelhook.domain.writes import Write
from tests.builders import NOW, VIDEO_ID, a_request, a_video, an_error
from tests.unit.world import World, once

OWNER = "owner-1"
UNDER_WAY = [State.SUBMITTING, State.SUBMITTED, State.RESULT_READY, State.TRANSFERRING]


@pytest.fixture
def world() -> World:
    return World()


def standing(world: World, state: State, **changes: Any) -> Video:
    video = a_video(state, **changes)
    world.videos.plant(video)
    return video


def test_a_queued_video_is_canceled_and_never_sent(world: World) -> None:
    standing(world, State.QUEUED)

    video = world.ending.cancel(OWNER, VIDEO_ID)

    assert (video.state, video.queue, video.open, video.due_at) == (State.CANCELED, None, None, None)
    world.dispatch_tick()
    world.tick(8 * DAY)
    assert world.provider.sent == []
    assert world.state(video) is State.CANCELED


def test_a_canceled_video_is_kept_as_long_as_any_final_one() -> None:
    world = World(retention_days=20)
    standing(world, State.QUEUED)

    assert world.ending.cancel(OWNER, VIDEO_ID).ttl == (NOW + 20 * DAY) // 1000


def test_canceling_twice_is_canceling_once(world: World) -> None:
    standing(world, State.QUEUED)

    assert world.ending.cancel(OWNER, VIDEO_ID) == world.ending.cancel(OWNER, VIDEO_ID)
    assert world.videos.applied == ["T14"]


@pytest.mark.parametrize("after", [False, True])
def test_a_cancel_that_the_table_did_not_answer_is_made_again(world: World, after: bool) -> None:
    standing(world, State.QUEUED)
    world.videos.fault = once("T14", after=after)

    assert world.ending.cancel(OWNER, VIDEO_ID).state is State.CANCELED


def test_a_cancel_that_nobody_answers_is_no_cancel(world: World) -> None:
    video = standing(world, State.QUEUED)

    def down(write: Write, _after: bool) -> None:
        raise StoreError(write.name)

    world.videos.fault = down
    with pytest.raises(StoreError):
        world.ending.cancel(OWNER, VIDEO_ID)
    assert world.state(video) is State.QUEUED


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_video_that_was_sent_is_not_canceled_and_the_reason_is_the_providers(
    world: World, state: State
) -> None:
    video = standing(world, state)

    with pytest.raises(VideoNotCancelableError, match="provider offers no cancel"):
        world.ending.cancel(OWNER, VIDEO_ID)
    assert world.see(video) == video


@pytest.mark.parametrize("state", sorted(FINAL_STATES - {State.CANCELED}))
def test_a_video_at_its_end_is_not_canceled(world: World, state: State) -> None:
    standing(world, state)

    with pytest.raises(VideoNotCancelableError, match="only a queued one can be canceled"):
        world.ending.cancel(OWNER, VIDEO_ID)


def test_a_success_of_what_was_canceled_unsent_is_counted_and_changes_nothing(world: World) -> None:
    """The provider had said 429, and taken it all the same."""
    video = standing(world, State.QUEUED)
    world.ending.cancel(OWNER, VIDEO_ID)

    assert world.deliver(video) == 200
    assert world.state(video) is State.CANCELED
    assert world.provider.looked_up == []
    assert world.journal.counts[Metric.LATE_RESULT] == 1


@pytest.mark.parametrize("state", sorted(FINAL_STATES))
def test_a_final_video_is_deleted_once(world: World, state: State) -> None:
    standing(world, state)

    world.ending.delete(OWNER, VIDEO_ID)

    assert world.videos.tombstone(VIDEO_ID) is not None
    with pytest.raises(VideoNotFoundError):
        world.ending.delete(OWNER, VIDEO_ID)
    with pytest.raises(VideoNotFoundError):
        world.ending.cancel(OWNER, VIDEO_ID)


def test_a_tombstone_holds_nothing_of_the_request_or_the_result(world: World) -> None:
    standing(world, State.STORED)
    world.ending.delete(OWNER, VIDEO_ID)

    [item] = world.videos.items.values()
    assert set(item) == {
        "pk",
        "kind",
        "video_id",
        "owner",
        "created_at",
        "deleted_at",
        "ttl",
        "open",
        "due_at",
    }
    assert item["ttl"] == (NOW + 30 * DAY) // 1000


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        (State.QUEUED, {}, "cancel it first"),
        *((state, {}, "the provider offers no cancel; delete it once it has ended") for state in UNDER_WAY),
        (State.RESULT_READY, {"expired_at": NOW}, "late result of this video is just being stored"),
    ],
)
def test_a_video_that_has_not_ended_is_not_deleted_and_says_what_to_do(
    world: World, state: State, changes: dict[str, Any], words: str
) -> None:
    video = standing(world, state, **changes)

    with pytest.raises(VideoNotFinalError, match=words):
        world.ending.delete(OWNER, VIDEO_ID)
    assert world.see(video) == video


def test_a_video_that_was_opened_again_meanwhile_is_not_deleted(world: World) -> None:
    standing(world, State.TRANSFER_FAILED)

    def reopened(write: Write, after: bool) -> None:
        if write.name == "T17" and not after:
            standing(world, State.RESULT_READY)

    world.videos.fault = reopened
    with pytest.raises(VideoNotFinalError):
        world.ending.delete(OWNER, VIDEO_ID)
    assert world.videos.tombstone(VIDEO_ID) is None


@pytest.mark.parametrize("after", [False, True])
def test_a_deletion_that_the_table_did_not_answer_is_made_again(world: World, after: bool) -> None:
    standing(world, State.STORED)
    world.videos.fault = once("T17", after=after)

    world.ending.delete(OWNER, VIDEO_ID)

    assert world.videos.tombstone(VIDEO_ID) is not None


@pytest.mark.parametrize("call", ["cancel", "delete"])
@pytest.mark.parametrize("state", State)
def test_somebody_elses_video_is_not_there(world: World, call: str, state: State) -> None:
    video = standing(world, state)

    with pytest.raises(VideoNotFoundError):
        getattr(world.ending, call)("owner-2", VIDEO_ID)
    assert world.see(video) == video


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("request_again", [a_request(), a_request(seconds=6)])
def test_the_key_of_a_deleted_video_makes_no_new_one_whatever_is_asked(
    world: World, closed: bool, request_again: VideoRequest
) -> None:
    world.provider.submit_answers = [Refused(an_error())]
    video = world.submit("key-1")
    world.ending.delete(OWNER, video.video_id)
    if closed:
        world.gates.apply(close(world.gates.read("apixo"), world.clock(), 60, account=False))

    with pytest.raises(VideoGoneError):
        world.submit("key-1", request_again)
    assert len(world.provider.sent) == 1


def test_a_late_callback_about_a_deleted_video_is_taken_and_asks_nobody(world: World) -> None:
    video = standing(world, State.EXPIRED)
    world.ending.delete(OWNER, VIDEO_ID)

    assert world.deliver(video) == 200
    assert world.provider.looked_up == []
    assert world.videos.tombstone(VIDEO_ID) is not None


def test_an_expired_video_whose_hint_is_still_looked_into_may_be_deleted(world: World) -> None:
    standing(world, State.EXPIRED, asked=1, hinted_at=NOW, open="1", due_at=NOW + MINUTE)

    world.ending.delete(OWNER, VIDEO_ID)

    world.tick(MINUTE)
    assert world.provider.looked_up == []

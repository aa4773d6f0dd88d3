"""The store of videos: what is read, what is found through the indexes, and what cannot be read."""

from itertools import islice

import pytest

from reelhook.domain.errors.running import UnknownStateError
from reelhook.domain.lifecycle.sending import claim_queued
from reelhook.domain.time import SECOND
from reelhook.domain.video import State
from tests.builders import NOW, TIMING, VIDEO_ID, a_draft, a_video, a_video_id
from tests.contracts.aws import Videos


def test_nothing_is_read_where_nothing_is(videos: Videos) -> None:
    assert videos.store.read(VIDEO_ID) is None


@pytest.mark.parametrize("state", State)
def test_a_video_is_read_as_it_was_written(videos: Videos, state: State) -> None:
    video = a_video(state)
    videos.plant(video)

    assert videos.store.read(VIDEO_ID) == video


def test_a_tombstone_reads_as_no_video(videos: Videos) -> None:
    videos.plant(a_video(State.STORED))
    videos.spoil(VIDEO_ID, {"kind": "tombstone"})

    outcome = videos.store.apply(claim_queued(a_video(), "claim", NOW, TIMING))

    assert videos.store.read(VIDEO_ID) is None
    assert (outcome.applied, outcome.item) == (False, None)


def test_a_state_of_a_newer_deploy_is_named_and_left_alone(videos: Videos) -> None:
    videos.plant(a_video())
    videos.spoil(VIDEO_ID, {"state": "upscaling"})

    with pytest.raises(UnknownStateError) as read:
        videos.store.read(VIDEO_ID)
    with pytest.raises(UnknownStateError) as written:
        videos.store.apply(claim_queued(a_video(), "claim", NOW, TIMING))

    for raised in (read, written):
        assert (raised.value.video_id, raised.value.state) == (VIDEO_ID, "upscaling")


def test_an_attribute_of_a_newer_deploy_is_ignored_and_kept(videos: Videos) -> None:
    videos.plant(a_video(State.QUEUED))
    videos.spoil(VIDEO_ID, {"upscaled": "twice"})

    outcome = videos.store.apply(claim_queued(a_video(State.QUEUED), "claim", NOW, TIMING))

    assert outcome.applied
    assert outcome.item == videos.store.read(VIDEO_ID)


def test_what_is_due_comes_oldest_first_whatever_its_shard(videos: Videos) -> None:
    ids = [a_video_id(number) for number in range(12)]
    order = [7, 2, 9, 0, 11, 4, 1, 10, 3, 8, 5, 6]
    for place, number in enumerate(order):
        videos.plant(a_video(video_id=ids[number], open=str(number % 4), due_at=NOW - SECOND * (20 - place)))
    videos.plant(a_video(video_id=a_video_id(50), due_at=NOW + 1))
    videos.plant(a_video(State.STORED, a_video_id(51)))

    assert list(videos.store.due(NOW)) == [ids[number] for number in order]


def test_a_video_is_due_in_the_very_millisecond(videos: Videos) -> None:
    videos.plant(a_video(due_at=NOW))

    assert list(videos.store.due(NOW - 1)) == []
    assert list(videos.store.due(NOW)) == [VIDEO_ID]


def test_there_may_be_more_due_than_one_page_holds(videos: Videos) -> None:
    ids = [a_video_id(number) for number in range(240)]
    for place, video_id in enumerate(ids):
        videos.plant(a_video(video_id=video_id, open=str(place % 2), due_at=NOW - 1_000 + place))

    assert list(islice(videos.store.due(NOW), 3)) == ids[:3]
    assert list(videos.store.due(NOW)) == ids


def test_the_queue_is_a_providers_own_and_oldest_first(videos: Videos) -> None:
    ids = [a_video_id(number) for number in range(120)]
    for place, video_id in enumerate(reversed(ids)):
        ahead = f"{NOW + place:013d}#{video_id}"
        videos.plant(a_video(State.QUEUED, video_id, queued_order=ahead))
    videos.plant(a_video(State.QUEUED, a_video_id(200), queue="modellix"))
    videos.plant(a_video(State.SUBMITTING, a_video_id(201)))

    assert list(videos.store.queued("apixo")) == ids[::-1]
    assert list(videos.store.queued("modellix")) == [a_video_id(200)]
    assert list(videos.store.queued("nobody")) == []


def test_a_claimed_video_is_in_the_queue_no_more(videos: Videos) -> None:
    videos.plant(a_video(State.QUEUED))
    videos.store.apply(claim_queued(a_video(State.QUEUED), "claim", NOW, TIMING))

    assert list(videos.store.queued("apixo")) == []


def test_videos_are_found_by_their_task(videos: Videos) -> None:
    videos.plant(a_video(video_id=a_video_id(1), task_id="täsk/1"))
    videos.plant(a_video(video_id=a_video_id(2), task_id="task-2"))
    videos.plant(a_draft(a_video_id(3)))

    assert videos.store.with_task("täsk/1") == (a_video_id(1),)
    assert videos.store.with_task("task-3") == ()

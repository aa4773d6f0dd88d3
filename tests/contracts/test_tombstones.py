"""Tombstones: what a deletion leaves, when it is due, and that no write of a video ever touches one."""

import pytest

from reelhook.domain.lifecycle import ending
from reelhook.domain.time import DAY, MINUTE, SECOND
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import FINAL_STATES, State
from tests.builders import NOW, VIDEO_ID, a_request, a_video
from tests.contracts.aws import Videos
from tests.contracts.transitions import TRANSITIONS

THERE = Tombstone(VIDEO_ID, "owner-1", NOW - MINUTE, NOW, (NOW + 30 * DAY) // SECOND, "0", NOW)


@pytest.fixture
def deleted(videos: Videos) -> Videos:
    """A store whose one video, completed and an end user's, has been deleted."""
    video = a_video(State.STORED, request=a_request(user="mia"))
    videos.plant(video)
    assert videos.store.apply(ending.bury(video, NOW)).applied
    return videos


def test_where_no_video_was_deleted_there_is_no_tombstone(videos: Videos) -> None:
    assert videos.store.tombstone(VIDEO_ID) is None
    videos.plant(a_video())
    assert videos.store.tombstone(VIDEO_ID) is None


def test_a_tombstone_says_whose_it_was_and_where_it_stood_for_thirty_days_and_is_due_at_once(
    deleted: Videos,
) -> None:
    standing = deleted.store.tombstone(VIDEO_ID)

    assert standing is not None
    assert standing.open in ("0", "1", "2", "3")
    assert standing == Tombstone(
        **{name: getattr(THERE, name) for name in THERE.__slots__} | {"open": standing.open}
    )
    assert deleted.store.read(VIDEO_ID) is None
    assert list(deleted.store.due(NOW)) == [VIDEO_ID]
    assert deleted.store.with_task("task-1") == ()


@pytest.mark.parametrize("state", State)
def test_only_a_final_video_gives_way_to_a_tombstone(videos: Videos, state: State) -> None:
    video = a_video(state)
    videos.plant(video)

    outcome = videos.store.apply(ending.bury(video, NOW))

    assert outcome.applied == (state in FINAL_STATES)
    assert (videos.store.tombstone(VIDEO_ID) is None) != outcome.applied
    assert videos.store.read(VIDEO_ID) == (None if outcome.applied else video)


def test_an_expired_video_takes_its_hint_along(videos: Videos) -> None:
    video = a_video(State.EXPIRED, asked=2, hinted_at=NOW, open="1", due_at=NOW + MINUTE)
    videos.plant(video)

    assert videos.store.apply(ending.bury(video, NOW)).applied
    assert list(videos.store.due(NOW + DAY)) == [VIDEO_ID]


def test_a_second_deletion_is_refused_by_the_tombstone(deleted: Videos) -> None:
    outcome = deleted.store.apply(ending.bury(a_video(State.STORED), NOW + DAY))

    assert (outcome.applied, outcome.item) == (False, None)
    standing = deleted.store.tombstone(VIDEO_ID)
    assert standing is not None
    assert standing.deleted_at == NOW


def test_no_write_of_a_video_in_whatever_state_it_was_seen_touches_its_tombstone(deleted: Videos) -> None:
    before = deleted.store.tombstone(VIDEO_ID)

    for transition in TRANSITIONS:
        for state in transition.states or {State.SUBMITTING}:
            outcome = deleted.store.apply(transition.build(a_video(state)))
            assert (outcome.applied, outcome.item) == (False, None), transition.name
    assert deleted.store.tombstone(VIDEO_ID) == before


def test_a_tombstone_is_due_again_later_and_then_no_more(deleted: Videos) -> None:
    first = deleted.store.tombstone(VIDEO_ID)
    assert first is not None
    assert deleted.store.apply(ending.come_again(first, NOW + 16 * MINUTE)).applied
    assert list(deleted.store.due(NOW + 15 * MINUTE)) == []

    second = deleted.store.tombstone(VIDEO_ID)
    assert second is not None
    assert list(deleted.store.due(NOW + 16 * MINUTE)) == [VIDEO_ID]
    assert deleted.store.apply(ending.rest(second)).applied

    last = deleted.store.tombstone(VIDEO_ID)
    assert last is not None
    assert (last.open, last.due_at, last.owner) == (None, None, "owner-1")
    assert list(deleted.store.due(NOW + DAY)) == []


def test_where_a_tombstone_has_run_out_none_is_made_again(videos: Videos) -> None:
    for write in (ending.rest(THERE), ending.come_again(THERE, NOW + MINUTE)):
        assert not videos.store.apply(write).applied
    assert videos.store.tombstone(VIDEO_ID) is None


def test_a_video_is_never_settled_as_a_tombstone(videos: Videos) -> None:
    video = a_video(State.STORED, due_at=NOW)
    videos.plant(video)

    for write in (ending.rest(THERE), ending.come_again(THERE, NOW + MINUTE)):
        assert not videos.store.apply(write).applied
    assert videos.store.read(VIDEO_ID) == video

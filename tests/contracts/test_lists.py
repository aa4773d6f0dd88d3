"""Lists: an owner's videos and those of one of their end users, in both directions, from any place on."""

from dataclasses import replace

import pytest

from reelhook.domain.errors.running import UnknownStateError
from reelhook.domain.lifecycle.ending import bury
from reelhook.domain.lifecycle.sending import claim_new, claim_queued, enqueue_new
from reelhook.domain.listing import Listing, place
from reelhook.domain.time import DAY
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write
from tests.builders import NOW, TIMING, VIDEO_ID, a_draft, a_request, a_video, a_video_id
from tests.contracts.aws import Videos

OURS = Listing("owner-1", newest_first=False)


def a_listed(
    number: int, state: State = State.STORED, *, owner: str = "owner-1", user: str | None = None
) -> Video:
    """The videos of a test, a millisecond apart; their ids say nothing about their order."""
    video = a_video(state, a_video_id(99 - number), request=a_request(user=user))
    return replace(video, owner=owner, created_at=NOW + number)


def ids(*numbers: int) -> list[str]:
    return [a_video_id(99 - number) for number in numbers]


def test_an_owner_who_has_none_has_an_empty_list(videos: Videos) -> None:
    videos.plant(a_listed(1, owner="owner-2"))

    assert list(videos.store.listed(OURS)) == []


def test_a_list_is_the_owners_own_oldest_or_newest_first(videos: Videos) -> None:
    for number in (3, 1, 2):
        videos.plant(a_listed(number))
    videos.plant(a_listed(4, owner="owner-11"))

    assert list(videos.store.listed(OURS)) == ids(1, 2, 3)
    assert list(videos.store.listed(replace(OURS, newest_first=True))) == ids(3, 2, 1)


def test_videos_of_the_same_millisecond_are_in_the_order_of_their_ids(videos: Videos) -> None:
    twins = [replace(a_listed(number), created_at=NOW) for number in (1, 2, 3)]
    for video in twins:
        videos.plant(video)

    assert list(videos.store.listed(OURS)) == sorted(video.video_id for video in twins)


def test_a_list_goes_on_behind_a_place_whether_anything_stands_there_or_not(videos: Videos) -> None:
    for number in (1, 2, 4, 5):
        videos.plant(a_listed(number))
    behind = replace(OURS, after=place(NOW + 2, ids(2)[0]))
    nowhere = replace(OURS, after=place(NOW + 3, ids(3)[0]))

    assert list(videos.store.listed(behind)) == ids(4, 5)
    assert list(videos.store.listed(replace(behind, newest_first=True))) == ids(1)
    assert list(videos.store.listed(nowhere)) == ids(4, 5)
    assert list(videos.store.listed(replace(nowhere, newest_first=True))) == ids(2, 1)


def test_an_end_users_list_is_theirs_under_this_owner_only(videos: Videos) -> None:
    videos.plant(a_listed(1, user="mia"))
    videos.plant(a_listed(2, user="tom"))
    videos.plant(a_listed(3))
    videos.plant(a_listed(4, user="mia"))
    videos.plant(a_listed(5, owner="owner-2", user="mia"))
    mias = replace(OURS, user="mia")

    assert list(videos.store.listed(mias)) == ids(1, 4)
    assert list(videos.store.listed(replace(mias, after=place(NOW + 3, ids(3)[0])))) == ids(4)
    assert list(videos.store.listed(replace(OURS, user="nobody"))) == []


def test_only_videos_in_these_states_are_listed(videos: Videos) -> None:
    for number, state in enumerate(State):
        videos.plant(a_listed(number, state, user="mia"))
    chosen = frozenset({State.QUEUED, State.STORED, State.EXPIRED})
    expected = ids(*(number for number, state in enumerate(State) if state in chosen))

    assert list(videos.store.listed(replace(OURS, states=chosen))) == expected
    assert list(videos.store.listed(replace(OURS, states=chosen, user="mia"))) == expected


def test_a_list_may_be_longer_than_one_answer_of_the_index(videos: Videos) -> None:
    for number in range(99):
        videos.plant(a_listed(number))
        videos.plant(replace(a_listed(number), video_id=a_video_id(1_000 + number)))

    assert len(list(videos.store.listed(OURS))) == 198


@pytest.mark.parametrize(
    "write", [claim_new(a_draft(), "claim", NOW, TIMING), enqueue_new(a_draft(), "claim", DAY)]
)
def test_a_video_is_listed_from_its_first_write_on_and_by_its_newest_state(
    videos: Videos, write: Write
) -> None:
    videos.store.apply(write)
    videos.store.apply(claim_queued(a_draft(), "claim-2", NOW, TIMING))

    assert list(videos.store.listed(OURS)) == [VIDEO_ID]
    assert list(videos.store.listed(replace(OURS, states=frozenset({State.SUBMITTING})))) == [VIDEO_ID]


def test_a_deleted_video_is_in_no_list(videos: Videos) -> None:
    for number in (1, 2, 3):
        videos.plant(a_listed(number, user="mia"))
    videos.store.apply(bury(a_listed(2, user="mia"), NOW))

    assert list(videos.store.listed(OURS)) == ids(1, 3)
    assert list(videos.store.listed(replace(OURS, user="mia"))) == ids(1, 3)


def test_many_are_read_as_they_stand_and_what_is_no_video_is_left_out(videos: Videos) -> None:
    for number in (1, 2, 3):
        videos.plant(a_listed(number))
    videos.store.apply(bury(a_listed(2), NOW))

    assert videos.store.read_many(ids(3, 2, 1, 7)) == {
        ids(1)[0]: a_listed(1),
        ids(3)[0]: a_listed(3),
    }


def test_one_that_cannot_be_read_stands_as_the_reason(videos: Videos) -> None:
    videos.plant(a_listed(1))
    videos.plant(a_listed(2))
    videos.spoil(ids(2)[0], {"state": "upscaling"})

    found = videos.store.read_many(ids(1, 2))

    assert found[ids(1)[0]] == a_listed(1)
    assert isinstance(found[ids(2)[0]], UnknownStateError)


def test_a_hundred_are_read_at_once(videos: Videos) -> None:
    hundred = [a_video_id(number) for number in range(100)]
    for video_id in hundred:
        videos.plant(a_video(video_id=video_id))

    assert set(videos.store.read_many(hundred)) == set(hundred)

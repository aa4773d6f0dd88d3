"""A page of an owner's list: filled to its limit or the list's end, stable whatever comes and goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest

from reelhook.domain.errors.requests import InvalidRequestError
from reelhook.domain.lifecycle.ending import bury
from reelhook.domain.listing import Listing, PageRequest, states_of
from reelhook.domain.ports.journal import Metric
from reelhook.domain.ports.videos import Unusable
from reelhook.domain.time import MINUTE
from reelhook.domain.video import State, Status, Video
from reelhook.use_cases.lists import Lists
from tests.builders import NOW, a_request, a_video, a_video_id
from tests.fakes import InMemoryVideos, RecordingJournal


class Watched(InMemoryVideos):
    """Keeps how many items each read took, and may list what is not there (any more)."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []
        self.lagging: list[str] = []

    def listed(self, listing: Listing) -> Iterator[str]:
        return iter([*self.lagging, *super().listed(listing)])

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        self.batches.append(len(video_ids))
        return super().read_many(video_ids)


@pytest.fixture
def videos() -> Watched:
    return Watched()


@pytest.fixture
def journal() -> RecordingJournal:
    return RecordingJournal()


@pytest.fixture
def lists(videos: Watched, journal: RecordingJournal) -> Lists:
    return Lists(videos, journal)


def planted(videos: Watched, *numbers: int, state: State = State.STORED, owner: str = "owner-1") -> None:
    for number in numbers:
        video = replace(a_video(state, a_video_id(number)), owner=owner, created_at=NOW + number)
        videos.plant(video)


def shown(lists: Lists, **asked: object) -> tuple[list[int], bool]:
    """The numbers on a page, and whether there are more."""
    page = lists.page("owner-1", PageRequest(**asked))  # type: ignore[arg-type]
    return [video.created_at - NOW for video in page.videos], page.has_more


def test_an_empty_list_is_an_empty_page(lists: Lists, videos: Watched) -> None:
    planted(videos, 1, owner="owner-2")

    assert shown(lists) == ([], False)
    assert videos.batches == []


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(1, ([4], True)), (3, ([4, 3, 2], True)), (4, ([4, 3, 2, 1], False)), (100, ([4, 3, 2, 1], False))],
)
def test_a_page_holds_as_many_as_asked_for_and_says_whether_there_are_more(
    lists: Lists, videos: Watched, limit: int, expected: tuple[list[int], bool]
) -> None:
    planted(videos, 1, 2, 3, 4)

    assert shown(lists, limit=limit) == expected


def test_the_largest_page_is_read_in_as_few_batches_as_dynamodb_takes(lists: Lists, videos: Watched) -> None:
    planted(videos, *range(150))

    numbers, has_more = shown(lists, limit=100)

    assert (numbers, has_more) == (list(range(149, 49, -1)), True)
    assert videos.batches == [100, 1]


def walked(lists: Lists, limit: int, **asked: object) -> Iterator[int]:
    """Every page as an SDK asks for it: after the last one shown, for as long as there are more."""
    after = None
    while True:
        numbers, has_more = shown(lists, limit=limit, after=after, **asked)
        yield from numbers
        if not has_more:
            return
        assert numbers, "an SDK stops at an empty page"
        after = a_video_id(numbers[-1])


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_the_pages_of_a_list_hold_every_video_once(
    lists: Lists, videos: Watched, limit: int, newest_first: bool
) -> None:
    planted(videos, *range(8))

    expected = sorted(range(8), reverse=newest_first)
    assert list(walked(lists, limit, newest_first=newest_first)) == expected


def test_new_videos_and_deletions_move_nothing_on_later_pages(lists: Lists, videos: Watched) -> None:
    planted(videos, *range(8))
    pages = walked(lists, 2)
    first = [next(pages), next(pages)]
    planted(videos, 8, 9)
    for number in (6, 7, 3):  # the first page, its last one included, and one of the third
        standing = videos.read(a_video_id(number))
        assert standing is not None
        assert videos.apply(bury(standing, NOW)).applied

    assert first == [7, 6]
    assert list(pages) == [5, 4, 2, 1, 0]


@pytest.mark.parametrize("after", ["", "video_", "nonsense", a_video_id(404), "video_" + "A" * 26])
def test_a_place_that_is_no_video_of_this_owner_is_refused_by_name(
    lists: Lists, videos: Watched, after: str
) -> None:
    planted(videos, 1)

    with pytest.raises(InvalidRequestError) as refused:
        shown(lists, after=after)
    assert [(problem.param, problem.message) for problem in refused.value.problems] == [
        ("after", "after: the id of one of your videos")
    ]


@pytest.mark.parametrize("gone", [False, True])
def test_a_place_of_another_owner_is_refused_like_one_that_never_was(
    lists: Lists, videos: Watched, gone: bool
) -> None:
    planted(videos, 1, owner="owner-2")
    if gone:
        videos.apply(bury(replace(a_video(State.STORED, a_video_id(1)), owner="owner-2"), NOW))

    with pytest.raises(InvalidRequestError, match="after: the id of one of your videos"):
        shown(lists, after=a_video_id(1))


@pytest.mark.parametrize("status", Status)
def test_a_status_shows_its_videos_and_no_others(lists: Lists, videos: Watched, status: Status) -> None:
    for number, state in enumerate(State):
        planted(videos, number, state=state)
    late = a_video(State.TRANSFERRING, a_video_id(50), expired_at=NOW - MINUTE)
    videos.plant(replace(late, created_at=NOW + 50))

    page = lists.page("owner-1", PageRequest(status=status, limit=100))

    everything = lists.page("owner-1", PageRequest(limit=100)).videos
    assert page.videos == tuple(video for video in everything if video.status is status)
    assert page.videos


@pytest.mark.parametrize("status", Status)
def test_every_state_that_may_show_a_status_is_asked_for(status: Status) -> None:
    shows = {
        state
        for state in State
        for expired_at in (None, NOW)
        if replace(a_video(state), expired_at=expired_at).status is status
    }

    assert states_of(status) >= shows - (
        {State.SUBMITTING, State.SUBMITTED} if status is Status.EXPIRED else set()
    )


def test_a_rare_status_is_looked_for_to_the_lists_end(lists: Lists, videos: Watched) -> None:
    planted(videos, *range(1, 300))
    planted(videos, 0, state=State.CANCELED)

    assert shown(lists, limit=1, status=Status.CANCELED) == ([0], False)
    assert videos.batches == [1]


def test_an_end_users_list_is_theirs(lists: Lists, videos: Watched) -> None:
    planted(videos, 1)
    videos.plant(
        replace(a_video(State.STORED, a_video_id(2), request=a_request(user="mia")), created_at=NOW + 2)
    )

    assert shown(lists, user="mia") == ([2], False)
    assert shown(lists, user="tom") == ([], False)


def test_what_an_index_has_not_heard_of_leaves_no_gap(lists: Lists, videos: Watched) -> None:
    planted(videos, 1, 2, 3, 9)
    videos.apply(bury(replace(a_video(State.STORED, a_video_id(9))), NOW))
    planted(videos, 8, owner="owner-2")
    videos.lagging = [a_video_id(9), a_video_id(404), a_video_id(8)]

    assert shown(lists, limit=2) == ([3, 2], True)


def test_a_state_that_changed_since_the_index_saw_it_is_shown_as_it_is(lists: Lists, videos: Watched) -> None:
    planted(videos, 1, state=State.SUBMITTED)
    videos.lagging = [a_video_id(1)]

    assert shown(lists, status=Status.QUEUED) == ([], False)


def test_a_video_that_cannot_be_read_hides_no_other_and_is_counted(
    lists: Lists, videos: Watched, journal: RecordingJournal
) -> None:
    planted(videos, 1, 2, 3)
    videos.spoil(a_video_id(2), state="upscaling")

    assert shown(lists, limit=2) == ([3, 1], False)
    assert journal.counts == {Metric.UNKNOWN_STATE: 1}
    assert journal.warnings[0][1]["video_id"] == a_video_id(2)

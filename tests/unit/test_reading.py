"""An owner sees their own videos; a link is given only to a file that is there."""

import pytest

from reelhook.domain.errors.requests import ArtifactNotFoundError, VideoNotFoundError, VideoNotReadyError
from reelhook.domain.time import SECOND
from reelhook.domain.video import State
from reelhook.use_cases.reading import Reading
from reelhook.use_cases.settlement import Settlement
from tests.builders import NOW, VIDEO_ID, a_video
from tests.fakes import (
    CountingRandomness,
    InMemoryMedia,
    InMemoryTransactions,
    InMemoryVideos,
    ManualClock,
    RecordingJournal,
)


@pytest.fixture
def videos() -> InMemoryVideos:
    return InMemoryVideos()


@pytest.fixture
def reading(videos: InMemoryVideos) -> Reading:
    settlement = Settlement(InMemoryTransactions(videos), CountingRandomness(), RecordingJournal())
    return Reading(videos, InMemoryMedia(), settlement, ManualClock(NOW))


def test_an_owner_sees_their_video(reading: Reading, videos: InMemoryVideos) -> None:
    videos.plant(a_video())

    assert reading.video("owner-1", VIDEO_ID) == a_video()


@pytest.mark.parametrize(
    "video_id", ["", "video_", "video_" + "A" * 26, "../x", "v" * 5_000, VIDEO_ID + "\n", "é"]
)
def test_what_is_no_video_id_is_never_looked_for(reading: Reading, video_id: str) -> None:
    with pytest.raises(VideoNotFoundError):
        reading.video("owner-1", video_id)


def test_somebody_elses_video_is_not_there(reading: Reading, videos: InMemoryVideos) -> None:
    videos.plant(a_video(State.STORED))

    with pytest.raises(VideoNotFoundError):
        reading.video("owner-2", VIDEO_ID)
    with pytest.raises(VideoNotFoundError):
        reading.content("owner-2", VIDEO_ID, "video", 0)


def test_a_link_lives_a_quarter_of_an_hour(reading: Reading, videos: InMemoryVideos) -> None:
    videos.plant(a_video(State.STORED))

    content = reading.content("owner-1", VIDEO_ID, "video", 0)

    assert content.expires_at == NOW + 900 * SECOND
    assert content.url.endswith(
        f"videos/{VIDEO_ID}/0.mp4?response-content-type=video%2Fmp4&X-Amz-Expires=900"
    )


@pytest.mark.parametrize("state", sorted(set(State) - {State.STORED}))
def test_before_it_is_completed_there_is_nothing_to_fetch(
    reading: Reading, videos: InMemoryVideos, state: State
) -> None:
    videos.plant(a_video(state))

    with pytest.raises(VideoNotReadyError):
        reading.content("owner-1", VIDEO_ID, "video", 0)


@pytest.mark.parametrize(("variant", "index"), [("video", 1), ("last_frame", 0)])
def test_a_file_that_the_video_does_not_have_is_not_found(
    reading: Reading, videos: InMemoryVideos, variant: str, index: int
) -> None:
    videos.plant(a_video(State.STORED))

    with pytest.raises(ArtifactNotFoundError):
        reading.content("owner-1", VIDEO_ID, variant, index)

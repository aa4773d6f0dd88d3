"""The last frame is a file of its own, kept only if it was asked for; it never costs the paid video."""

import pytest

from reelhook.domain.answers import Succeeded
from reelhook.domain.errors.results import (
    LinkRefusedError,
    NotAVideoError,
    ObjectConflictError,
    ResultError,
    ResultUnavailableError,
    UnknownOriginError,
)
from reelhook.domain.ports.journal import Metric
from reelhook.domain.ports.media import ObjectIdentity
from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.video import State, Video
from tests.builders import LINK, VIDEO_ID, a_png, a_request, a_video, an_mp4
from tests.fakes import StaticStream
from tests.unit.world import World

FRAME = "https://file.modellix.ai/out/last.png"
ASKING = a_request(provider_options={"return_last_frame": True})
FRAME_KEY = f"videos/{VIDEO_ID}/last_frame.png"


def a_world(frame: bytes | ResultError, *more: str) -> World:
    world = World()
    links = (LINK, *more)
    world.videos.plant(a_video(State.RESULT_READY, request=ASKING, results=links, last_frame_result=FRAME))
    world.results.links = {FRAME: frame, **dict.fromkeys(links, an_mp4())}
    return world


def attempt(world: World, *, inline: bool = False) -> Video:
    world.transfers.attempt(world.see(a_video()), world.clock() + 4 * MINUTE, inline=inline)
    return world.see(a_video())


def kinds(video: Video) -> list[tuple[str, int, str]]:
    return [(artifact.type, artifact.index, artifact.content_type) for artifact in video.artifacts]


@pytest.mark.parametrize("asked", [True, False, None])
def test_it_is_kept_only_if_the_client_asked_for_it(asked: bool | None) -> None:
    world = World()
    options = {} if asked is None else {"return_last_frame": asked}
    video = world.submit(request=a_request(provider_options=options))
    world.provider.answers_task("task-1", Succeeded((LINK,), None, FRAME))
    world.results.links[FRAME] = a_png()

    assert world.deliver(video) == 200

    stored = world.see(video)
    assert stored.state is State.STORED
    assert [kind for kind, _, _ in kinds(stored)] == (["video", "last_frame"] if asked else ["video"])
    assert (FRAME in world.results.opened) is (asked is True)


def test_it_comes_after_every_video_as_what_its_first_bytes_are() -> None:
    world = a_world(a_png(), LINK + "?2")

    video = attempt(world)

    assert kinds(video) == [
        ("video", 0, "video/mp4"),
        ("video", 1, "video/mp4"),
        ("last_frame", 0, "image/png"),
    ]
    assert (video.artifacts[2].key, video.last_frame_result) == (FRAME_KEY, None)
    assert world.media.contents[FRAME_KEY] == a_png()
    assert world.results.opened == [LINK, LINK + "?2", FRAME]
    content = world.reading.content("owner-1", VIDEO_ID, "last_frame", 0)
    assert content.artifact.key == FRAME_KEY
    assert "image%2Fpng" in content.url


def test_what_is_no_image_is_tried_three_times_then_the_video_is_stored_without_it() -> None:
    world = a_world(an_mp4())

    first, second, third = attempt(world), attempt(world), attempt(world)

    assert [(video.state, video.bad) for video in (first, second)] == [
        (State.RESULT_READY, 1),
        (State.RESULT_READY, 2),
    ]
    assert (third.state, kinds(third), third.error) == (State.STORED, [("video", 0, "video/mp4")], None)
    assert world.results.opened.count(LINK) == 1  # the video itself is fetched once
    assert world.journal.counts[Metric.TRANSFER_FAILED] == 0
    assert "stored without its last frame" in [message for message, _ in world.journal.warnings]


def test_an_unknown_origin_is_counted_and_the_video_stored_at_once() -> None:
    world = a_world(UnknownOriginError("https://elsewhere.example"))

    assert kinds(attempt(world)) == [("video", 0, "video/mp4")]
    assert world.journal.counts[Metric.UNKNOWN_ORIGIN] == 1
    assert world.journal.counts[Metric.TRANSFER_FAILED] == 0


def test_another_ones_object_at_its_key_is_counted_and_the_video_stored() -> None:
    world = a_world(a_png())
    world.media.put(FRAME_KEY, StaticStream(a_png()), ObjectIdentity("video_other", "task-9"))

    assert kinds(attempt(world)) == [("video", 0, "video/mp4")]
    assert world.journal.counts[Metric.OBJECT_CONFLICT] == 1


def test_a_dead_link_is_refreshed_once_and_the_fresh_one_is_fetched() -> None:
    world = a_world(LinkRefusedError(403))
    world.provider.answers_task("task-1", Succeeded((LINK,), None, FRAME + "?fresh"))
    world.results.links[FRAME + "?fresh"] = a_png()

    assert [kind for kind, _, _ in kinds(attempt(world))] == ["video", "last_frame"]
    assert world.provider.looked_up == ["task-1"]


def test_a_link_that_stays_dead_costs_two_more_attempts_and_no_video() -> None:
    world = a_world(LinkRefusedError(403))
    world.provider.answers_task("task-1", Succeeded((LINK,), None, FRAME))

    assert [attempt(world).state for _ in range(3)] == [State.RESULT_READY, State.RESULT_READY, State.STORED]


def test_what_may_pass_is_waited_for_until_the_links_end_and_not_longer() -> None:
    world = a_world(ResultUnavailableError("503"))

    assert [attempt(world).state for _ in range(9)] == [State.RESULT_READY] * 9
    world.clock.advance(DAY + HOUR)
    assert attempt(world).state is State.STORED


def test_a_frame_that_comes_at_a_later_attempt_is_stored_beside_the_kept_video() -> None:
    world = a_world(ResultUnavailableError("503"))
    attempt(world)
    world.results.links[FRAME] = a_png()

    assert [kind for kind, _, _ in kinds(attempt(world))] == ["video", "last_frame"]
    assert world.results.opened.count(LINK) == 1


def test_a_frame_that_an_earlier_attempt_stored_is_not_fetched_again() -> None:
    world = a_world(a_png())
    ready = a_video(State.RESULT_READY, request=ASKING, last_frame_result=FRAME, tries=1)
    world.videos.plant(ready)
    world.media.put(FRAME_KEY, StaticStream(a_png()), ObjectIdentity(VIDEO_ID, "task-1"))

    assert [kind for kind, _, _ in kinds(attempt(world))] == ["video", "last_frame"]
    assert FRAME not in world.results.opened


@pytest.mark.parametrize("error", [NotAVideoError("html"), UnknownOriginError("https://x.example")])
def test_a_video_that_fails_is_given_up_though_its_frame_is_there(error: ResultError) -> None:
    world = a_world(a_png())
    world.results.links[LINK] = error

    for _ in range(3):
        video = attempt(world)

    assert video.state is State.TRANSFER_FAILED
    assert ObjectConflictError.__name__ not in str(video.error)

"""A result is copied by one lease holder at a time; each way to fail has its consequence."""

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded
from reelhook.domain.errors.results import (
    MediaUnavailableError,
    NotAVideoError,
    OutOfTimeError,
    ResultError,
    ResultTooLargeError,
    ResultUnavailableError,
    UnknownOriginError,
)
from reelhook.domain.ports.journal import Metric
from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.video import State, Video
from reelhook.use_cases.copying import INLINE_MAX_BYTES
from reelhook.use_cases.transfer import queue_deadline
from tests.builders import LINK, NOW, TASK_ID, VIDEO_ID, a_video, an_mp4
from tests.fakes import StaticStream
from tests.unit.world import World, once

KEY = f"videos/{VIDEO_ID}/0.mp4"
FRESH = "https://file.apixo.ai/results/fresh.mp4"


@pytest.fixture
def world() -> World:
    world = World()
    world.videos.plant(a_video(State.RESULT_READY))
    return world


def attempt(world: World, *, inline: bool = False) -> Video:
    world.transfers.attempt(world.see(a_video()), world.clock() + 280 * SECOND, inline=inline)
    return world.see(a_video())


def fails_with(world: World, error: ResultError) -> None:
    world.results.links = {LINK: error}


def test_a_copied_video_is_stored_with_its_checksum_and_without_its_links(world: World) -> None:
    video = attempt(world)

    assert (video.state, video.results, video.lease, video.open) == (State.STORED, (), None, None)
    assert video.artifacts[0].checksum == world.media.stored[KEY].checksum
    assert world.media.stored[KEY].identity == ObjectIdentity(VIDEO_ID, TASK_ID)


def test_several_results_are_several_files_and_stored_comes_after_the_last(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, results=(LINK, FRESH)))
    world.results.links = {LINK: an_mp4(100), FRESH: an_mp4(200)}

    video = attempt(world)

    assert [artifact.key for artifact in video.artifacts] == [KEY, KEY.replace("0.mp4", "1.mp4")]


def test_a_lease_in_force_is_respected(world: World) -> None:
    world.videos.plant(a_video(State.TRANSFERRING, lease_until=NOW))

    assert attempt(world).lease == "lease-1"
    assert len(world.media) == 0


def test_a_lapsed_lease_is_taken_over(world: World) -> None:
    world.videos.plant(a_video(State.TRANSFERRING, lease_until=NOW - 1))

    assert attempt(world).state is State.STORED


@pytest.mark.parametrize(
    "error", [ResultUnavailableError("reset"), OutOfTimeError("late")], ids=["network", "time"]
)
def test_what_may_pass_is_tried_again_later(world: World, error: ResultError) -> None:
    fails_with(world, error)

    video = attempt(world)

    assert (video.state, video.tries, video.bad, video.lease) == (State.RESULT_READY, 1, 0, None)
    assert video.due_at == NOW + 30 * SECOND


def test_the_pause_doubles_with_each_try(world: World) -> None:
    fails_with(world, ResultUnavailableError("reset"))

    pauses = [(attempt(world).due_at or 0) - NOW for _ in range(4)]

    assert pauses == [30_000, 60_000, 120_000, 240_000]


def test_every_second_try_takes_the_whole_in_one_answer(world: World) -> None:
    fails_with(world, ResultUnavailableError("no ranges"))

    for _ in range(4):
        attempt(world)

    assert world.results.in_ranges == [True, False, True, False]


def test_an_s3_that_is_down_is_tried_again(world: World) -> None:
    world.media.error = MediaUnavailableError("503")

    assert attempt(world).tries == 1


@pytest.mark.parametrize(
    ("error", "code", "metric"),
    [
        (UnknownOriginError("https://evil.example"), "unknown_origin", Metric.UNKNOWN_ORIGIN),
        (ResultTooLargeError("3 GiB"), "result_too_large", Metric.TRANSFER_FAILED),
    ],
)
def test_what_cannot_get_better_is_given_up_at_once(
    world: World, error: ResultError, code: str, metric: Metric
) -> None:
    fails_with(world, error)

    video = attempt(world)

    assert video.state is State.TRANSFER_FAILED
    assert video.error is not None
    assert (video.error.code, video.error.category) == (code, "transfer_failed")
    assert world.journal.counts[metric] == 1
    assert world.journal.counts[Metric.TRANSFER_FAILED] == 1


def test_the_host_of_an_unknown_origin_is_named_in_the_log(world: World) -> None:
    fails_with(world, UnknownOriginError("https://evil.example"))
    attempt(world)

    assert "https://evil.example" in str(world.journal.warnings)


def test_somebody_elses_object_is_a_conflict(world: World) -> None:
    world.media.stored[KEY] = StoredObject(
        1, "video/mp4", "x", "FULL_OBJECT", ObjectIdentity(VIDEO_ID, "other")
    )

    assert attempt(world).state is State.TRANSFER_FAILED
    assert world.journal.counts[Metric.OBJECT_CONFLICT] == 1


def test_three_answers_in_a_row_that_are_no_video_are_the_end(world: World) -> None:
    fails_with(world, NotAVideoError("HTML"))

    assert [attempt(world).state for _ in range(3)] == [
        State.RESULT_READY,
        State.RESULT_READY,
        State.TRANSFER_FAILED,
    ]


def test_another_error_between_them_starts_the_count_anew(world: World) -> None:
    fails_with(world, NotAVideoError("HTML"))
    attempt(world)
    attempt(world)
    fails_with(world, ResultUnavailableError("reset"))

    assert attempt(world).bad == 0


def test_a_dead_link_is_refreshed_once_and_the_fresh_one_is_copied(world: World) -> None:
    world.results.links = {FRESH: an_mp4()}
    world.provider.answers_task(TASK_ID, Succeeded((FRESH,)))

    assert attempt(world).state is State.STORED
    assert world.results.opened == [LINK, FRESH]
    assert world.provider.looked_up == [TASK_ID]


def test_a_link_that_stays_dead_after_the_refresh_is_given_up_at_the_third_refusal(world: World) -> None:
    world.results.links = {}
    world.provider.answers_task(TASK_ID, Running("success"))

    states = [attempt(world).state for _ in range(3)]

    assert states == [State.RESULT_READY, State.RESULT_READY, State.TRANSFER_FAILED]
    assert world.provider.looked_up == [TASK_ID]


@pytest.mark.parametrize("answer", [NotAnswered("503"), Succeeded(())], ids=["down", "no links"])
def test_a_dead_link_is_not_given_up_before_anybody_could_be_asked_for_a_fresh_one(
    world: World, answer: NotAnswered | Succeeded
) -> None:
    world.results.links = {}
    world.provider.answers_task(TASK_ID, answer)

    video = [attempt(world) for _ in range(5)][-1]

    assert (video.state, video.bad, video.refreshed) == (State.RESULT_READY, 5, False)


def test_what_an_earlier_try_has_stored_is_not_fetched_again(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, results=(LINK, FRESH)))
    world.results.links = {LINK: an_mp4(100), FRESH: ResultUnavailableError("reset")}
    attempt(world)
    world.results.links[FRESH] = an_mp4(200)

    assert attempt(world).state is State.STORED
    assert world.results.opened == [LINK, FRESH, FRESH]


def test_a_lost_answer_to_the_last_write_costs_no_second_fetch(world: World) -> None:
    world.videos.fault = once("T7", after=True)

    assert attempt(world).state is State.STORED
    assert world.results.opened == [LINK]


def test_inline_what_takes_too_long_is_handed_over_without_counting_a_try(world: World) -> None:
    fails_with(world, OutOfTimeError("18 s"))

    video = attempt(world, inline=True)

    assert (video.state, video.tries, video.due_at) == (State.RESULT_READY, 0, NOW + 2 * MINUTE)
    assert world.queue.sent == [VIDEO_ID]


def test_inline_what_is_too_large_is_handed_over_before_a_byte_is_read(world: World) -> None:
    stream = StaticStream(b"")
    stream.size = INLINE_MAX_BYTES + 1
    world.results.links = {LINK: stream}

    attempt(world, inline=True)

    assert world.queue.sent == [VIDEO_ID]
    assert stream.closed
    assert len(world.media) == 0


def test_inline_any_other_failure_waits_for_its_turn(world: World) -> None:
    fails_with(world, ResultUnavailableError("reset"))

    assert attempt(world, inline=True).tries == 1
    assert world.queue.sent == []


def test_a_holder_that_lost_its_lease_writes_nothing(world: World) -> None:
    def lease_is_taken_meanwhile() -> Succeeded:
        world.videos.spoil(VIDEO_ID, lease="another")
        return Succeeded((FRESH,))

    world.results.links = {}
    world.provider.answers_task(TASK_ID, lease_is_taken_meanwhile)

    assert attempt(world).lease == "another"


@pytest.mark.parametrize("state", [State.STORED, State.SUBMITTED, State.FAILED])
def test_a_message_about_a_video_that_needs_no_transfer_is_consumed(world: World, state: State) -> None:
    world.videos.plant(a_video(state))

    world.transfers.from_queue(VIDEO_ID, NOW + MINUTE)

    assert world.see(a_video()) == a_video(state)


def test_a_copy_of_a_message_that_was_tried_already_is_no_further_try(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW))
    fails_with(world, ResultUnavailableError("503"))
    world.tick()
    [message] = world.queue.sent

    for _ in range(3):
        world.transfers.from_queue(message, NOW + 280 * SECOND)
    assert world.see(a_video()).tries == 1

    world.tick(after=10 * MINUTE)
    world.transfers.from_queue(world.queue.sent[-1], world.clock() + 280 * SECOND)
    assert world.see(a_video()).tries == 2


def test_a_message_about_no_video_is_consumed(world: World) -> None:
    world.transfers.from_queue("video_" + "z" * 26, NOW + MINUTE)

    assert world.results.opened == []


@pytest.mark.parametrize(("timeout", "margin"), [(300, 20), (100, 10), (20, 2), (5, 2)])
def test_the_queue_attempt_ends_a_tenth_before_the_time_out(timeout: int, margin: int) -> None:
    assert queue_deadline(NOW + timeout * SECOND, timeout) == NOW + (timeout - margin) * SECOND


def test_a_retention_of_days_gives_the_stored_video_an_end() -> None:
    world = World(retention_days=30)
    world.videos.plant(a_video(State.RESULT_READY))

    assert attempt(world).ttl == NOW // 1_000 + 30 * 86_400

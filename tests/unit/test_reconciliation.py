"""Whatever is due and nobody finished is finished by ticks alone."""

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, UnknownTask
from reelhook.domain.errors.running import StoreError
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.video import State, Status
from reelhook.domain.writes import Write
from reelhook.use_cases.reconciliation import LOOK_UPS_PER_TICK
from tests.builders import LINK, NOW, TASK_ID, VIDEO_ID, a_video, a_video_id, an_error
from tests.unit.world import World

DONE = Succeeded((LINK,))


@pytest.fixture
def world() -> World:
    return World()


def test_a_lost_callback_costs_exactly_one_look_up(world: World) -> None:
    video = world.submit()
    world.provider.answers_task("task-1", DONE)

    for _ in range(40):
        world.tick(after=MINUTE)
        world.work()

    assert world.state(video) is State.STORED
    assert world.provider.looked_up == ["task-1"]


def test_a_failure_found_by_the_reconciler_fails_the_video(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW))
    world.provider.answers_task(TASK_ID, TaskFailed(an_error()))

    world.tick()

    assert world.state(a_video()) is State.FAILED


def test_a_slow_task_is_looked_up_on_schedule_only(world: World) -> None:
    video = world.submit()

    for _ in range(13 * 60):
        world.tick(after=MINUTE)

    assert world.state(video) is State.SUBMITTED
    assert len(world.provider.looked_up) == 4


def test_an_unanswered_look_up_is_repeated_sooner(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 20 * MINUTE))
    world.provider.answers_task(TASK_ID, NotAnswered("503"))

    world.tick()

    video = world.see(a_video())
    assert (video.look_ups, video.misses, video.due_at) == (1, 1, NOW + MINUTE)


def test_past_the_provider_end_an_authoritative_still_running_is_the_end(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 24 * HOUR - 30 * MINUTE))
    world.provider.answers_task(TASK_ID, Running("processing"))

    world.tick()

    video = world.see(a_video())
    assert (video.state, video.status, video.expired_at, video.open) == (
        State.EXPIRED,
        Status.EXPIRED,
        NOW,
        None,
    )
    assert video.error is not None
    assert video.error.code == "provider_timeout"
    assert world.journal.counts[Metric.VIDEO_EXPIRED] == 1


def test_at_the_provider_end_a_status_that_lags_has_another_half_hour(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 24 * HOUR))
    world.provider.answers_task(TASK_ID, Running("processing"))

    world.tick()
    assert world.state(a_video()) is State.SUBMITTED

    world.provider.answers_task(TASK_ID, DONE)
    world.tick(after=30 * MINUTE)
    assert world.state(a_video()) is State.RESULT_READY


@pytest.mark.parametrize("answer", [NotAnswered("503"), Succeeded(())], ids=["not answered", "no links yet"])
def test_without_such_an_answer_it_has_one_more_day(world: World, answer: NotAnswered | Succeeded) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 24 * HOUR))
    world.provider.answers_task(TASK_ID, answer)

    world.tick()
    assert world.state(a_video()) is State.SUBMITTED

    for _ in range(24 * 60 + 1):
        world.tick(after=MINUTE)
    assert world.state(a_video()) is State.EXPIRED


def test_a_hint_near_the_end_still_has_its_half_hour(world: World) -> None:
    world.videos.plant(a_video(due_at=NOW, sent_at=NOW - 24 * HOUR, asked=1, hinted_at=NOW - MINUTE))
    world.provider.answers_task(TASK_ID, Running("processing"))

    world.tick()
    assert world.state(a_video()) is State.SUBMITTED
    world.tick(after=30 * MINUTE)
    assert world.state(a_video()) is State.EXPIRED


def test_a_submit_nobody_heard_of_is_counted_and_ends_at_the_third_time(world: World) -> None:
    world.videos.plant(a_video(State.SUBMITTING, sent_at=NOW, due_at=NOW + 20 * MINUTE))

    for _ in range(4 * 60):
        world.tick(after=MINUTE)

    video = world.see(a_video())
    assert (video.state, world.clock()) == (State.EXPIRED, NOW + 4 * HOUR)
    assert video.error is not None
    assert video.error.code == "submission_unknown"
    assert world.journal.counts[Metric.SUBMIT_UNKNOWN] == 3
    assert world.provider.looked_up == []


def test_of_several_candidates_the_one_that_succeeded_settles_it(world: World) -> None:
    world.videos.plant(a_video(State.SUBMITTING, due_at=NOW, candidates=frozenset({"a", "b", "c"})))
    world.provider.answers_task("a", UnknownTask())
    world.provider.answers_task("b", DONE)

    world.tick()
    world.work()

    assert (world.state(a_video()), world.see(a_video()).task_id) == (State.STORED, "b")
    assert world.provider.looked_up == ["a", "b"]


def test_of_several_candidates_one_failure_settles_nothing(world: World) -> None:
    world.videos.plant(a_video(State.SUBMITTING, due_at=NOW, candidates=frozenset({"a", "b"})))
    world.provider.answers_task("a", TaskFailed(an_error()))

    world.tick()

    assert world.state(a_video()) is State.SUBMITTING


def test_the_failure_of_the_only_candidate_settles_it(world: World) -> None:
    world.videos.plant(a_video(State.SUBMITTING, due_at=NOW, candidates=frozenset({"a"})))
    world.provider.answers_task("a", TaskFailed(an_error()))

    world.tick()

    assert (world.state(a_video()), world.see(a_video()).task_id) == (State.FAILED, "a")


def test_a_hint_on_an_expired_video_is_followed_and_then_forgotten(world: World) -> None:
    world.videos.plant(
        a_video(State.EXPIRED, sent_at=NOW - 25 * HOUR, asked=1, hinted_at=NOW, open="0", due_at=NOW + MINUTE)
    )
    world.provider.answers_task(TASK_ID, NotAnswered("503"), Running("processing"))

    for _ in range(31):
        world.tick(after=MINUTE)

    video = world.see(a_video())
    assert (video.state, video.asked, video.open, video.due_at) == (State.EXPIRED, 0, None, None)


def test_a_hint_on_an_expired_video_can_still_complete_it(world: World) -> None:
    world.videos.plant(
        a_video(State.EXPIRED, sent_at=NOW - 25 * HOUR, asked=1, hinted_at=NOW, open="0", due_at=NOW)
    )
    world.provider.answers_task(TASK_ID, DONE)

    world.tick()
    assert world.see(a_video()).status is Status.EXPIRED
    world.work()
    assert world.see(a_video()).status is Status.COMPLETED


def test_an_expired_videos_task_that_is_still_at_work_is_looked_up_on_schedule_again(world: World) -> None:
    world.videos.plant(
        a_video(
            State.EXPIRED,
            sent_at=NOW - 5 * HOUR,
            asked=1,
            hinted_at=NOW - 30 * MINUTE,
            task_id=None,
            candidates=frozenset({TASK_ID}),
            open="0",
            due_at=NOW,
        )
    )
    world.provider.answers_task(TASK_ID, Running("processing"))
    looks = []
    for _ in range(21 * 4):
        before = len(world.provider.looked_up)
        world.tick()
        if len(world.provider.looked_up) > before:
            looks.append((world.clock() - NOW) / HOUR + 5)
        world.clock.advance(15 * MINUTE)

    assert looks == [5, 12, 24, 24.5]
    assert (world.see(a_video()).asked, world.see(a_video()).open) == (0, None)


def test_a_hint_on_an_expired_video_ends_with_the_token(world: World) -> None:
    world.videos.plant(
        a_video(State.EXPIRED, sent_at=NOW - 48 * HOUR, asked=1, hinted_at=NOW, open="0", due_at=NOW)
    )
    world.provider.answers_task(TASK_ID, NotAnswered("503"))

    world.tick()

    assert world.see(a_video()).open is None


def test_a_result_nobody_took_is_sent_to_the_queue_ever_more_seldom(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW))

    world.tick()
    assert (world.queue.sent, world.see(a_video()).due_at) == ([VIDEO_ID], NOW + 2 * MINUTE)
    world.tick(after=2 * MINUTE)
    assert world.see(a_video()).due_at == world.clock() + 4 * MINUTE


def test_a_queue_that_is_down_costs_one_period(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW))
    world.queue.broken = True
    world.tick()
    world.queue.broken = False

    world.tick(after=2 * MINUTE)
    world.work()

    assert world.state(a_video()) is State.STORED


def test_a_transfer_whose_holder_died_is_sent_again_after_its_lease(world: World) -> None:
    world.videos.plant(a_video(State.TRANSFERRING, lease_until=NOW, due_at=NOW + 30 * SECOND))

    world.tick()
    assert world.queue.sent == []
    world.tick(after=30 * SECOND)
    world.work()

    assert world.state(a_video()) is State.STORED


def test_a_transfer_in_force_is_left_alone_even_if_due(world: World) -> None:
    world.videos.plant(a_video(State.TRANSFERRING, lease_until=NOW + HOUR, due_at=NOW))

    world.tick()

    assert world.queue.sent == []


def test_a_day_past_the_end_of_its_link_a_result_is_lost(world: World) -> None:
    world.videos.plant(a_video(State.RESULT_READY, result_at=NOW - 2 * DAY, due_at=NOW))

    world.tick()

    assert world.state(a_video()) is State.TRANSFER_FAILED
    assert world.journal.counts[Metric.TRANSFER_FAILED] == 1


def test_a_link_life_that_the_provider_told_counts_instead(world: World) -> None:
    world.videos.plant(
        a_video(State.RESULT_READY, result_at=NOW - 2 * DAY, result_expires_at=NOW, due_at=NOW)
    )

    world.tick()

    assert world.queue.sent == [VIDEO_ID]


def test_a_video_that_waited_too_long_fails_as_provider_busy(world: World) -> None:
    world.videos.plant(a_video(State.QUEUED, due_at=NOW))

    world.tick()

    video = world.see(a_video())
    assert (video.state, video.queue) == (State.FAILED, None)
    assert video.error is not None
    assert (video.error.code, video.error.billed) == ("provider_busy", "no")


def test_what_is_not_due_is_left_alone(world: World) -> None:
    video = world.submit()
    writes = list(world.videos.applied)

    world.tick(after=19 * MINUTE)

    assert world.videos.applied == writes
    assert world.state(video) is State.SUBMITTED


def test_at_most_five_videos_per_provider_and_tick_are_looked_up(world: World) -> None:
    world.videos.plant(*(a_video(video_id=a_video_id(number), due_at=NOW) for number in range(12)))

    world.tick()
    assert len(world.provider.looked_up) == LOOK_UPS_PER_TICK == 5
    world.tick()
    assert len(world.provider.looked_up) == 10


def fifty_due(world: World) -> list[str]:
    ids = [a_video_id(number) for number in range(50)]
    world.videos.plant(*(a_video(State.RESULT_READY, video_id, due_at=NOW) for video_id in ids))
    return ids


def test_one_state_of_a_newer_deploy_among_fifty_never_stops_the_rest(world: World) -> None:
    ids = fifty_due(world)
    world.videos.spoil(ids[7], state="baking")

    world.tick()

    assert sorted(world.queue.sent) == sorted([*ids[:7], *ids[8:]])
    assert world.journal.counts[Metric.UNKNOWN_STATE] == 1


def test_one_poisoned_item_among_fifty_never_stops_the_rest(world: World) -> None:
    ids = fifty_due(world)

    def poisoned(write: Write, _after: bool) -> None:
        if write.key.id == ids[7]:
            raise ZeroDivisionError("nobody expected this")

    world.videos.fault = poisoned

    world.tick()

    assert sorted(world.queue.sent) == sorted([*ids[:7], *ids[8:]])
    assert world.journal.counts[Metric.ITEM_POISONED] == 1


def test_a_store_that_fails_for_one_video_leaves_it_for_the_next_tick(world: World) -> None:
    ids = [a_video_id(number) for number in range(3)]
    world.videos.plant(*(a_video(State.RESULT_READY, video_id, due_at=NOW) for video_id in ids))

    def down(write: Write, _after: bool) -> None:
        if write.key.id == ids[0]:
            raise StoreError("down")

    world.videos.fault = down

    world.tick()

    assert sorted(world.queue.sent) == sorted(ids[1:])
    assert world.journal.counts[Metric.ITEM_POISONED] == 0


@pytest.mark.parametrize(("seconds", "told"), [(90, 0), (900, 0), (901, 1)])
def test_a_video_that_was_due_for_over_a_quarter_of_an_hour_is_told(
    world: World, seconds: int, told: int
) -> None:
    world.videos.plant(a_video(State.RESULT_READY, due_at=NOW - seconds * SECOND))

    world.tick()

    assert world.journal.counts[Metric.VIDEOS_OVERDUE] == told


def test_a_tick_ends_in_time_and_leaves_the_rest(world: World) -> None:
    world.videos.plant(*(a_video(video_id=a_video_id(number), due_at=NOW) for number in range(3)))

    def slow() -> Running:
        world.clock.advance(51 * SECOND)
        return Running("processing")

    world.provider.answers_task(TASK_ID, slow)

    world.tick()

    assert len(world.provider.looked_up) == 1


def test_candidates_that_a_tick_has_no_time_for_are_not_taken_as_answered(world: World) -> None:
    candidates = frozenset({"a", "b", "c"})
    world.videos.plant(a_video(State.SUBMITTING, due_at=NOW, sent_at=NOW - 24 * HOUR, candidates=candidates))

    def slow() -> UnknownTask:
        world.clock.advance(30 * SECOND)
        return UnknownTask()

    for task_id in candidates:
        world.provider.answers_task(task_id, slow)

    world.tick()

    assert world.provider.looked_up == ["a", "b"]
    assert world.state(a_video()) is State.SUBMITTING
    assert world.see(a_video()).misses == 1

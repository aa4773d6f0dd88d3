"""One request, one video, at most one paid task; every answer of the provider has its meaning."""

import re

import pytest

from reelhook.domain.answers import Accepted, NotSent, Refused, Succeeded, TryLater, Unclear
from reelhook.domain.errors.requests import IdempotencyKeyReuseError
from reelhook.domain.errors.running import ProviderKeyError, StoreError
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.gate import Gate
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.token import Bearing, read, verify
from reelhook.domain.video import State, Status
from reelhook.domain.writes import Key, Write
from tests.builders import NOW, RING, TIMING, a_request, an_error
from tests.unit.world import MAX_AGE, STAGE, World, once

FIRST = Attempt(NOW)


@pytest.fixture
def world() -> World:
    return World()


def test_an_accepted_request_is_recorded_with_its_task(world: World) -> None:
    video = world.submit()

    assert (video.state, video.status, video.task_id) == (State.SUBMITTED, Status.IN_PROGRESS, "task-1")
    assert world.see(video) == video


def test_the_record_stands_before_the_provider_is_asked(world: World) -> None:
    standing_during_the_post: list[State] = []

    def answer() -> Accepted:
        standing_during_the_post.extend(video.state for video in [world.only_video()] if video)
        return Accepted("task-1")

    world.provider.submit_answers = [answer]
    world.submit()

    assert standing_during_the_post == [State.SUBMITTING]


def test_the_callback_url_holds_a_token_for_this_video_that_outlives_the_provider_by_a_day(
    world: World,
) -> None:
    video = world.submit()

    url = world.provider.sent[0][1]
    match = re.fullmatch(r"https://callbacks\.example/v1/callbacks/apixo/(video_[a-z2-7]{26})/(\S+)", url)
    assert match is not None
    assert match[1] == video.video_id
    token = read(match[2], video.video_id)
    bearing = Bearing(STAGE, "apixo", video.video_id)
    assert token is not None
    assert verify(token, RING, bearing, NOW + TIMING.token_life - SECOND)
    assert not verify(token, RING, bearing, NOW + TIMING.token_life)


def test_the_first_look_is_due_when_the_schedule_says(world: World) -> None:
    assert world.submit().due_at == NOW + TIMING.looks[0]


def test_the_same_key_and_request_is_the_same_video_and_nothing_is_sent_again(world: World) -> None:
    first = world.submission.submit("owner-1", a_request(), "key-1", FIRST)
    again = world.submission.submit("owner-1", a_request(), "key-1", FIRST)

    assert (first.replayed, again.replayed) == (False, True)
    assert again.video.video_id == first.video.video_id
    assert len(world.provider.sent) == 1


def test_the_same_key_with_another_request_is_refused(world: World) -> None:
    world.submit()

    with pytest.raises(IdempotencyKeyReuseError):
        world.submit(request=a_request(prompt="something else"))
    assert len(world.provider.sent) == 1


def test_the_same_key_of_another_owner_is_another_video(world: World) -> None:
    mine = world.submission.submit("owner-1", a_request(), "key-1", FIRST).video
    theirs = world.submission.submit("owner-2", a_request(), "key-1", FIRST).video

    assert mine.video_id != theirs.video_id


def test_without_a_key_every_request_is_a_video_of_its_own(world: World) -> None:
    assert world.submit(key=None).video_id != world.submit(key=None).video_id


def test_a_duplicate_in_flight_gets_the_video_as_it_stands(world: World) -> None:
    seen: list[State] = []

    def during_the_post() -> Accepted:
        seen.append(world.submit().state)
        return Accepted("task-1")

    world.provider.submit_answers = [during_the_post]
    world.submit()

    assert seen == [State.SUBMITTING]
    assert len(world.provider.sent) == 1


def test_an_unclear_answer_stays_in_progress_and_is_never_sent_again(world: World) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]

    video = world.submit()

    assert (video.state, video.status) == (State.SUBMITTING, Status.IN_PROGRESS)
    world.submit()
    world.dispatch_tick()
    assert len(world.provider.sent) == 1


def test_a_refusal_fails_the_video_for_good(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error())]

    video = world.submit()

    assert (video.state, video.error, world.see(video).open) == (State.REJECTED, an_error(), None)
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 0


def test_an_account_problem_at_submit_fails_the_video_and_alarms_the_operator(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=True)]

    assert world.submit().state is State.REJECTED
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 1
    assert not world.gates.read("apixo").closed(world.clock())


def test_429_queues_the_video_and_closes_the_gate_for_30_s(world: World) -> None:
    world.provider.submit_answers = [TryLater()]

    video = world.submit()

    assert (video.state, video.status, video.queue) == (State.QUEUED, Status.QUEUED, "apixo")
    assert video.due_at == video.created_at + MAX_AGE
    assert world.gates.read("apixo") == Gate("apixo", not_before=NOW + 30 * SECOND, refusals=1)


@pytest.mark.parametrize(
    ("retry_after", "pause"), [(7, 7 * SECOND), (0, 0), (86_400, 60 * MINUTE)], ids=["7 s", "none", "a day"]
)
def test_retry_after_is_honoured_up_to_an_hour(world: World, retry_after: int, pause: int) -> None:
    world.provider.submit_answers = [TryLater(retry_after)]
    world.submit()

    gate = world.gates.read("apixo")
    assert (gate.not_before, gate.retry_after) == (NOW + pause, True)


def test_what_was_certainly_not_sent_is_tried_once_more(world: World) -> None:
    world.provider.submit_answers = [NotSent("refused")]

    assert world.submit().state is State.SUBMITTED
    assert len(world.provider.sent) == 2
    assert len(world.provider.paid) == 1


def test_a_provider_that_cannot_be_reached_twice_queues_the_video(world: World) -> None:
    world.provider.submit_answers = [NotSent("refused"), NotSent("refused")]

    assert world.submit().state is State.QUEUED
    assert len(world.provider.sent) == 2


def test_behind_a_closed_gate_a_request_is_queued_unsent_and_replayed_as_such(world: World) -> None:
    world.provider.submit_answers = [TryLater()]
    world.submit()

    video = world.submit(key="key-2")
    again = world.submission.submit("owner-1", a_request(), "key-2", FIRST)

    assert video.state is State.QUEUED
    assert video.sent_at is None
    assert again.replayed
    assert len(world.provider.sent) == 1


def test_a_callback_that_overtakes_the_answer_wins(world: World) -> None:
    def callback_first() -> Accepted:
        world.deliver(world.only_video())
        return Accepted("task-1")

    world.provider.submit_answers = [callback_first]
    world.provider.answers_task("task-1", Succeeded(("https://file.apixo.ai/results/1.mp4",)))

    video = world.submit()

    assert video.state is State.STORED
    assert world.journal.counts[Metric.TASK_ID_CONFLICT] == 0


def test_after_a_429_that_lied_the_callback_keeps_the_video_out_of_the_queue(world: World) -> None:
    def callback_first() -> TryLater:
        world.deliver(world.only_video())
        return TryLater()

    world.provider.submit_answers = [callback_first]

    video = world.submit()

    assert (video.state, video.candidates) == (State.SUBMITTING, frozenset({"task-1"}))


def test_a_lost_answer_to_the_claim_is_recognised_by_the_claim(world: World) -> None:
    world.videos.fault = once("T0", after=True)

    assert world.submit().state is State.SUBMITTED
    assert len(world.provider.sent) == 1


def test_a_claim_that_was_not_applied_sends_nothing(world: World) -> None:
    world.videos.fault = once("T0", after=False)

    with pytest.raises(StoreError):
        world.submit()
    assert world.provider.sent == []


def test_a_claim_that_cannot_be_read_back_sends_nothing(world: World) -> None:
    world.videos.fault = once("T0", after=True)
    world.videos.unreadable = True

    with pytest.raises(StoreError):
        world.submit()
    assert world.provider.sent == []


@pytest.mark.parametrize("after", [False, True], ids=["not applied", "answer lost"])
def test_the_record_of_an_acceptance_is_tried_again(world: World, after: bool) -> None:
    world.videos.fault = once("T1", after=after)

    assert world.submit().task_id == "task-1"


def test_an_acceptance_that_cannot_be_recorded_is_left_to_the_callback(world: World) -> None:
    def always(write: Write, _after: bool) -> None:
        if write.name == "T1":
            raise StoreError("down")

    world.videos.fault = always

    assert world.submit().state is State.SUBMITTING
    assert len(world.provider.sent) == 1


def test_nothing_is_claimed_while_the_provider_key_is_missing(world: World) -> None:
    world.provider.configured = False

    with pytest.raises(ProviderKeyError, match="apixo-api-key"):
        world.submit()
    assert len(world.videos) == 0
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 1


def test_without_a_key_two_first_attempts_are_two_videos(world: World) -> None:
    assert world.submit(key=None).video_id != world.submit(key=None).video_id
    assert len(world.provider.sent) == 2


def test_an_sdks_retry_meets_the_video_of_its_first_attempt(world: World) -> None:
    first = world.submit(key=None)
    again = world.submission.submit("owner-1", a_request(), None, Attempt(NOW + SECOND, retry=1))

    assert (again.video, again.replayed) == (first, True)
    assert len(world.provider.sent) == 1


def test_a_first_attempt_that_its_retry_overtook_meets_the_retrys_video(world: World) -> None:
    world.clock.advance(SECOND)
    retry = world.submission.submit("owner-1", a_request(), None, Attempt(NOW + SECOND, retry=1))
    slow = world.submission.submit("owner-1", a_request(), None, Attempt(NOW))

    assert (slow.video, slow.replayed) == (retry.video, True)
    assert len(world.provider.sent) == 1


@pytest.mark.parametrize(
    ("owner", "prompt"), [("owner-2", a_request().prompt), ("owner-1", "another")], ids=["owner", "request"]
)
def test_only_the_same_request_of_the_same_owner_meets(world: World, owner: str, prompt: str) -> None:
    first = world.submit(key=None)
    other = world.submission.submit(owner, a_request(prompt=prompt), None, Attempt(NOW, retry=1))

    assert not other.replayed
    assert other.video.video_id != first.video_id


def test_a_retry_meets_a_video_that_waits_in_the_queue(world: World) -> None:
    world.gates.items[Key("gate", "apixo")] = {"not_before": NOW + MINUTE, "refusals": 1}
    first = world.submit(key=None)
    again = world.submission.submit("owner-1", a_request(), None, Attempt(NOW, retry=2))

    assert (again.video, again.replayed, first.state) == (first, True, State.QUEUED)
    assert len(world.provider.sent) == 0


@pytest.mark.parametrize("after", [False, True], ids=["not applied", "applied"])
def test_without_a_key_an_unclear_claim_is_read_back(world: World, after: bool) -> None:
    world.transactions.silent = [after]

    if after:
        assert world.submit(key=None).state is State.SUBMITTED
    else:
        with pytest.raises(StoreError):
            world.submit(key=None)
    assert len(world.provider.sent) == int(after)

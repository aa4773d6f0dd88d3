"""A callback is a hint: verified, recorded, then confirmed. 200 only after the record."""

import json
from base64 import b64encode
from typing import Any

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, Unclear
from reelhook.domain.callback import MAX_BODY_BYTES
from reelhook.domain.errors.running import NotConfiguredError, StoreError
from reelhook.domain.lifecycle.confirming import MAX_ASKED
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.token import Bearing, KeyRing, SigningKey, mint
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write
from tests.builders import LINK, NOW, RING, a_video, a_video_id, an_error, an_mp4
from tests.unit.world import LONG, STAGE, World, once

DONE = Succeeded((LINK,))


@pytest.fixture
def world() -> World:
    world = World()
    world.provider.answers_task("task-1", DONE)
    return world


@pytest.fixture
def video(world: World) -> Video:
    return world.submit()


def test_a_genuine_callback_brings_the_video_into_the_bucket(world: World, video: Video) -> None:
    assert world.deliver(video) == 200

    stored = world.see(video)
    assert (stored.state, stored.due_at, stored.results) == (State.STORED, NOW, ())  # due: to be settled
    assert world.media.contents[f"videos/{video.video_id}/0.mp4"] == an_mp4()
    assert [artifact.size for artifact in stored.artifacts] == [len(an_mp4())]
    assert world.provider.looked_up == ["task-1"]


def test_the_hint_is_on_record_before_anybody_is_asked(world: World, video: Video) -> None:
    seen: list[tuple[int, int | None]] = []

    def look() -> Succeeded:
        seen.append((world.see(video).asked, world.see(video).due_at))
        return DONE

    world.provider.answers_task("task-1", look)
    world.deliver(video)

    assert seen == [(1, NOW + MINUTE)]


def test_a_second_delivery_changes_nothing_and_asks_nobody(world: World, video: Video) -> None:
    world.deliver(video)
    writes = list(world.videos.applied)

    assert world.deliver(video) == 200
    assert world.videos.applied == writes
    assert world.provider.looked_up == ["task-1"]


def test_what_the_body_claims_is_not_believed(world: World, video: Video) -> None:
    world.provider.answers_task("task-1", Running("processing"))
    body = json.dumps(
        {"taskId": "task-1", "state": "success", "resultJson": {"resultUrls": ["https://evil"]}}
    )

    assert world.deliver(video, body.encode()) == 200
    assert world.state(video) is State.SUBMITTED
    assert world.results.opened == []


def test_a_confirmed_failure_fails_the_video(world: World, video: Video) -> None:
    world.provider.answers_task("task-1", TaskFailed(an_error()))

    assert world.deliver(video) == 200
    assert (world.state(video), world.see(video).error) == (State.FAILED, an_error())


def test_while_the_look_up_is_down_the_hint_waits_for_the_reconciler(world: World, video: Video) -> None:
    world.provider.answers_task("task-1", NotAnswered("503"))

    assert world.deliver(video) == 200
    assert (world.state(video), world.see(video).due_at) == (State.SUBMITTED, NOW + MINUTE)


def test_a_callback_for_another_task_confirms_the_recorded_one(world: World, video: Video) -> None:
    world.deliver(video, b'{"taskId":"task-of-somebody","state":"success"}')

    assert world.provider.looked_up == ["task-1"]
    assert world.see(video).task_id == "task-1"


def test_without_a_recorded_task_the_body_names_a_candidate(world: World) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]
    video = world.submit(key="key-2")

    assert world.deliver(video) == 200
    assert (world.state(video), world.see(video).task_id) == (State.STORED, "task-1")


@pytest.mark.usefixtures("video")
def test_a_candidate_that_belongs_to_another_video_is_not_ours(world: World) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]
    other = world.submit(key="key-2")

    assert world.deliver(other, b'{"taskId":"task-1","state":"success"}') == 200
    assert world.state(other) is State.SUBMITTING
    assert world.journal.counts[Metric.TASK_ID_CONFLICT] == 1


def test_an_unreadable_body_is_a_ping_for_the_recorded_task(world: World, video: Video) -> None:
    assert world.deliver(video, b"<html>") == 200
    assert world.state(video) is State.STORED


def test_without_any_task_id_the_provider_comes_again(world: World) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]
    video = world.submit(key="key-2")

    assert world.deliver(video, b"<html>") == 503
    assert world.state(video) is State.SUBMITTING


@pytest.mark.parametrize("size", [MAX_BODY_BYTES, MAX_BODY_BYTES + 1])
def test_a_body_past_64_kib_is_not_read(world: World, size: int) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]
    video = world.submit(key="key-2")
    body = b'{"taskId":"task-1","pad":"' + b"x" * (size - 28) + b'"}'
    assert len(body) == size

    assert world.deliver(video, body) == (200 if size <= MAX_BODY_BYTES else 503)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b64encode(b'{"taskId":"task-1"}').decode(), 200), ("no base64 at all!", 503), ("A" * 200_000, 503)],
    ids=["base64", "broken base64", "too long"],
)
def test_the_base64_flag_is_obeyed(world: World, body: str, status: int) -> None:
    world.provider.submit_answers = [Unclear("read timeout")]
    video = world.submit(key="key-2")

    assert world.deliver(video, body=body, is_base64=True) == status


@pytest.mark.parametrize(
    "changes",
    [
        {"token": ""},
        {"token": "x"},
        {"token": mint(RING.current, Bearing("staging", "apixo", a_video_id(1)), NOW + LONG)},
        {"provider": "nobody"},
        {"video_id": "../../etc"},
    ],
    ids=["no token", "rubbish", "another stage's", "unknown provider", "no video id"],
)
def test_what_is_not_ours_is_404_and_touches_nothing(
    world: World, video: Video, changes: dict[str, Any]
) -> None:
    writes = list(world.videos.applied)
    world.videos.unreadable = True

    assert world.deliver(video, **changes) == 404
    assert world.videos.applied == writes
    assert world.journal.counts[Metric.CALLBACK_REFUSED] == 1
    assert world.keys.looks == 0


def test_an_unknown_key_id_makes_the_keys_be_read_again(world: World, video: Video) -> None:
    newer = SigningKey("k9", b"9" * 32)
    world.keys.newer = KeyRing(newer, RING.current)
    token = mint(newer, Bearing(STAGE, "apixo", video.video_id), NOW + LONG)

    assert world.deliver(video, token=token) == 200
    assert world.keys.looks == 1


def test_a_callback_for_nothing_is_200_without_a_look_up(world: World) -> None:
    assert world.deliver(a_video(video_id=a_video_id(7))) == 200
    assert world.provider.looked_up == []


@pytest.mark.parametrize(
    "state",
    [
        State.RESULT_READY,
        State.TRANSFERRING,
        State.STORED,
        State.REJECTED,
        State.TRANSFER_FAILED,
        State.CANCELED,
    ],
)
def test_a_late_callback_is_200_and_changes_nothing(world: World, state: State) -> None:
    world.videos.plant(a_video(state))

    assert world.deliver(a_video(state)) == 200
    assert world.see(a_video(state)) == a_video(state)
    assert world.provider.looked_up == []


@pytest.mark.parametrize("state", [State.FAILED, State.REJECTED])
def test_a_success_claimed_for_a_failed_video_is_counted(world: World, state: State) -> None:
    world.videos.plant(a_video(state))

    assert world.deliver(a_video(state)) == 200
    assert world.journal.counts[Metric.LATE_RESULT] == 1


def test_a_late_success_re_opens_an_expired_video(world: World) -> None:
    world.videos.plant(a_video(State.EXPIRED))

    assert world.deliver(a_video(State.EXPIRED)) == 200
    stored = world.see(a_video())
    assert (stored.state, stored.error, stored.expired_at) == (State.STORED, None, None)


def test_a_late_failure_leaves_an_expired_video_expired(world: World) -> None:
    world.provider.answers_task("task-1", TaskFailed(an_error()))
    world.videos.plant(a_video(State.EXPIRED))

    assert world.deliver(a_video(State.EXPIRED)) == 200
    assert world.state(a_video()) is State.EXPIRED


def test_a_callback_for_a_queued_video_takes_it_out_of_the_queue(world: World) -> None:
    world.provider.answers_task("task-1", Running("processing"))
    world.videos.plant(a_video(State.QUEUED, sent_at=NOW))

    assert world.deliver(a_video(State.QUEUED)) == 200
    taken = world.see(a_video())
    assert (taken.state, taken.queue, taken.candidates) == (State.SUBMITTING, None, frozenset({"task-1"}))


def test_eight_confirmations_are_all_that_callbacks_can_cause(world: World, video: Video) -> None:
    world.provider.answers_task("task-1", Running("processing"))

    answers = [world.deliver(video) for _ in range(MAX_ASKED + 1)]

    assert answers == [200] * MAX_ASKED + [503]
    assert len(world.provider.looked_up) == MAX_ASKED


@pytest.mark.parametrize("after", [False, True], ids=["not applied", "answer lost"])
def test_an_unclear_record_is_500_and_nobody_is_asked(world: World, video: Video, after: bool) -> None:
    world.videos.fault = once("T5", after=after)

    assert world.deliver(video) == 500
    assert world.provider.looked_up == []


def test_a_store_that_cannot_be_read_is_500(world: World, video: Video) -> None:
    world.videos.unreadable = True

    assert world.deliver(video) == 500


def test_missing_callback_keys_are_500_and_named_in_the_log(world: World, video: Video) -> None:
    world.keys.error = NotConfiguredError("/reelhook/x/callback-keys", "is missing")

    assert world.deliver(video) == 500
    assert "/reelhook/x/callback-keys" in str(world.journal.warnings)


@pytest.mark.parametrize("write", ["T3", "T6", "T7"])
def test_after_the_record_no_fault_is_worth_another_delivery(world: World, video: Video, write: str) -> None:
    def down(attempt: Write, _after: bool) -> None:
        if attempt.name == write:
            raise StoreError("down")

    world.videos.fault = down

    assert world.deliver(video) == 200
    assert world.see(video).open is not None


def test_a_state_of_a_newer_deploy_is_left_alone(world: World, video: Video) -> None:
    world.videos.spoil(video.video_id, state="baking")

    assert world.deliver(video) == 503
    assert world.journal.counts[Metric.UNKNOWN_STATE] == 1


def test_an_inline_budget_of_0_hands_everything_to_the_queue() -> None:
    world = World(inline_seconds=0)
    world.provider.answers_task("task-1", DONE)
    video = world.submit()

    assert world.deliver(video) == 200
    assert (world.state(video), world.queue.sent) == (State.RESULT_READY, [video.video_id])
    world.work()
    assert world.state(video) is State.STORED


def test_the_inline_attempt_ends_before_the_function_does(world: World, video: Video) -> None:
    until: list[int | None] = []
    world.videos.fault = lambda write, after: (
        until.append(write.change["lease_until"]) if write.name == "T6" and not after else None
    )

    world.deliver(video)

    assert until == [NOW + 18 * SECOND + 30 * SECOND]

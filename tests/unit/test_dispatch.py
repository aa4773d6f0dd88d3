"""Queued videos are sent oldest first, one claim each, until the provider has no room."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reelhook.api.dispatch_event import woken_by_an_end
from reelhook.domain.answers import Refused, TryLater, Unclear
from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle.sending import OWNER_DISABLED
from reelhook.domain.owners import Owner
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.writes import Write
from tests.api import EVENTS
from tests.builders import NOW, a_request, a_video, a_video_id, an_error
from tests.fakes import FakeProvider
from tests.unit.world import World, once


def with_three_queued(world: World) -> World:
    for number in (3, 1, 2):
        request = a_request(prompt=f"video {number}")
        world.videos.plant(
            a_video(
                State.QUEUED,
                a_video_id(number),
                request=request,
                queued_order=f"{NOW + number:013d}#{a_video_id(number)}",
            )
        )
    return world


@pytest.fixture
def world() -> World:
    return with_three_queued(World())


def prompts_sent(world: World) -> list[str | None]:
    return [request.prompt for request, _ in world.provider.sent]


def test_the_oldest_goes_first_and_all_go_while_there_is_room(world: World) -> None:
    world.dispatch_tick()

    assert prompts_sent(world) == ["video 1", "video 2", "video 3"]
    assert world.state(a_video(video_id=a_video_id(3))) is State.SUBMITTED


def test_a_round_ends_at_the_first_429_and_the_gate_stays_closed(world: World) -> None:
    world.provider.submit_answers = [Unclear("lost"), TryLater()]

    world.dispatch_tick()
    world.dispatch_tick(after=29 * SECOND)

    assert prompts_sent(world) == ["video 1", "video 2"]
    assert world.state(a_video(video_id=a_video_id(2))) is State.QUEUED


def test_when_the_gate_opens_the_one_that_waited_longest_is_next(world: World) -> None:
    world.provider.submit_answers = [TryLater()]

    world.dispatch_tick()
    world.dispatch_tick(after=30 * SECOND)

    assert prompts_sent(world) == ["video 1", "video 1", "video 2", "video 3"]
    assert len(world.provider.paid) == 3


def test_the_pause_doubles_with_each_refusal_and_starts_anew_after_an_acceptance(world: World) -> None:
    world.provider.submit_answers = [TryLater(), TryLater()]
    world.dispatch_tick()
    world.dispatch_tick(after=30 * SECOND)

    assert world.gates.read("apixo").not_before == world.clock() + 60 * SECOND

    world.dispatch_tick(after=60 * SECOND)
    assert world.gates.read("apixo").refusals == 0


def test_woken_by_an_end_the_next_one_goes_out_before_our_own_pause_is_over(world: World) -> None:
    world.provider.submit_answers = [TryLater()]
    world.dispatch_tick()

    world.dispatch_tick(after=SECOND)
    assert prompts_sent(world) == ["video 1"]
    world.dispatch_tick(after=SECOND, woken=True)

    assert prompts_sent(world) == ["video 1", "video 1", "video 2", "video 3"]


def test_woken_by_an_end_nothing_goes_out_while_the_provider_asked_to_wait(world: World) -> None:
    world.provider.submit_answers = [TryLater(40)]
    world.dispatch_tick()

    world.dispatch_tick(after=39 * SECOND, woken=True)
    assert prompts_sent(world) == ["video 1"]
    world.dispatch_tick(after=SECOND, woken=True)

    assert len(prompts_sent(world)) == 4


ENDED = {  # as EventBridge hands one of our events to a function
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "detail-type": "video.completed",
    "source": "reelhook",
    "account": "123456789012",
    "time": "2026-12-01T09:34:15Z",
    "region": "eu-central-1",
    "resources": [],
    "detail": {"id": "evt_video_1_completed", "object": "event", "type": "video.completed"},
}


@pytest.mark.parametrize(
    ("event", "woken"),
    [
        (ENDED, True),
        (ENDED | {"detail-type": "video.expired"}, True),
        (ENDED | {"detail-type": "video.queued"}, False),
        (ENDED | {"source": "somebody.else"}, False),
        (json.loads((EVENTS / "dispatch_videos.json").read_text()), False),
        ({}, False),
    ],
)
def test_only_a_final_event_of_ours_wakes(event: dict[str, Any], woken: bool) -> None:
    assert woken_by_an_end(event) is woken


def test_out_of_funds_keeps_the_queue_and_closes_the_gate_for_a_quarter_of_an_hour(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error(), account=True)]

    world.dispatch_tick()

    assert world.state(a_video(video_id=a_video_id(1))) is State.QUEUED
    assert world.gates.read("apixo").not_before == NOW + 15 * MINUTE
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 1


def test_a_refused_request_does_not_stop_the_round(world: World) -> None:
    world.provider.submit_answers = [Refused(an_error())]

    world.dispatch_tick()

    assert world.state(a_video(video_id=a_video_id(1))) is State.REJECTED
    assert len(world.provider.paid) == 2


def test_two_rounds_at_once_are_one(world: World) -> None:
    def another_round() -> Unclear:
        world.dispatch_tick()
        return Unclear("lost")

    world.provider.submit_answers = [another_round]

    world.dispatch_tick()

    assert prompts_sent(world) == ["video 1", "video 2", "video 3"]


def test_a_lease_whose_holder_died_lapses(world: World) -> None:
    world.provider.submit_answers = [_killed]
    with pytest.raises(KeyboardInterrupt):
        world.dispatch_tick()

    world.dispatch_tick(after=121 * SECOND)

    assert prompts_sent(world) == ["video 1", "video 2", "video 3"]


def _killed() -> Unclear:
    raise KeyboardInterrupt


def test_a_video_that_another_actor_took_is_passed_over(world: World) -> None:
    world.videos.fault = once("T12", after=True)  # ours all the same: read back by its claim

    world.dispatch_tick()

    assert len(world.provider.paid) == 3


def test_a_claim_that_fails_sends_nothing_and_ends_the_round(world: World) -> None:
    def down(write: Write, after: bool) -> None:
        if write.name == "T12" and not after:
            world.videos.unreadable = True
            raise StoreError("down")

    world.videos.fault = down

    world.dispatch_tick()

    assert world.provider.sent == []
    assert world.gates.read("apixo").lease is None


def test_a_disabled_owners_video_fails_unsent_and_the_round_goes_on(world: World) -> None:
    world.videos.plant(
        a_video(
            State.QUEUED, a_video_id(0), owner="gone", queue="apixo", queued_order=f"{NOW:013d}#0", due_at=NOW
        )
    )
    world.accounts.owners["gone"] = Owner("gone", disabled=True)

    world.dispatch_tick()

    refused = world.see(a_video(video_id=a_video_id(0)))
    assert (refused.state, refused.error, refused.queue) == (State.FAILED, OWNER_DISABLED, None)
    assert (OWNER_DISABLED.code, OWNER_DISABLED.retryable, OWNER_DISABLED.billed) == (
        "owner_disabled",
        False,
        "no",
    )
    assert prompts_sent(world) == ["video 1", "video 2", "video 3"]


def test_an_owner_that_was_enabled_again_is_sent_for(world: World) -> None:
    world.accounts.owners["owner-1"] = Owner("owner-1", disabled=False)

    world.dispatch_tick()

    assert len(world.provider.sent) == 3


def test_without_a_word_about_its_owner_nothing_is_sent_and_the_round_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: str) -> None:
        raise StoreError("down")

    monkeypatch.setattr(world.accounts, "find_owner", down)

    world.dispatch_tick()

    assert world.provider.sent == []
    assert world.state(a_video(video_id=a_video_id(1))) is State.QUEUED
    assert world.gates.read("apixo").lease is None


def test_a_refusal_that_is_not_answered_is_made_again_by_the_next_round(world: World) -> None:
    world.accounts.owners["owner-1"] = Owner("owner-1", disabled=True)
    world.videos.fault = once("T12d", after=False)

    world.dispatch_tick()
    assert world.state(a_video(video_id=a_video_id(1))) is State.QUEUED
    world.dispatch_tick(after=MINUTE)

    assert {world.state(a_video(video_id=a_video_id(number))) for number in (1, 2, 3)} == {State.FAILED}
    assert world.provider.sent == []


def test_an_item_that_cannot_be_read_does_not_stop_the_round(world: World) -> None:
    world.videos.spoil(a_video_id(1), state="baking")

    world.dispatch_tick()

    assert prompts_sent(world) == ["video 2", "video 3"]
    assert world.journal.counts[Metric.ITEM_POISONED] + world.journal.counts[Metric.UNKNOWN_STATE] == 1


def test_a_provider_without_a_usable_key_keeps_its_queue_and_stops_no_other() -> None:
    keyless = FakeProvider()
    world = with_three_queued(World(others={"modellix": keyless}))
    request = a_request(model="modellix/seedance-2.0-v2v")
    waiting = a_video(State.QUEUED, a_video_id(9), request=request, provider="modellix", queue="modellix")
    world.videos.plant(waiting)
    keyless.configured = False

    world.dispatch_tick()

    assert world.state(waiting) is State.QUEUED
    assert keyless.sent == []
    assert prompts_sent(world) == ["video 1", "video 2", "video 3"]
    assert world.journal.counts[Metric.ACCOUNT_PROBLEM] == 1
    keyless.configured = True
    world.dispatch_tick(after=MINUTE)
    assert len(keyless.sent) == 1


def test_a_round_without_a_queued_video_writes_nothing() -> None:
    world, leased = World(), list[Write]()
    apply = world.gates.apply
    world.gates.apply = lambda write: leased.append(write) or apply(write)  # type: ignore[method-assign,func-returns-value]

    world.dispatch_tick()

    assert leased == []


def test_a_queue_that_cannot_be_read_is_left_for_the_next_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_provider: str) -> Iterator[str]:
        raise StoreError("down")

    monkeypatch.setattr(world.videos, "queued", down)
    world.dispatch_tick()

    assert world.provider.sent == []

"""An event reaches each endpoint that wants it: by the schedule, by one sender at a time, whatever dies in between."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from standardwebhooks import Webhook

from reelhook.domain.errors.running import StoreError, UnreadableItemError
from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import LEASE, SCHEDULE, Answer, DeliveryState, schedule_of
from reelhook.domain.webhooks.endpoint import EndpointBook, EndpointStatus
from reelhook.domain.webhooks.signing import secret_of
from reelhook.domain.writes import Outcome, Write
from tests.builders import NOW, a_request
from tests.unit.webhook_world import ENDS, HOOK, MASTER, WebhookWorld

DOWN = Answer(problem="no_connection")


def test_an_event_is_sent_at_once_signed_and_whole() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens(request=a_request(metadata={"scene": "4"}))
    assert world.work() == 1

    [(url, headers, body)] = world.target.posts
    told = json.loads(body)
    assert (url, headers["webhook-id"], headers["webhook-timestamp"]) == (HOOK, change.id, str(NOW // SECOND))
    assert set(told) == {"id", "object", "type", "created_at", "data"}
    assert (told["id"], told["type"], told["data"]["metadata"]) == (
        change.id,
        "video.completed",
        {"scene": "4"},
    )
    key = Webhook(secret_of(MASTER, endpoint.id, 1))
    assert headers["webhook-signature"] == key.sign(change.id, _when(headers), body.decode())

    delivery = world.delivery(endpoint, change)
    assert (delivery.state, delivery.status_code, delivery.attempts) == (DeliveryState.DELIVERED, 200, 1)
    assert (delivery.body, delivery.open, delivery.due_at, delivery.claim) == (None, None, None, None)
    assert delivery.ttl == (NOW + 30 * DAY) // SECOND


def _when(headers: Mapping[str, str]) -> datetime:
    return datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)


def test_each_endpoint_that_wants_it_gets_it_and_nobody_elses() -> None:
    world = WebhookWorld()
    wanted = [world.endpoint(), world.endpoint(("video.completed",))]
    world.endpoint(("video.failed",))
    world.endpoint(owner="owner-2")
    off = world.endpoint()
    world.webhook_endpoints.update("owner-1", off.id, status=EndpointStatus.DISABLED)
    change = world.happens()

    assert world.queue.sent == [(endpoint.id, change.id) for endpoint in wanted]


@pytest.mark.parametrize(("types", "told"), [(ENDS, 0), ((*ENDS, "video.queued"), 1)])
def test_being_queued_is_told_only_to_who_asked_for_it(types: tuple[str, ...], told: int) -> None:
    world = WebhookWorld()
    world.endpoint(types)
    world.happens(State.QUEUED)

    assert world.work() == told


def test_endpoints_that_cannot_be_read_hold_up_nobody_else() -> None:
    world = WebhookWorld()

    def unreadable(owner: str) -> EndpointBook:
        raise UnreadableItemError(f"the endpoints of {owner}", "version: int expected")

    world.endpoints.read = unreadable  # type: ignore[method-assign]
    world.happens()

    assert (world.queue.sent, world.journal.counts[Metric.ITEM_POISONED]) == ([], 1)


def test_a_change_that_is_followed_twice_is_one_delivery() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    world.clock.advance(SECOND)
    world.follower.follow(change)

    assert world.queue.sent == [(endpoint.id, change.id)]
    assert world.delivery(endpoint, change).created_at == NOW


def test_attempts_follow_the_schedule_and_each_signs_its_own_time() -> None:
    world = WebhookWorld(DOWN)
    endpoint, change = world.endpoint(), None
    change = world.happens()
    world.work()
    times = [world.clock()]
    while world.delivery(endpoint, change).state is DeliveryState.PENDING:
        due_at = world.delivery(endpoint, change).due_at
        assert due_at is not None
        world.clock.now = due_at
        assert world.tick() == 1
        times.append(world.clock())

    waits = [later - earlier for earlier, later in pairwise(times)]
    hours = [2, 5, 10, 14, 20, 24]
    expected = [MINUTE, 5 * MINUTE, 30 * MINUTE, *(hour * HOUR for hour in hours)]
    assert all(due <= wait <= due * 11 // 10 + MINUTE for due, wait in zip(expected, waits, strict=True))
    stamps = [headers["webhook-timestamp"] for _, headers, _ in world.target.posts]
    assert stamps == [str(time // SECOND) for time in times]
    assert len({headers["webhook-id"] for _, headers, _ in world.target.posts}) == 1
    assert len({body for _, _, body in world.target.posts}) == 1
    ended = world.delivery(endpoint, change)
    assert (ended.state, ended.attempts, ended.problem) == (DeliveryState.FAILED, 10, "no_connection")
    assert (ended.body, ended.open, world.journal.counts[Metric.WEBHOOK_GIVEN_UP]) == (None, None, 1)


def test_what_failed_together_does_not_come_again_together() -> None:
    world = WebhookWorld(DOWN)
    endpoints = [world.endpoint() for _ in range(10)]
    change = world.happens()
    world.work()

    assert len({world.delivery(each, change).due_at for each in endpoints}) > 3


@pytest.mark.parametrize("answer", [Answer(301), Answer(400), Answer(429), Answer(503), DOWN])
def test_a_receiver_that_fails_five_times_gets_the_event(answer: Answer) -> None:
    world = WebhookWorld(*[answer] * 5, Answer(204), schedule=schedule_of("1,1,1,1,1,1"))
    endpoint = world.endpoint()
    change = world.happens()
    rounds = [world.work(), *(world.tick() for _ in range(6))]

    assert rounds == [1, 1, 1, 1, 1, 1, 0]
    assert len(world.target.posts) == 6
    delivery = world.delivery(endpoint, change)
    assert (delivery.state, delivery.attempts, delivery.status_code) == (DeliveryState.DELIVERED, 6, 204)
    assert delivery.problem is None


def test_a_lost_message_costs_a_minute() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    world.queue.broken = True
    change = world.happens()
    assert world.queue.sent == []
    world.queue.broken = False

    assert world.tick() == 1
    assert world.delivery(endpoint, change).state is DeliveryState.DELIVERED
    assert world.clock() - NOW <= MINUTE


def test_a_message_that_comes_twice_is_sent_once() -> None:
    world = WebhookWorld()
    world.endpoint()
    world.happens()
    world.queue.sent *= 3
    world.work()

    assert len(world.target.posts) == 1


def test_while_one_sends_another_does_not() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    world.target.meanwhile = lambda: world.delivering.deliver(endpoint.id, change.id)
    world.work()

    assert len(world.target.posts) == 1


def test_of_two_who_read_the_same_one_sends() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    seen = world.delivery(endpoint, change)
    world.work()
    real, world.deliveries.read = world.deliveries.read, lambda *_: seen  # type: ignore[method-assign]
    world.delivering.deliver(endpoint.id, change.id)
    world.deliveries.read = real  # type: ignore[method-assign]

    assert len(world.target.posts) == 1


def test_a_killed_sender_loses_nothing() -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    world.target.meanwhile = die
    with pytest.raises(Killed):
        world.work()
    world.target.meanwhile = lambda: None
    world.delivering.deliver(endpoint.id, change.id)
    assert len(world.target.posts) == 1  # its lease stands
    world.clock.advance(LEASE - MINUTE)

    assert world.tick() == 1
    assert world.delivery(endpoint, change).state is DeliveryState.DELIVERED


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("name", ["W1", "W2"])
def test_an_unclear_write_means_once_more_at_worst(name: str, applied: bool) -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    real, left = world.deliveries.apply, [name]

    def apply(write: Write) -> Outcome[Any]:
        if write.name not in left:
            return real(write)
        left.clear()
        if applied:
            real(write)
        raise StoreError("DynamoDB: no answer")

    world.deliveries.apply = apply  # type: ignore[method-assign]
    world.work()
    for _ in range(3):
        world.tick()

    assert world.delivery(endpoint, change).state is DeliveryState.DELIVERED
    assert 1 <= len(world.target.posts) <= 2


def test_410_disables_the_endpoint_and_ends_what_waits_for_it() -> None:
    world = WebhookWorld(DOWN, Answer(410))
    endpoint = world.endpoint()
    first = world.happens(video_id="video_" + "a" * 26)
    world.work()
    second = world.happens(video_id="video_" + "b" * 26)
    world.work()

    assert world.webhook_endpoints.find("owner-1", endpoint.id).status is EndpointStatus.DISABLED
    assert world.delivery(endpoint, second).status_code == 410
    for _ in range(3):
        world.tick()
    waited = world.delivery(endpoint, first)
    assert (waited.state, waited.problem, waited.open) == (DeliveryState.FAILED, "endpoint_disabled", None)
    assert len(world.target.posts) == 2
    assert world.happens(State.FAILED).id
    assert world.queue.sent == []


def test_410_from_where_it_does_not_lie_any_more_disables_nothing() -> None:
    world = WebhookWorld(Answer(410))
    endpoint = world.endpoint()
    world.happens()
    moved = "https://elsewhere.example.com/"
    world.target.meanwhile = lambda: world.webhook_endpoints.update("owner-1", endpoint.id, url=moved)
    world.work()

    assert world.webhook_endpoints.find("owner-1", endpoint.id).status is EndpointStatus.ENABLED


def test_nothing_is_sent_to_a_deleted_endpoint() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    world.webhook_endpoints.delete("owner-1", endpoint.id)
    world.work()

    assert world.target.posts == []
    assert world.delivery(endpoint, change).problem == "endpoint_deleted"
    assert world.delivery(endpoint, change).body is None


def test_an_event_on_its_way_tells_what_happened_even_if_its_video_is_deleted() -> None:
    world = WebhookWorld(DOWN, Answer(200))
    world.endpoint()
    world.happens()
    world.work()
    world.videos.items.clear()
    world.tick()
    world.tick()

    assert len({body for _, _, body in world.target.posts}) == 1
    assert len(world.target.posts) == 2


def test_a_slow_sender_does_not_undo_what_came_after_its_lease() -> None:
    world = WebhookWorld(DOWN)
    endpoint = world.endpoint()
    change = world.happens()

    def overtaken() -> None:
        world.target.meanwhile = lambda: None
        world.clock.advance(LEASE)
        world.target.answers = [Answer(200), DOWN]
        world.delivering.deliver(endpoint.id, change.id)

    world.target.meanwhile = overtaken
    world.work()

    delivery = world.delivery(endpoint, change)
    assert (delivery.state, delivery.status_code, delivery.open) == (DeliveryState.DELIVERED, 200, None)


def test_without_the_key_nothing_is_sent_and_nothing_is_lost() -> None:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    before = world.delivery(endpoint, change)

    def no_key() -> bytes:
        raise StoreError("SSM: down")

    world.delivering._master = no_key
    world.work()

    assert world.target.posts == []
    assert world.delivery(endpoint, change) == before
    assert world.journal.warnings


def test_a_schedule_is_seconds_with_commas_between() -> None:
    assert schedule_of("1, 2,300") == (SECOND, 2 * SECOND, 300 * SECOND)
    for wrong in ("", "1,,2", "-1", "1.5", "a"):
        with pytest.raises(ValueError, match="whole seconds"):
            schedule_of(wrong)


def test_the_schedule_takes_about_three_days() -> None:
    assert 3 * DAY < sum(SCHEDULE) < 3 * DAY + 6 * HOUR


def test_logs_name_no_url_and_no_secret() -> None:
    world = WebhookWorld(DOWN, Answer(200))
    endpoint = world.endpoint()
    world.happens()
    world.work()
    world.tick()
    world.tick()
    said = str(world.journal.notes + world.journal.warnings)

    assert endpoint.id in said
    assert "hooks.example.com" not in said
    assert secret_of(MASTER, endpoint.id, 1) not in said
    assert "lighthouse" not in said

"""Endpoints and deliveries: what is written comes back, indexes show what is due and what was sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from json import loads

import pytest

from reelhook.adapters.clients import dynamodb_client, sqs_client
from reelhook.adapters.sqs import SqsWebhookQueue
from reelhook.adapters.webhook_stores import DynamoDeliveries, DynamoEndpoints
from reelhook.domain.events import EventType, PublicChange
from reelhook.domain.lifecycle import delivering
from reelhook.domain.ports.webhooks import DeliveryStore, EndpointStore
from reelhook.domain.time import DAY, MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import LEASE, Answer, Delivery, DeliveryState
from reelhook.domain.webhooks.endpoint import Endpoint, EndpointBook, EndpointStatus
from reelhook.domain.writes import is_mine
from tests.builders import NOW, a_video, a_video_id
from tests.contracts.aws import a_table
from tests.contracts.conftest import faked
from tests.fakes import InMemoryDeliveries, InMemoryEndpoints, InMemoryVideos

HOOK = "we_" + "a" * 26
BODY = '{"id":"evt"}'


@dataclass(frozen=True)
class Stores:
    """Both, and whether the table's other readers see deliveries."""

    endpoints: EndpointStore
    deliveries: DeliveryStore
    due_videos: Callable[[], list[str]]


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """Empty ones."""
    if faked(request):
        return Stores(InMemoryEndpoints(), InMemoryDeliveries(), lambda: list(InMemoryVideos().due(NOW)))
    from reelhook.adapters.dynamodb import DynamoVideos

    client, table = dynamodb_client(), a_table("VideosTable")
    videos = DynamoVideos(client, table)
    endpoints = DynamoEndpoints(client, a_table("AccountsTable"))
    return Stores(endpoints, DynamoDeliveries(client, table), lambda: list(videos.due(NOW)))


def an_endpoint(number: int = 0, **changes: object) -> Endpoint:
    made = Endpoint(
        f"we_{a_video_id(number)[6:]}", "mine", "https://a.example.com", ("video.failed",), NOW, NOW
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def a_change(number: int = 0, at: int = NOW) -> PublicChange:
    return PublicChange(a_video(State.STORED, a_video_id(number)), EventType.COMPLETED, at)


def planted(stores: Stores, number: int = 0, at: int = NOW, endpoint_id: str = HOOK) -> Delivery:
    outcome = stores.deliveries.apply(delivering.new_delivery(endpoint_id, a_change(number), BODY, at))
    assert outcome.applied
    found = stores.deliveries.read(endpoint_id, a_change(number).id)
    assert found is not None
    return found


def test_an_owner_without_endpoints_has_an_empty_book(stores: Stores) -> None:
    assert stores.endpoints.read("owner-1") == EndpointBook("owner-1")


def test_what_is_written_of_a_book_comes_back_whole(stores: Stores) -> None:
    empty = stores.endpoints.read("owner-1")
    rotated = an_endpoint(1, status=EndpointStatus.DISABLED).rotated(NOW, keep_old=True)
    book = empty.having(an_endpoint()).having(rotated)

    assert stores.endpoints.apply(delivering.change_book(empty, book))
    assert stores.endpoints.read("owner-1") == replace(book, version=1)
    assert stores.endpoints.read("owner-2") == EndpointBook("owner-2")


def test_of_two_changes_to_the_same_book_one_stands(stores: Stores) -> None:
    for _ in range(2):
        seen = stores.endpoints.read("owner-1")
        first, second = seen.having(an_endpoint(1)), seen.having(an_endpoint(2))
        assert stores.endpoints.apply(delivering.change_book(seen, first))
        assert not stores.endpoints.apply(delivering.change_book(seen, second))
        assert stores.endpoints.read("owner-1").find(an_endpoint(2).id) is None


def test_the_last_endpoint_leaves_an_empty_book(stores: Stores) -> None:
    seen = stores.endpoints.read("owner-1")
    stores.endpoints.apply(delivering.change_book(seen, seen.having(an_endpoint())))
    seen = stores.endpoints.read("owner-1")

    assert stores.endpoints.apply(delivering.change_book(seen, seen.lacking(an_endpoint().id)))
    assert stores.endpoints.read("owner-1") == EndpointBook("owner-1", 2)


def test_a_delivery_comes_back_whole_and_is_made_once(stores: Stores) -> None:
    made = planted(stores)
    again = stores.deliveries.apply(delivering.new_delivery(HOOK, a_change(), "another", NOW + SECOND))

    assert (made.state, made.body, made.type) == (DeliveryState.PENDING, BODY, EventType.COMPLETED)
    assert (made.due_at, made.attempts, made.happened_at) == (NOW, 0, NOW)
    assert made.ttl == (NOW + 30 * DAY) // SECOND
    assert (again.applied, again.item) == (False, made)
    assert stores.deliveries.read(HOOK, "evt_none") is None


def test_what_is_due_is_told_oldest_first_and_apart_from_videos(stores: Stores) -> None:
    planted(stores, 1, NOW - MINUTE)
    planted(stores, 2, NOW - 2 * MINUTE)
    planted(stores, 3, NOW + 1)

    assert list(stores.deliveries.due(NOW)) == [(HOOK, a_change(2).id), (HOOK, a_change(1).id)]
    assert stores.due_videos() == []


def test_of_two_senders_one_takes_it(stores: Stores) -> None:
    seen = planted(stores)
    first = delivering.take(seen, "claim-1", NOW)
    mine, others = (
        stores.deliveries.apply(first),
        stores.deliveries.apply(delivering.take(seen, "claim-2", NOW)),
    )

    assert (mine.applied, others.applied) == (True, False)
    assert mine.item is not None
    assert (mine.item.attempts, mine.item.claim, mine.item.due_at) == (1, "claim-1", NOW + LEASE)
    assert is_mine(first, stores.deliveries.apply(first).item)
    assert list(stores.deliveries.due(NOW)) == []
    assert list(stores.deliveries.due(NOW + LEASE)) == [(HOOK, seen.event_id)]


@pytest.mark.parametrize("answer", [Answer(204), Answer(500), Answer(problem="timeout")])
def test_an_end_is_kept_and_the_body_is_not(stores: Stores, answer: Answer) -> None:
    taken = stores.deliveries.apply(delivering.take(planted(stores), "claim-1", NOW)).item
    assert taken is not None
    end = delivering.delivered if answer.taken else delivering.given_up
    ended = stores.deliveries.apply(end(taken, answer, NOW + SECOND)).item

    assert ended is not None
    assert (ended.status_code, ended.problem) == (answer.status_code, answer.problem)
    assert (ended.ended_at, ended.body, ended.claim, ended.open, ended.due_at) == (NOW + SECOND, *[None] * 4)
    assert list(stores.deliveries.due(NOW + DAY)) == []
    assert not stores.deliveries.apply(delivering.try_later(taken, answer, NOW)).applied
    again = stores.deliveries.apply(delivering.redeliver(ended, BODY, NOW + MINUTE)).item
    assert again is not None
    assert (again.state, again.body, again.due_at, again.earlier) == (
        DeliveryState.PENDING,
        BODY,
        NOW + MINUTE,
        1,
    )


def test_what_is_tried_later_forgets_what_the_attempt_before_was_told(stores: Stores) -> None:
    taken = stores.deliveries.apply(delivering.take(planted(stores), "claim-1", NOW)).item
    assert taken is not None
    waiting = stores.deliveries.apply(delivering.try_later(taken, Answer(503), NOW + MINUTE)).item
    assert waiting is not None
    assert (waiting.status_code, waiting.due_at, waiting.claim) == (503, NOW + MINUTE, None)
    taken = stores.deliveries.apply(delivering.take(waiting, "claim-2", NOW)).item
    assert taken is not None
    waiting = stores.deliveries.apply(delivering.try_later(taken, Answer(problem="timeout"), NOW + DAY)).item
    assert waiting is not None
    assert (waiting.status_code, waiting.problem) == (None, "timeout")
    gone = stores.deliveries.apply(delivering.not_sent(waiting, "endpoint_deleted", NOW)).item
    assert gone is not None
    assert (gone.state, gone.problem, gone.due_at) == (DeliveryState.FAILED, "endpoint_deleted", None)


def test_a_log_is_walked_newest_first_by_endpoint(stores: Stores) -> None:
    made = [planted(stores, number, NOW + number) for number in range(5)]
    planted(stores, 9, endpoint_id="we_" + "b" * 26)
    first = stores.deliveries.logged(HOOK, None, 3)

    assert list(first) == made[:1:-1]
    assert list(stores.deliveries.logged(HOOK, first[-1].delivery_order, 3)) == [made[1], made[0]]
    assert list(stores.deliveries.logged("we_" + "c" * 26, None, 3)) == []


def test_a_page_of_a_hundred_and_one_is_read(stores: Stores) -> None:
    for number in range(102):
        planted(stores, number, NOW + number)
    places = [each.delivery_order for each in stores.deliveries.logged(HOOK, None, 101)]

    assert len(places) == 101
    assert places == sorted(places, reverse=True)


def test_a_message_names_endpoint_and_event(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("_aws")
    client = sqs_client()
    url = client.create_queue(QueueName="webhooks")["QueueUrl"]
    SqsWebhookQueue(lambda: client, url).send(HOOK, "evt_1")
    (message,) = client.receive_message(QueueUrl=url)["Messages"]

    assert loads(message["Body"]) == {"endpoint_id": HOOK, "event_id": "evt_1"}

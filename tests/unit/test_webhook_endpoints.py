"""The routes of webhook endpoints, as the official SDK asks them."""

import time
from typing import Any, get_args

import pytest
from openai.types.webhooks import (
    DeletedWebhookEndpoint,
    WebhookEndpoint,
    WebhookEndpointTestResult,
    WebhookEndpointWithSecret,
    WebhookEventTypeList,
)
from standardwebhooks import Webhook

from reelhook.api.webhook_bodies import EventName
from reelhook.domain.errors.running import StoreError
from reelhook.domain.events import EventType
from reelhook.domain.time import DAY, MINUTE, SECOND
from reelhook.domain.video import State
from reelhook.domain.webhooks.delivery import Answer, DeliveryState
from reelhook.domain.webhooks.endpoint import MAX_ENDPOINTS
from reelhook.domain.webhooks.signing import secret_of
from reelhook.domain.writes import Write
from tests.builders import NOW
from tests.unit.webhook_world import ENDS, HOOK, MASTER, WebhookWorld

NEW = {"name": "mine", "url": HOOK, "event_types": ["video.completed"]}
DOWN = Answer(problem="no_connection")


def created(world: WebhookWorld, **fields: Any) -> dict[str, Any]:
    status, endpoint = world.ask("POST", "", {**NEW, **fields})
    assert status == 200, endpoint
    assert isinstance(endpoint, dict)
    return endpoint


def test_a_new_endpoint_tells_its_secret_once_and_ever_after_a_hint() -> None:
    world = WebhookWorld()
    made = created(world)
    secret = secret_of(MASTER, made["id"], 1)

    assert made == {
        "id": made["id"],
        "object": "webhook_endpoint",
        "name": "mine",
        "url": HOOK,
        "event_types": ["video.completed"],
        "status": "enabled",
        "signing_secret": secret,
        "signing_secret_hint": f"whsec_...{secret[-5:-1]}",
        "created_at": NOW // SECOND,
        "updated_at": NOW // SECOND,
    }
    assert WebhookEndpointWithSecret.model_validate(made, strict=True)
    shown = {name: value for name, value in made.items() if name != "signing_secret"}
    assert world.ask("GET", f"/{made['id']}") == (200, shown)
    assert WebhookEndpoint.model_validate(shown, strict=True)
    assert world.ask("GET")[1]["data"] == [shown]


def test_nothing_that_is_stored_is_the_secret() -> None:
    world = WebhookWorld()
    made = created(world)

    assert made["signing_secret"][6:] not in str(world.endpoints.items)


def test_without_types_an_endpoint_is_told_of_every_end() -> None:
    world = WebhookWorld()
    fields = {"name": "mine", "url": HOOK}

    assert world.ask("POST", "", fields)[1]["event_types"] == list(ENDS)
    assert created(world, event_types=["video.failed"] * 3)["event_types"] == ["video.failed"]


def test_the_types_are_those_of_the_events() -> None:
    world = WebhookWorld()
    names = [kind.value for kind in EventType]
    told = world.ask("GET", path="/v1/webhook_event_types")[1]

    assert told == {"object": "list", "data": names}
    assert WebhookEventTypeList.model_validate(told, strict=True)
    assert sorted(get_args(EventName.__value__)) == sorted(names)


@pytest.mark.parametrize(
    ("body", "params"),
    [
        ({}, {"name", "url"}),
        ({**NEW, "colour": "red"}, {"colour"}),
        ({**NEW, "name": " "}, {"name"}),
        ({**NEW, "name": "a" * 257}, {"name"}),
        ({**NEW, "event_types": []}, {"event_types"}),
        ({**NEW, "event_types": ["video.in_progress"]}, {"event_types[0]"}),
        ({**NEW, "event_types": "video.failed"}, {"event_types"}),
        ({**NEW, "url": "http://hooks.example.com/"}, {"url"}),
        ({**NEW, "url": "https://hooks.example.com:8443/"}, {"url"}),
        ({**NEW, "url": "https://169.254.169.254/"}, {"url"}),
        ({**NEW, "url": "https://localhost/"}, {"url"}),
        ({**NEW, "url": "https://user:pass@hooks.example.com/"}, {"url"}),
        ({"name": 1, "url": "ftp://x"}, {"name", "url"}),
        ("[]", {None}),
        ("{", {None}),
    ],
)
def test_a_body_that_cannot_be_is_400_and_names_its_fields(body: object, params: set[str | None]) -> None:
    world = WebhookWorld()
    status, answered = world.ask("POST", "", body)

    assert (status, answered["error"]["code"]) == (400, "invalid_request")
    assert {problem["param"] for problem in answered["error"]["problems"]} == params
    assert len(world.endpoints) == 0


def test_a_listed_origin_may_lie_anywhere() -> None:
    world = WebhookWorld()
    world.webhook_origins = ("http://127.0.0.1:9000",)

    assert created(world, url="http://127.0.0.1:9000/in")["url"] == "http://127.0.0.1:9000/in"
    assert world.ask("POST", "", {**NEW, "url": "http://127.0.0.1:9001/in"})[0] == 400


def test_an_owner_has_at_most_ten() -> None:
    world = WebhookWorld()
    for _ in range(MAX_ENDPOINTS):
        created(world)
    status, answered = world.ask("POST", "", NEW)

    assert (status, answered["error"]["code"]) == (409, "too_many_endpoints")
    assert world.ask("POST", "", NEW, owner="owner-2")[0] == 200


def test_a_list_is_walked_newest_first() -> None:
    world = WebhookWorld()
    made = [created(world)["id"] for _ in range(3)]
    status, first = world.ask("GET", limit="2")

    assert (status, [each["id"] for each in first["data"]], first["has_more"]) == (
        200,
        [made[2], made[1]],
        True,
    )
    assert (first["first_id"], first["last_id"]) == (made[2], made[1])
    rest = world.ask("GET", after=first["last_id"])[1]
    assert ([each["id"] for each in rest["data"]], rest["has_more"]) == ([made[0]], False)
    assert world.ask("GET", owner="owner-2")[1]["data"] == []
    for wrong in ({"limit": "0"}, {"limit": "101"}, {"after": "we_unknown"}, {"after": "we_" + "z" * 26}):
        assert world.ask("GET", **wrong)[1]["error"]["param"] in wrong


def test_an_update_changes_what_is_given_and_nothing_changes_nothing() -> None:
    world = WebhookWorld()
    made = created(world)
    world.clock.advance(SECOND)
    assert world.ask("POST", f"/{made['id']}", {"name": "mine"})[1]["updated_at"] == NOW // SECOND
    changes = {"name": "yours", "event_types": ["video.queued"], "status": "disabled"}
    status, changed = world.ask("POST", f"/{made['id']}", changes)

    assert status == 200
    assert {name: changed[name] for name in changes} == changes
    assert (changed["url"], changed["updated_at"]) == (HOOK, NOW // SECOND + 1)
    assert world.ask("POST", f"/{made['id']}", {"url": "https://10.0.0.1/"})[0] == 400
    assert world.ask("POST", f"/{made['id']}", {"status": "gone"})[0] == 400


def test_a_deleted_endpoint_is_gone() -> None:
    world = WebhookWorld()
    made, kept = created(world), created(world)
    status, deleted = world.ask("DELETE", f"/{made['id']}")

    assert (status, deleted) == (
        200,
        {"id": made["id"], "object": "webhook_endpoint.deleted", "deleted": True},
    )
    assert DeletedWebhookEndpoint.model_validate(deleted, strict=True)
    assert world.ask("GET", f"/{made['id']}")[0] == world.ask("DELETE", f"/{made['id']}")[0] == 404
    assert [each["id"] for each in world.ask("GET")[1]["data"]] == [kept["id"]]
    world.ask("DELETE", f"/{kept['id']}")
    assert world.ask("GET")[1]["data"] == []


@pytest.mark.parametrize(
    ("body", "signatures"), [(None, 1), ({}, 1), ({"keep_old_secret_active_for_24_hours": True}, 2)]
)
def test_a_rotation_tells_a_new_secret_and_keeps_the_old_one_if_asked(body: object, signatures: int) -> None:
    world = WebhookWorld()
    made = created(world)
    status, rotated = world.ask("POST", f"/{made['id']}/rotate_secret", body)
    world.happens()
    world.work()

    assert status == 200
    assert rotated["signing_secret"] == secret_of(MASTER, made["id"], 2) != made["signing_secret"]
    assert len(world.target.posts[0][1]["webhook-signature"].split()) == signatures


def test_three_old_secrets_are_the_most() -> None:
    world = WebhookWorld()
    path = f"/{created(world)['id']}/rotate_secret"
    keeping = {"keep_old_secret_active_for_24_hours": True}
    assert [world.ask("POST", path, keeping)[0] for _ in range(4)] == [200, 200, 200, 400]
    world.clock.advance(DAY)

    assert world.ask("POST", path, keeping)[0] == 200


def test_a_test_message_is_signed_sent_once_and_its_answer_told() -> None:
    world = WebhookWorld(Answer(418))
    made = created(world)
    world.clock.now = time.time_ns() // 10**6
    status, told = world.ask("POST", f"/{made['id']}/test", {"event_type": "video.failed"})

    assert (status, told) == (
        200,
        {
            "object": "webhook_endpoint.test",
            "webhook_endpoint_id": made["id"],
            "event_type": "video.failed",
            "status_code": 418,
            "success": True,
        },
    )
    assert WebhookEndpointTestResult.model_validate(told, strict=True)
    [(_, headers, body)] = world.target.posts
    event = Webhook(made["signing_secret"]).verify(body, dict(headers))
    assert (event["type"], event["data"]["status"], event["data"]["error"]["code"]) == (
        "video.failed",
        "failed",
        "sample",
    )
    assert len(world.deliveries) == 0
    assert world.ask("POST", f"/{made['id']}/test", {})[1]["error"]["param"] == "event_type"


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_event_can_be_tried(event_type: EventType) -> None:
    world = WebhookWorld()
    made = created(world)

    assert world.ask("POST", f"/{made['id']}/test", {"event_type": event_type.value})[0] == 200
    assert f'"type":"{event_type}"' in world.target.posts[0][2].decode()


def test_a_test_message_that_nobody_answers_is_an_error_that_names_the_url() -> None:
    world = WebhookWorld(Answer(problem="refused_address"))
    made = created(world)
    status, answered = world.ask("POST", f"/{made['id']}/test", {"event_type": "video.failed"})

    error = answered["error"]
    assert (status, error["code"], error["param"]) == (400, "endpoint_unreachable", "url")
    assert "refused_address" in error["message"]


def test_the_log_tells_what_was_sent_newest_first_and_no_content() -> None:
    world = WebhookWorld(DOWN, Answer(200))
    made = created(world, event_types=list(ENDS))
    first = world.happens(video_id="video_" + "a" * 26)
    world.work()
    world.clock.advance(SECOND)
    second = world.happens(State.FAILED, video_id="video_" + "b" * 26)
    world.work()
    status, log = world.ask("GET", f"/{made['id']}/deliveries")

    assert status == 200
    assert [(each["id"], each["status"], each["attempts"]) for each in log["data"]] == [
        (second.id, "delivered", 1),
        (first.id, "pending", 1),
    ]
    waiting = log["data"][1]
    assert waiting["last_problem"] == "no_connection"
    assert waiting["last_status_code"] is None
    assert waiting["next_attempt_at"] >= NOW // SECOND + 60
    assert (log["data"][0]["last_status_code"], log["data"][0]["next_attempt_at"]) == (200, None)
    assert "lighthouse" not in str(log)
    page = world.ask("GET", f"/{made['id']}/deliveries", limit="1")[1]
    assert page["has_more"] is True
    rest = world.ask("GET", f"/{made['id']}/deliveries", after=page["last_id"])[1]
    assert ([each["id"] for each in rest["data"]], rest["has_more"]) == ([first.id], False)
    assert world.ask("GET", f"/{made['id']}/deliveries", after="evt_none")[0] == 400


def test_what_was_given_up_is_sent_once_more_with_the_same_data() -> None:
    world = WebhookWorld(DOWN, Answer(200), schedule=())
    made = created(world)
    change = world.happens()
    world.work()
    path = f"/{made['id']}/deliveries/{change.id}/redeliver"
    world.clock.advance(DAY)
    status, told = world.ask("POST", path)

    assert (status, told["status"], told["attempts"]) == (202, "pending", 1)
    world.work()
    (_, _, first), (_, headers, second) = world.target.posts
    assert (first, headers["webhook-id"]) == (second, change.id)
    log = world.ask("GET", f"/{made['id']}/deliveries")[1]["data"]
    assert [(each["status"], each["attempts"]) for each in log] == [("delivered", 2)]


def test_a_redelivery_has_the_whole_schedule_again() -> None:
    world = WebhookWorld(DOWN, schedule=(MINUTE,))
    made = created(world)
    change = world.happens()
    for _ in range(4):
        world.work()
        world.tick()
    world.ask("POST", f"/{made['id']}/deliveries/{change.id}/redeliver")
    for _ in range(4):
        world.work()
        world.tick()

    assert len(world.target.posts) == 4


def test_what_waits_can_be_sent_now_and_what_is_being_sent_is_left_alone() -> None:
    world = WebhookWorld(DOWN, Answer(200))
    made = created(world)
    change = world.happens()
    path = f"/{made['id']}/deliveries/{change.id}/redeliver"
    asked = list[int]()
    world.target.meanwhile = lambda: asked.append(world.ask("POST", path)[0])
    world.work()
    assert (asked, world.queue.sent) == ([202], [])
    world.target.meanwhile = lambda: None

    assert world.ask("POST", path)[1]["next_attempt_at"] == NOW // SECOND
    world.work()
    assert len(world.target.posts) == 2
    delivery = world.deliveries.read(made["id"], change.id)
    assert delivery is not None
    assert delivery.state is DeliveryState.DELIVERED


def test_an_event_that_is_not_true_any_more_is_not_sent_again() -> None:
    world = WebhookWorld()
    made = created(world, event_types=list(ENDS))
    deleted = world.happens(video_id="video_" + "a" * 26)
    outdated = world.happens(State.EXPIRED, video_id="video_" + "b" * 26)
    world.work()
    world.videos.items.clear()
    world.happens(State.STORED, video_id="video_" + "b" * 26)
    for change in (deleted, outdated):
        status, answered = world.ask("POST", f"/{made['id']}/deliveries/{change.id}/redeliver")
        assert (status, answered["error"]["code"]) == (409, "event_outdated")


def test_a_disabled_endpoint_is_sent_nothing_again() -> None:
    world = WebhookWorld()
    made = created(world)
    change = world.happens()
    world.work()
    world.ask("POST", f"/{made['id']}", {"status": "disabled"})
    status, answered = world.ask("POST", f"/{made['id']}/deliveries/{change.id}/redeliver")

    assert (status, answered["error"]["code"]) == (409, "endpoint_disabled")


@pytest.mark.parametrize(
    ("method", "below"),
    [
        ("GET", ""),
        ("POST", ""),
        ("DELETE", ""),
        ("POST", "/rotate_secret"),
        ("GET", "/deliveries"),
        ("POST", "/deliveries/evt_video_a_completed/redeliver"),
    ],
)
def test_somebody_elses_endpoint_is_404_on_every_route(method: str, below: str) -> None:
    world = WebhookWorld()
    made = created(world)
    before = dict(world.endpoints.items)
    for endpoint_id in (made["id"], "we_" + "z" * 26, "we_..", "x"):
        status, answered = world.ask(
            method, f"/{endpoint_id}{below}", {} if method == "POST" else None, "owner-2"
        )
        assert (status, answered["error"]["code"]) == (404, "not_found")
        assert made["id"] not in str(answered)
    assert world.endpoints.items == before


def test_two_who_change_an_owners_endpoints_at_once_both_do() -> None:
    world = WebhookWorld()
    real = world.endpoints.apply

    def interrupted(write: Write) -> bool:
        world.endpoints.apply = real  # type: ignore[method-assign]
        created(world, name="second")
        return real(write)

    world.endpoints.apply = interrupted  # type: ignore[method-assign]
    created(world, name="first")

    assert {each["name"] for each in world.ask("GET")[1]["data"]} == {"first", "second"}


def test_endless_changes_by_others_are_503() -> None:
    world = WebhookWorld()
    world.endpoints.apply = lambda _: False  # type: ignore[method-assign,assignment]

    assert world.ask("POST", "", NEW)[0] == 503


def test_a_queue_that_does_not_answer_leaves_a_redelivery_to_the_tick() -> None:
    world = WebhookWorld()
    made = created(world)
    change = world.happens()
    world.work()
    world.queue.broken = True
    assert world.ask("POST", f"/{made['id']}/deliveries/{change.id}/redeliver")[0] == 202
    world.queue.broken = False

    assert world.tick() == 1
    assert len(world.target.posts) == 2


def test_a_key_that_cannot_be_read_is_503_and_makes_nothing() -> None:
    world = WebhookWorld()

    def no_key() -> bytes:
        raise StoreError("SSM: down")

    world.webhook_endpoints._master = no_key

    assert world.ask("POST", "", NEW)[0] == 503
    assert len(world.endpoints) == 0

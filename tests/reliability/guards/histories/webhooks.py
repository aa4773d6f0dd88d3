"""Histories of webhooks: one event, one endpoint, and whoever comes in between."""

from collections.abc import Callable
from typing import Any

from reelhook.domain.time import SECOND
from reelhook.domain.webhooks.delivery import LEASE, Answer, Delivery, DeliveryState
from reelhook.domain.webhooks.endpoint import EndpointStatus
from reelhook.domain.writes import Outcome, Write
from tests.reliability.guards.histories.registry import history
from tests.unit.webhook_world import HOOK, WebhookWorld

DOWN = Answer(problem="no_connection")


def meanwhile(world: WebhookWorld, name: str, act: Callable[[], object]) -> None:
    """Just before the next write of this name on a delivery, all of this happens."""
    real = world.deliveries.apply

    def apply(write: Write) -> Outcome[Any]:
        if write.name == name:
            world.deliveries.apply = real  # type: ignore[method-assign]
            act()
        return real(write)

    world.deliveries.apply = apply  # type: ignore[method-assign]


def rest(world: WebhookWorld, most: int) -> list[str]:
    """What is wrong once ticks have nothing more to do, of one delivery that is sent so often at most."""
    for _ in range(4):
        world.work()
        world.tick()
    wrong = []
    if len(world.target.posts) > most:
        wrong.append(f"SENT TWICE: {len(world.target.posts)} times")
    for key, item in world.deliveries.items.items():
        if left := {"open", "due_at", "claim", "body"} & set(item):
            wrong.append(f"OPEN AT REST: {key.part} is {item['state']} and has {sorted(left)}")
    return wrong


def told(world: WebhookWorld) -> list[str]:
    """Whether the log says what came last."""
    return [
        f"THE LOG LIES: {item['state']}, {item.get('status_code')}"
        for item in world.deliveries.items.values()
        if item["state"] is not DeliveryState.DELIVERED or item.get("status_code") != 200
    ]


@history("an event that is followed twice")
def followed_twice() -> list[str]:
    world = WebhookWorld()
    world.endpoint()
    change = world.happens()
    world.work()
    world.clock.advance(SECOND)
    world.follower.follow(change)
    return rest(world, 1)


@history("two senders with the same message")
def two_senders() -> list[str]:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    meanwhile(world, "W1", lambda: world.delivering.deliver(endpoint.id, change.id))
    return rest(world, 1)


def _overtaken(last: Answer, *, final: bool = False) -> WebhookWorld:
    """A sender whose answer comes after its lease is over, and after another one's 200."""
    world = WebhookWorld(last, schedule=() if final else (SECOND,))
    endpoint = world.endpoint()
    change = world.happens()

    def overtake() -> None:
        world.target.meanwhile = lambda: None
        world.clock.advance(LEASE)
        world.target.answers = [Answer(200), last]
        world.delivering.deliver(endpoint.id, change.id)

    world.target.meanwhile = overtake
    world.work()
    return world


@history("a failed attempt that is answered after another one was taken")
def late_failure() -> list[str]:
    world = _overtaken(DOWN)
    return told(world) + rest(world, 2)


@history("a last attempt that fails after another one was taken")
def late_end() -> list[str]:
    world = _overtaken(DOWN, final=True)
    return told(world) + rest(world, 2)


@history("a slow attempt that is answered once its owner wants the event again")
def late_success() -> list[str]:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()

    def again() -> None:
        world.target.meanwhile = lambda: None
        world.clock.advance(LEASE)
        world.delivering.deliver(endpoint.id, change.id)
        world.delivery_log.redeliver("owner-1", endpoint.id, change.id)

    world.target.meanwhile = again
    world.work()
    wrong = rest(world, 3)
    return wrong if len(world.target.posts) == 3 else [*wrong, "REDELIVERY LOST"]


@history("an endpoint that is enabled again while its delivery is ended")
def enabled_again() -> list[str]:
    world = WebhookWorld()
    endpoint = world.endpoint()
    change = world.happens()
    world.webhook_endpoints.update("owner-1", endpoint.id, status=EndpointStatus.DISABLED)

    def enable() -> None:
        world.clock.advance(SECOND)
        world.webhook_endpoints.update("owner-1", endpoint.id, status=EndpointStatus.ENABLED)
        world.delivery_log.redeliver("owner-1", endpoint.id, change.id)

    meanwhile(world, "W4", enable)
    world.work()
    wrong = rest(world, 1)
    return wrong if world.target.posts else [*wrong, "REDELIVERY LOST"]


@history("an event that is wanted again while it is being sent")
def wanted_while_sent() -> list[str]:
    """Its owner has just seen it waiting."""
    world = WebhookWorld(DOWN, Answer(200))
    endpoint = world.endpoint()
    change = world.happens()
    world.work()
    seen, real = world.delivery(endpoint, change), world.deliveries.read

    def as_seen(*_: str) -> Delivery:
        world.deliveries.read = real  # type: ignore[method-assign]
        return seen

    def wanted() -> None:
        world.target.meanwhile = lambda: None
        world.deliveries.read = as_seen  # type: ignore
        world.delivery_log.redeliver("owner-1", endpoint.id, change.id)

    world.target.meanwhile = wanted
    world.clock.now = seen.due_at or 0
    world.delivering.deliver(endpoint.id, change.id)
    return rest(world, 2)


@history("two endpoints that are made at once")
def made_at_once() -> list[str]:
    world = WebhookWorld()
    real = world.endpoints.apply

    def apply(write: Write) -> bool:
        world.endpoints.apply = real  # type: ignore[method-assign]
        world.webhook_endpoints.create("owner-1", "second", HOOK, ("video.failed",))
        return real(write)

    world.endpoints.apply = apply  # type: ignore[method-assign]
    world.webhook_endpoints.create("owner-1", "first", HOOK, ("video.failed",))
    names = {endpoint.name for endpoint in world.webhook_endpoints.all("owner-1")}
    return [] if names == {"first", "second"} else [f"ENDPOINT LOST: only {sorted(names)}"]

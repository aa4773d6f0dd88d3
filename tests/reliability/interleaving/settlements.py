"""Requests at a limit's edge, and those who settle while others are at the same video."""

from contextlib import suppress

from reelhook.domain.errors.requests import QuotaExceededError, RequestError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.video import Video
from tests.builders import a_request
from tests.reliability.guards.histories.settling import booked, expired
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.scenario import Scenario
from tests.reliability.interleaving.situations import Cast, begun, callback, reconciler
from tests.reliability.interleaving.stage import Stage


def asker(stage: Stage, name: str, key: str | None) -> Actor:
    """A client's request, which may be one too many."""

    def ask() -> None:
        with suppress(QuotaExceededError):
            stage.submission.submit("owner-1", a_request(), key, Attempt(stage.clock()), limits=stage.limits)

    return Actor(name, ask)


def at_the_edge(limits: Limits, *keys: str | None) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage = Stage()
        stage.limits = OwnerLimits(limits)
        return stage, [asker(stage, f"client {number}", key) for number, key in enumerate(keys)]

    return cast


def looker(stage: Stage, video: Video) -> Actor:
    """The owner looks at the video, and so settles it."""
    return Actor("owner", lambda: stage.reading.video(video.owner, video.video_id))


def deleter(stage: Stage, video: Video) -> Actor:
    """The owner deletes it, if nobody is quicker."""

    def delete() -> None:
        with suppress(RequestError, StoreError):
            stage.end(video, "delete")

    return Actor("owner", delete)


def stored() -> tuple[Stage, list[Actor]]:
    stage, video = begun()
    stage.callback(video, "task-1")
    return stage, [looker(stage, video), reconciler(stage)]


def stored_and_deleted() -> tuple[Stage, list[Actor]]:
    stage, video = begun()
    stage.callback(video, "task-1")
    return stage, [deleter(stage, video), reconciler(stage)]


def expired_and_late() -> tuple[Stage, list[Actor]]:
    stage, video = expired()
    return stage, [callback(stage, video), reconciler(stage)]


def expired_late_and_seen() -> tuple[Stage, list[Actor]]:
    stage, video = expired()
    return stage, [callback(stage, video), looker(stage, video)]


def booked_and_late() -> tuple[Stage, list[Actor]]:
    stage, video = booked()
    return stage, [callback(stage, video), reconciler(stage)]


def late_and_booked_by_two() -> tuple[Stage, list[Actor]]:
    stage, video = booked()
    stage.callback(video, "task-1")
    return stage, [looker(stage, video), reconciler(stage)]


SETTLEMENTS = (
    Scenario("submit + submit, the last of the day", at_the_edge(Limits(1), "key-1", "key-2")),
    Scenario("submit + submit, the last place", at_the_edge(Limits(None, 1), "key-1", None)),
    Scenario("submit + submit, same key, the last place", at_the_edge(Limits(1, 1), "key-1", "key-1")),
    Scenario("reconciler + settlement", stored),
    Scenario("reconciler + settlement by deletion", stored_and_deleted),
    Scenario("late success + settlement of expired", expired_and_late),
    Scenario("late success + settlement of expired, by its owner", expired_late_and_seen),
    Scenario("late success + reconciler, expiry settled", booked_and_late),
    Scenario("reconciler + settlement of a late success", late_and_booked_by_two),
)

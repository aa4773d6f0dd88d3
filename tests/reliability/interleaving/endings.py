"""The owner cancels or deletes while others are at the same video."""

from collections.abc import Callable
from contextlib import suppress

from reelhook.domain.errors.requests import VideoGoneError
from reelhook.domain.errors.results import LinkRefusedError
from reelhook.domain.time import HOUR, MINUTE
from reelhook.domain.video import State, Video
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.scenario import Scenario
from tests.reliability.interleaving.situations import (
    Cast,
    begun,
    callback,
    client,
    dispatcher,
    expired_unheard,
    forged,
    reconciler,
    reconciler_and_worker,
    waiting,
)
from tests.reliability.interleaving.stage import Stage

type Other = Callable[[Stage, Video], Actor]


def canceler(stage: Stage, video: Video, name: str = "owner") -> Actor:
    """The owner, who changes their mind."""
    return Actor(name, lambda: stage.end(video, "cancel"))


def deleter(stage: Stage, video: Video, name: str = "owner") -> Actor:
    """The owner, who wants it gone."""
    return Actor(name, lambda: stage.end(video, "delete"))


def operator(stage: Stage, video: Video) -> Actor:
    """Somebody who asks the provider about the video once more."""
    return Actor("operator", lambda: stage.rechecking.recheck(video.video_id))


def cancel_and(other: Other, *posts: Post) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, [video] = waiting(*posts)
        return stage, [canceler(stage, video), other(stage, video)]

    return cast


def cancel_and_too_old() -> tuple[Stage, list[Actor]]:
    stage, [video] = waiting()
    stage.clock.advance(168 * HOUR)
    return stage, [canceler(stage, video), reconciler(stage)]


def cancel_then_delete_and_dispatcher() -> tuple[Stage, list[Actor]]:
    stage, [video] = waiting()

    def both() -> None:
        stage.end(video, "cancel")
        stage.end(video, "delete")

    return stage, [Actor("owner", both), dispatcher(stage)]


def delete_expired_and(other: Other, *, hinted: bool = False) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = expired_unheard()
        if hinted:
            stage.truth.down_until = stage.clock() + 30 * MINUTE
            stage.callback(video, "task-1")
            stage.clock.advance(31 * MINUTE)
        return stage, [deleter(stage, video), other(stage, video)]

    return cast


def delete_stored_and(other: Other) -> Cast:
    def cast() -> tuple[Stage, list[Actor]]:
        stage, video = begun()
        stage.callback(video, "task-1")
        assert stage.state(video) is State.STORED
        return stage, [deleter(stage, video), other(stage, video)]

    return cast


def delete_given_up_and_operator() -> tuple[Stage, list[Actor]]:
    stage, video = begun()
    link = stage.truth.link("task-1")
    result, stage.truth.links[link] = stage.truth.links[link], LinkRefusedError(404)
    stage.callback(video, "task-1")
    for _ in range(3):
        stage.clock.advance(HOUR)
        stage.tick()
        stage.work()
    assert stage.state(video) is State.TRANSFER_FAILED
    stage.truth.links[link], stage.rechecked = result, True
    return stage, [deleter(stage, video), operator(stage, video)]


def deleted_and_two_reconcilers() -> tuple[Stage, list[Actor]]:
    stage, [_, reconciling] = delete_stored_and(lambda stage, _: reconciler(stage, "first"))()
    [video_id] = [key.id for key in stage.videos.items]
    video = stage.videos.read(video_id)
    assert video is not None
    stage.end(video, "delete")
    return stage, [reconciling, reconciler(stage, "second")]


def a_replay(stage: Stage) -> Actor:
    """The client asks again with the same key, whatever it is told."""
    asking = client(stage)

    def ask() -> None:
        with suppress(VideoGoneError):
            asking.run()

    return Actor("client", ask)


ENDINGS = {
    scenario.name: scenario
    for scenario in (
        Scenario("cancel + dispatch", cancel_and(lambda stage, _: dispatcher(stage))),
        Scenario("cancel + dispatch, 429 again", cancel_and(lambda stage, _: dispatcher(stage), Post.BUSY)),
        Scenario("cancel + dispatch, refused", cancel_and(lambda stage, _: dispatcher(stage), Post.REFUSED)),
        Scenario("cancel + cancel", cancel_and(lambda stage, video: canceler(stage, video, "again"))),
        Scenario("cancel + forger", cancel_and(forged)),
        Scenario("cancel + reconciler, too old", cancel_and_too_old),
        Scenario("cancel and delete + dispatch", cancel_then_delete_and_dispatcher),
        Scenario("delete + late callback, expired", delete_expired_and(callback)),
        Scenario("delete + late callback, hinted", delete_expired_and(callback, hinted=True)),
        Scenario(
            "delete + reconciler, hinted",
            delete_expired_and(lambda stage, _: reconciler_and_worker(stage), hinted=True),
        ),
        Scenario("delete + recheck, given up", delete_given_up_and_operator),
        Scenario("delete + delete", delete_stored_and(lambda stage, video: deleter(stage, video, "again"))),
        Scenario("delete + replayed key", delete_stored_and(lambda stage, _: a_replay(stage))),
        Scenario("delete + reconciler", delete_stored_and(lambda stage, _: reconciler(stage))),
        Scenario("deleted, reconciler + reconciler", deleted_and_two_reconcilers),
    )
}

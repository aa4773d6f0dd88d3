"""Histories of copying: results that are dead, broken, given up, or in the way."""

from collections.abc import Callable
from contextlib import suppress

from reelhook.domain.errors.results import LinkRefusedError, ResultError, ResultUnavailableError
from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from reelhook.domain.time import DAY, HOUR, MINUTE
from reelhook.domain.video import ArtifactType
from tests.fakes import StaticStream
from tests.reliability.faults import Killed
from tests.reliability.guards.histories.registry import history, judged, meanwhile, on_its_way, work
from tests.reliability.interleaving.invariants import always
from tests.reliability.interleaving.situations import ready_result
from tests.reliability.interleaving.stage import Stage


@history("given up while it is stored")
def given_up_while_stored() -> list[str]:
    """Two days after its result a video is due; between the reconciler's reading and its T9 a worker stores it."""
    stage, video = ready_result()
    stage.clock.advance(2 * DAY)
    meanwhile(stage, "T9", lambda: work(stage, video))
    stage.tick()
    return judged(stage)


@history("given up while it is copied")
def given_up_while_copied() -> list[str]:
    """A worker died, and two days later the reconciler gives up; its T9 arrives when another worker copies."""
    stage, video = ready_result()

    def die() -> None:
        raise Killed

    meanwhile(stage, "put", die)
    with suppress(Killed):
        work(stage, video)
    stage.clock.advance(2 * DAY)
    arrives = on_its_way(stage, "T9")
    stage.tick()
    meanwhile(stage, "put", arrives)
    work(stage, video)
    return judged(stage)


@history("dead and broken links in turn")
def dead_and_broken_in_turn() -> list[str]:
    """Links are asked for anew once per video, however often they are refused."""
    stage, _ = ready_result()
    fates = [LinkRefusedError(404), ResultUnavailableError("reset")] * 15
    _links_are(stage, lambda: fates.pop() if fates else None)
    return judged(stage)


@history("dead link while the status is down")
def dead_link_while_status_down() -> list[str]:
    """For an hour links are refused and nobody gives fresh ones: that ends nothing."""
    stage, _ = ready_result()
    end = stage.truth.down_until = stage.clock() + HOUR
    _links_are(stage, lambda: LinkRefusedError(403) if stage.clock() < end else None)
    return judged(stage)


def _links_are(stage: Stage, fate: Callable[[], ResultError | None]) -> None:
    """Each opening of the result's link has its own fate; none is good."""
    link, real = stage.truth.link("task-1"), stage.results.open
    good = stage.truth.links[link]

    def opened(asked: str, until: int, kind: ArtifactType, *, in_ranges: bool) -> StaticStream:
        stage.truth.links[link] = fate() or good
        return real(asked, until, kind, in_ranges=in_ranges)

    setattr(stage.results, "open", opened)  # noqa: B010 - a link whose fate changes


@history("a young link and a message that comes four times")
def young_link() -> list[str]:
    """The link is refused for the first minute, and SQS delivers the message of that minute four times."""
    stage, video = ready_result()
    young_until = stage.clock() + 2 * MINUTE
    _links_are(stage, lambda: LinkRefusedError(404) if stage.clock() < young_until else None)
    stage.tick(MINUTE)
    for _ in range(4):
        work(stage, video)
    return judged(stage)


@history("another object in its place")
def another_object() -> list[str]:
    """After a failed attempt somebody else's object stands where the result belongs."""
    stage, video = ready_result()
    link = stage.truth.link("task-1")
    good = stage.truth.links[link]
    stage.truth.links[link] = ResultUnavailableError("reset")
    work(stage, video)
    stage.truth.links[link] = good
    key = f"videos/{video.video_id}/0.mp4"
    stranger = ObjectIdentity("video_other", "task-9")
    stage.media.stored[key] = StoredObject(1, "video/mp4", "x", "FULL_OBJECT", stranger)
    stage.media.contents[key] = b"x"
    stage.tick(MINUTE)
    work(stage, video)
    return always(stage)

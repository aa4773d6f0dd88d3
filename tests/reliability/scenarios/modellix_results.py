"""Modellix's results: two videos, a last frame, links with an end of their own."""

from typing import Any

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.links import HostManners
from tests.reliability.scenarios.modellix import asked
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def hosts(world: World, **manners: Any) -> None:
    world.hosts.manners = HostManners(**manners)


# Several results


@scenario("Modellix, two videos")
def two_videos(world: World) -> None:
    asked(world, files=2)


@scenario("Modellix, two videos, results directly in data as links")
def two_videos_plain(world: World) -> None:
    asked(world, files=2, strings=True, results_at="data")


@scenario("Modellix, two videos, second dead", "transfer_failed")
def second_dead(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, second=["404"] * 300)
    asked(world, files=2)


@scenario("Modellix, two videos, second 10 min late")
def second_late(world: World) -> None:
    world.watch.permanent = "transfer_failed"  # three refusals, should a fault bring them closer together
    hosts(world, second_until=NOW + 4 * MINUTE)
    asked(world, files=2)


@scenario("Modellix, two videos and a last frame, the frame first")
def two_videos_and_frame(world: World) -> None:
    asked(world, files=2, frame=True, frame_first=True)


@scenario("Modellix, two videos and a last frame, second cut twice")
def two_videos_and_frame_cut(world: World) -> None:
    hosts(world, second=["reset", "reset"])
    asked(world, files=2, frame=True)


# The last frame


@scenario("Modellix, last frame")
def last_frame(world: World) -> None:
    asked(world, frame=True)


@scenario("Modellix, a last frame that nobody asked for")
def last_frame_unasked(world: World) -> None:
    asked(world).manners.last_frame = True
    world.watch.promise.frame_may_miss = True


@scenario("Modellix, last frame dead")
def last_frame_dead(world: World) -> None:
    world.watch.promise.frame_may_miss = True
    hosts(world, frame_always="404")
    asked(world, frame=True)


@scenario("Modellix, last frame is a page")
def last_frame_page(world: World) -> None:
    world.watch.promise.frame_may_miss = True
    hosts(world, frame_always="html")
    asked(world, frame=True)


@scenario("Modellix, last frame too big")
def last_frame_too_big(world: World) -> None:
    world.watch.promise.frame_may_miss = True
    hosts(world, frame_always="too big")
    asked(world, frame=True)


@scenario("Modellix, last frame never comes")
def last_frame_never(world: World) -> None:
    world.watch.promise.frame_may_miss = True
    hosts(world, frame_always="reset")
    asked(world, frame=True, links_live=HOUR)


@scenario("Modellix, last frame dead once")
def last_frame_dead_once(world: World) -> None:
    hosts(world, frame=["404"])
    asked(world, frame=True)


@scenario("Modellix, last frame cut twice")
def last_frame_cut(world: World) -> None:
    hosts(world, frame=["reset", "reset"])
    asked(world, frame=True)


@scenario("Modellix, last frame late")
def last_frame_late(world: World) -> None:
    hosts(world, frame_until=NOW + 4 * MINUTE)
    asked(world, frame=True)


@scenario("Modellix, video dead, last frame fine", "transfer_failed")
def video_dead_frame_fine(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, always="404")
    asked(world, frame=True)


# How long links live


@scenario("Modellix, links live a week, hosts down 50 h")
def long_links(world: World) -> None:
    world.outage("results", 0, 50 * HOUR)
    asked(world)


@scenario("Modellix, links renewed, last frame too")
def links_renewed(world: World) -> None:
    hosts(world, life=90 * SECOND, opens=["reset"])
    world.watch.permanent = "transfer_failed"  # a link that dies between all attempts
    world.watch.promise.frame_may_miss = True  # likewise
    asked(world, files=2, frame=True)

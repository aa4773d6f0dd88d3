"""Links that are dead, refused, renewed, flaky, or no video."""

from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.scenarios.registry import scenario
from tests.reliability.scenarios.transfer import hosts
from tests.reliability.world import World


@scenario("link 404 once")
def link_404(world: World) -> None:
    hosts(world, opens=["404"])


@scenario("link 404 for two attempts")
def link_404_twice(world: World) -> None:
    hosts(world, opens=["404"] * 3)


@scenario("link 404 for two minutes")
def link_404_for_two_minutes(world: World) -> None:
    hosts(world, refused_until=NOW + 5 * MINUTE)


@scenario("link dead", "transfer_failed")
def link_dead(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, always="404")


@scenario("404 and status down 1 h")
def link_404_status_down(world: World) -> None:
    begin = NOW + 3 * MINUTE + SECOND
    world.provider.manners.down = [(begin, begin + HOUR)]
    hosts(world, opens=["ok", "404", "404"], cuts=1)


@scenario("link life 90 s, renewed")
def short_life(world: World) -> None:
    world.watch.permanent = "transfer_failed"  # a link that dies between all attempts
    hosts(world, life=90 * SECOND, opens=["reset", "reset"])


@scenario("link life 90 s, not renewed", "transfer_failed")
def short_life_not_renewed(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, life=90 * SECOND, renewed=False, opens=["reset"] * 4)


@scenario("network errors then a 404")
def errors_then_404(world: World) -> None:
    hosts(world, opens=["reset", "reset", "reset", "404"])


@scenario("not a video", "transfer_failed")
def not_a_video(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, always="html")


@scenario("not a video once after errors")
def not_a_video_once(world: World) -> None:
    hosts(world, opens=["reset", "reset", "html", "reset"])


@scenario("too big", "transfer_failed")
def too_big(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, always="too big")


@scenario("flaky cdn")
def flaky(world: World) -> None:
    hosts(world, opens=["reset", "ok", "reset", "ok"], cuts=2)

"""Results that are slow, large, dead, renewed, or no video."""

from reelhook.domain.ports.media import ObjectIdentity, StoredObject
from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.faults import Mode
from tests.reliability.links import HostManners
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

LARGE = 100 * 1024 * 1024


def hosts(world: World, **manners: object) -> None:
    world.hosts.manners = HostManners(**manners)  # type: ignore[arg-type]
    world.submit()


@scenario("hand-over by size")
def by_size(world: World) -> None:
    hosts(world, size=LARGE, takes=60 * SECOND)


@scenario("hand-over by time")
def by_time(world: World) -> None:
    hosts(world, takes=60 * SECOND)


@scenario("small file")
def small(world: World) -> None:
    hosts(world, takes=0)


@scenario("other size next time")
def other_size(world: World) -> None:
    hosts(world, first_sizes=[LARGE, 2 * LARGE], first_takes=[SECOND, 600 * SECOND])


@scenario("too slow for both once")
def too_slow_once(world: World) -> None:
    hosts(world, first_takes=[600 * SECOND, 600 * SECOND])


@scenario("too slow for both always", "transfer_failed")
def too_slow(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, takes=600 * SECOND)


@scenario("too slow for an hour")
def too_slow_for_an_hour(world: World) -> None:
    hosts(world, takes=600 * SECOND)
    world.later(HOUR, lambda: setattr(world.hosts.manners, "takes", SECOND))


@scenario("several results")
def several(world: World) -> None:
    world.provider.manners.files = 3
    world.submit()


@scenario("several results, big")
def several_big(world: World) -> None:
    world.provider.manners.files = 3
    hosts(world, size=LARGE, takes=60 * SECOND)


@scenario("several results, second dead once")
def second_dead(world: World) -> None:
    world.provider.manners.files = 2
    hosts(world, second=["404"])


@scenario("several results, second cut twice")
def second_cut(world: World) -> None:
    world.provider.manners.files = 2
    hosts(world, second=["reset", "reset"])


@scenario("object conflict", "transfer_failed")
def object_conflict(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    world.submit()

    def occupy() -> None:
        if not world.watch.videos.items:
            return  # the client was never answered
        key = f"videos/{world.only().video_id}/0.mp4"
        other = StoredObject(1, "video/mp4", "x", "FULL_OBJECT", ObjectIdentity("video_other", "task-9"))
        world.watch.media.stored[key], world.watch.media.contents[key] = other, b"x"

    world.later(MINUTE, occupy)


@scenario("SQS down 2 h")
def sqs_down(world: World) -> None:
    world.outage("queue", 0, 2 * HOUR)
    hosts(world, opens=["reset", "reset"])


@scenario("SQS down 25 h, then a reset")
def sqs_down_25_h(world: World) -> None:
    world.outage("queue", 0, 25 * HOUR)
    hosts(world, opens=["reset", "reset"])


@scenario("SQS duplicates")
def sqs_duplicates(world: World) -> None:
    world.queue_copies = 3
    hosts(world, opens=["reset", "reset"], takes=40 * SECOND)


@scenario("success without links first")
def without_links_first(world: World) -> None:
    world.provider.manners.bare_until = NOW + 20 * MINUTE
    world.submit()


@scenario("success never with links", "expired")
def never_with_links(world: World) -> None:
    world.watch.permanent = "expired"
    world.provider.manners.bare_until = NOW + 9 * DAY
    world.submit()


@scenario("refresh answered without links")
def refresh_without_links(world: World) -> None:
    hosts(world, opens=["404", "404"])
    begin = 3 * MINUTE + 500
    world.later(begin, lambda: setattr(world.provider.manners, "bare_until", NOW + 10 * MINUTE))


@scenario("every transfer dies", "transfer_failed")
def every_transfer_dies(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    world.outage("results", 0, 47 * HOUR)  # a death every six minutes for two days would only take longer
    world.outage("results", 47 * HOUR, 9 * DAY, Mode.KILL_BEFORE)
    world.submit()


@scenario("every transfer dies for an hour")
def transfers_die_for_an_hour(world: World) -> None:
    world.outage("results", 0, HOUR, Mode.KILL_BEFORE)
    world.submit()


@scenario("S3 down 3 h")
def s3_down(world: World) -> None:
    world.outage("media", 0, 3 * HOUR)
    world.submit()


@scenario("reset inline, then dead link", "transfer_failed")
def reset_then_dead(world: World) -> None:
    world.watch.permanent = "transfer_failed"
    hosts(world, opens=["reset"], always="404")

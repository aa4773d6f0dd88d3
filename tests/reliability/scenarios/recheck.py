"""The operator asks once more about a video's task."""

from reelhook.domain.ports.media import ObjectIdentity
from reelhook.domain.time import HOUR, MINUTE, SECOND
from tests.fakes import StaticStream
from tests.reliability.links import HostManners
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World


def given_up(world: World) -> None:
    """The link is dead until an hour has passed."""
    world.watch.permanent = "transfer_failed"  # where it stays if nobody can ask for it again
    world.hosts.manners = HostManners(always="404")
    world.submit()


def better(world: World, always: str | None = None) -> None:
    world.later(HOUR, lambda: setattr(world.hosts.manners, "always", always))


def our_object(world: World) -> None:
    """A holder that died had stored the file, and nobody saw it."""

    def put() -> None:
        for task in world.provider.tasks.values():
            identity = ObjectIdentity(task.video_id, task.id)
            world.watch.media.put(f"videos/{task.video_id}/0.mp4", StaticStream(task.files[0]), identity)

    world.later(HOUR, put)


@scenario("recheck")
def recheck(world: World) -> None:
    given_up(world)
    better(world)
    world.recheck(2 * HOUR)


@scenario("recheck of a link still dead", "transfer_failed")
def recheck_still_dead(world: World) -> None:
    given_up(world)
    world.recheck(2 * HOUR)


@scenario("recheck twice after refresh")
def recheck_twice(world: World) -> None:
    given_up(world)
    world.recheck(30 * MINUTE)
    better(world)
    world.recheck(2 * HOUR)


@scenario("recheck, object exists")
def recheck_object(world: World) -> None:
    given_up(world)
    our_object(world)
    better(world)
    world.recheck(2 * HOUR)


@scenario("recheck, object exists, links dead")
def recheck_object_links_dead(world: World) -> None:
    given_up(world)
    our_object(world)
    world.recheck(2 * HOUR)


@scenario("recheck, object exists, not a video")
def recheck_object_not_a_video(world: World) -> None:
    given_up(world)
    our_object(world)
    better(world, "html")
    world.recheck(2 * HOUR)


@scenario("recheck, status down 1 h")
def recheck_status_down(world: World) -> None:
    given_up(world)
    better(world)
    begin = world.clock() + 90 * MINUTE
    world.provider.manners.down = [(begin, begin + HOUR)]
    world.recheck(2 * HOUR)
    world.recheck(3 * HOUR)


@scenario("recheck of expired")
def recheck_expired(world: World) -> None:
    world.provider.manners.takes = 30 * HOUR
    world.provider.manners.callbacks = ()
    world.submit()
    world.recheck(31 * HOUR)


@scenario("recheck races the callback")
def recheck_and_callback(world: World) -> None:
    world.provider.manners.takes = 3 * MINUTE
    world.hosts.manners = HostManners(takes=10 * SECOND)
    world.submit()
    for after in (0, 100, 5_000):
        world.recheck(3 * MINUTE + after)

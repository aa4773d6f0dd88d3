"""Modellix's manners: links with an end, prices, last frames, two videos, headers that know more than bodies, no callbacks."""

from collections.abc import Callable
from typing import Any

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.builders import NOW
from tests.reliability.links import HostManners
from tests.reliability.modellix import SimulatedModellix, Wording
from tests.reliability.scenarios.registry import scenario
from tests.reliability.world import World

MODEL = "modellix/seedance-1.0-pro-fast-t2v"
DEFAULT_LIFE = 48 * HOUR  # of a task, where nobody asks for another


def ready(
    world: World, *, files: int = 1, frame: bool = False, life: int = DEFAULT_LIFE, **wording: Any
) -> SimulatedModellix:
    """A world whose provider is Modellix, and whose clients ask it; `life` is the task's own (ms)."""
    provider = SimulatedModellix(world, world.hosts, Wording(**wording))
    provider.charged = world.watch.charged
    world.hosts.base = "https://file.modellix.ai/"
    provider.manners.files, provider.manners.last_frame = files, frame
    world.provider, told = provider, provider.wording
    options: dict[str, object] = {"return_last_frame": True} if frame else {}
    if life != DEFAULT_LIFE:
        options["execution_expires_after"] = life // SECOND
    world.asked = {
        "model": MODEL,
        "prompt": "A lighthouse",
        **({"provider_options": options} if options else {}),
    }
    world.watch.provider_end = life + HOUR
    world.watch.link_life = DAY if told.links_live is None else max(told.links_live, DAY)
    world.watch.billed = told.billed
    return provider


def asked(world: World, **how: Any) -> SimulatedModellix:
    """The same, and a client has asked."""
    provider = ready(world, **how)
    world.submit()
    return provider


def silent(world: World, **how: Any) -> SimulatedModellix:
    """The same without any callback: look-ups alone."""
    provider = ready(world, **how)
    provider.manners.callbacks = ()
    world.submit()
    return provider


def hosts(world: World, **manners: Any) -> None:
    world.hosts.manners = HostManners(**manners)


@scenario("Modellix")
def normal(world: World) -> None:
    asked(world)


@scenario("Modellix, early callback")
def early(world: World) -> None:
    ready(world).manners.early = True
    world.submit()


@scenario("Modellix, 429 then dispatch")
def later(world: World) -> None:
    ready(world).manners.submits = ["429"]
    world.submit()


@scenario("Modellix, no price told")
def no_price(world: World) -> None:
    asked(world, billed=None)


# Callbacks: their headers know task and event, whatever the body says


@scenario("Modellix, callback whose body says nothing")
def bare_callback(world: World) -> None:
    asked(world, bare_callbacks=True)


@scenario("Modellix, submit unclear, callback whose body says nothing")
def unclear_and_bare(world: World) -> None:
    ready(world, bare_callbacks=True).manners.submits = ["500, accepted"]
    world.submit()


@scenario("Modellix, submit unclear, failed, callback whose body says nothing", "failed")
def unclear_bare_and_failed(world: World) -> None:
    manners = ready(world, bare_callbacks=True).manners
    manners.submits, manners.fails = ["500, accepted"], True
    world.watch.verdict = ("invalid_request", "invalid_input")
    world.submit()


@scenario("Modellix, submit unclear, callback unreadable", "expired")
def unclear_and_unreadable(world: World) -> None:
    provider = ready(world, bare_callbacks=True)
    provider.manners.submits = ["500, accepted"]
    provider.wording.headers = False
    world.submit()


# Without callbacks


@scenario("Modellix, no callbacks")
def no_callbacks(world: World) -> None:
    silent(world, frame=True)


@scenario("Modellix, no callbacks, slow task 30 h")
def no_callbacks_slow(world: World) -> None:
    silent(world).manners.takes = 30 * HOUR


@scenario("Modellix, no callbacks, failed", "failed")
def no_callbacks_failed(world: World) -> None:
    silent(world).manners.fails = True
    world.watch.verdict = ("invalid_request", "invalid_input")


@scenario("Modellix, no callbacks, status down 2 h")
def no_callbacks_down(world: World) -> None:
    silent(world).manners.down = [(NOW, NOW + 2 * HOUR)]


# The task's own end


@scenario("Modellix, expires after 1 h, done after 50 min")
def short_life(world: World) -> None:
    silent(world, life=HOUR).manners.takes = 50 * MINUTE


@scenario("Modellix, expires after 1 h, and says so", "failed")
def short_life_expired(world: World) -> None:
    manners = silent(world, life=HOUR, failure="expired", reason_at="nowhere", billed=None).manners
    manners.takes, manners.fails = HOUR, True
    world.watch.verdict = ("provider_timeout", "provider_timeout")


@scenario("Modellix, expires after 1 h, and runs for ever", "expired")
def short_life_running(world: World) -> None:
    silent(world, life=HOUR).manners.takes = 9 * DAY


@scenario("Modellix, expires after 1 h, done and called back after 3 h")
def short_life_late(world: World) -> None:
    asked(world, life=HOUR).manners.takes = 3 * HOUR


# Failures, with the reason wherever it may stand


def _failing(place: str) -> Callable[[World], None]:
    def build(world: World) -> None:
        asked(world, reason_at=place).manners.fails = True
        told = place != "nowhere"
        world.watch.verdict = (
            ("invalid_request", "invalid_input") if told else ("generation_failed", "provider_unavailable")
        )

    return build


for _place in (
    "error",
    "error_object",
    "code alone",
    "error_message",
    "message",
    "fail_reason",
    "reason",
    "result_error",
    "envelope",
    "nowhere",
):
    scenario(f"Modellix, failed, its reason in {_place}", "failed")(_failing(_place))


@scenario("Modellix, canceled", "failed")
def canceled(world: World) -> None:
    asked(world, failure="canceled", reason_at="nowhere").manners.fails = True
    world.watch.verdict = ("generation_failed", "provider_unavailable")


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
    world.watch.frame_may_miss = True


@scenario("Modellix, last frame dead")
def last_frame_dead(world: World) -> None:
    world.watch.frame_may_miss = True
    hosts(world, frame_always="404")
    asked(world, frame=True)


@scenario("Modellix, last frame is a page")
def last_frame_page(world: World) -> None:
    world.watch.frame_may_miss = True
    hosts(world, frame_always="html")
    asked(world, frame=True)


@scenario("Modellix, last frame too big")
def last_frame_too_big(world: World) -> None:
    world.watch.frame_may_miss = True
    hosts(world, frame_always="too big")
    asked(world, frame=True)


@scenario("Modellix, last frame never comes")
def last_frame_never(world: World) -> None:
    world.watch.frame_may_miss = True
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
    world.watch.frame_may_miss = True  # likewise
    asked(world, files=2, frame=True)

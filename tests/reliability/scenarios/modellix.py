"""Modellix's manners: prices, callbacks whose headers know more than their bodies, no callbacks, ends of its own, reasons."""

from collections.abc import Callable
from typing import Any

from reelhook.domain.time import DAY, HOUR, MINUTE, SECOND
from tests.builders import NOW
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
    world.watch.promise.provider_end = life + HOUR
    world.watch.promise.link_life = DAY if told.links_live is None else max(told.links_live, DAY)
    world.watch.promise.billed = told.billed
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
    world.watch.promise.verdict = ("invalid_request", "invalid_input")
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
    world.watch.promise.verdict = ("invalid_request", "invalid_input")


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
    world.watch.promise.verdict = ("provider_timeout", "provider_timeout")


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
        world.watch.promise.verdict = (
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
    world.watch.promise.verdict = ("generation_failed", "provider_unavailable")

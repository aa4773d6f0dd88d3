"""Histories of those who believe that they hold a lease."""

from contextlib import suppress

from reelhook.domain.errors.results import (
    LinkRefusedError,
    OutOfTimeError,
    ResultError,
    ResultUnavailableError,
    UnknownOriginError,
)
from reelhook.domain.errors.running import StoreError
from reelhook.domain.time import HOUR
from tests.reliability.guards.histories.registry import ATTEMPT, history, judged, meanwhile, on_its_way, work
from tests.reliability.interleaving.situations import ready_result
from tests.reliability.interleaving.stage import Stage


def _zombie(
    *, others: ResultError | None = None, own: ResultError | None = None, inline: bool = False
) -> Stage:
    """An attempt stops in the middle and outlives its lease; another one ends its work; then the first goes on."""
    stage, video = ready_result()
    link = stage.truth.link("task-1")
    good = stage.truth.links[link]

    def others_end() -> None:
        stage.clock.advance(HOUR)
        stage.truth.links[link] = others or good
        work(stage, video)
        stage.truth.links[link] = good if own is None else own

    meanwhile(stage, "open", others_end)
    stage.transfers.attempt(stage.see(video), stage.clock() + ATTEMPT, inline=inline)
    stage.truth.links[link] = good
    return stage


@history("zombie stores again")
def zombie_stores() -> list[str]:
    return judged(_zombie())


@history("zombie stores after another gave up")
def zombie_stores_late() -> list[str]:
    return _zombie(others=UnknownOriginError("elsewhere")).changes_of_final


@history("zombie fails after another stored")
def zombie_fails() -> list[str]:
    return judged(_zombie(own=ResultUnavailableError("reset")))


@history("zombie gives up after another stored")
def zombie_gives_up() -> list[str]:
    return judged(_zombie(own=UnknownOriginError("elsewhere")))


@history("zombie hands over after another stored")
def zombie_hands_over() -> list[str]:
    return judged(_zombie(own=OutOfTimeError("late"), inline=True))


@history("zombie refreshes after another stored")
def zombie_refreshes() -> list[str]:
    return judged(_zombie(own=LinkRefusedError(403)))


@history("zombie gives up while another copies")
def zombie_gives_up_while_another_copies() -> list[str]:
    """Its last word is on its way for an hour; by then the host is allowed, and the next one has the lease."""
    stage, video = ready_result()
    link = stage.truth.link("task-1")
    good = stage.truth.links[link]
    arrives = on_its_way(stage, "T8")
    stage.truth.links[link] = UnknownOriginError("elsewhere")
    with suppress(StoreError):
        work(stage, video)
    stage.truth.links[link] = good
    stage.clock.advance(HOUR)
    meanwhile(stage, "put", arrives)
    work(stage, video)
    return judged(stage)

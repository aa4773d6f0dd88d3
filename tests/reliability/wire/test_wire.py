"""The real HTTP clients of provider and results, and everything that can become of their exchanges."""

import logging
import os
from collections.abc import Iterator

import pytest

from reelhook.domain.time import MINUTE
from tests.reliability.explore import single_faults
from tests.reliability.faults import Fault, planned
from tests.reliability.lambdas import handlers_find
from tests.reliability.wire.faults import (
    BREAKS,
    GOOD,
    LATER,
    NO_FILE,
    NO_STATUS,
    NOT_SENT,
    REFUSED,
    UNCLEAR,
    WITHOUT_ID,
    Exchange,
)
from tests.reliability.wire.wired import WiredWorld

PROVE = pytest.mark.skipif("PROVE" not in os.environ, reason="every port beside the wire, make prove runs it")
TAKEN, BUSY = UNCLEAR | WITHOUT_ID, LATER["429"]
LOST_ON_THE_WAY = {
    name: UNCLEAR[name]
    for name in ("reset while writing", "time-out while writing", "silence", "reset", "closed")
}


def played(
    kind: str, *exchanges: Exchange, calls_back: bool = True, permanent: str = "", fault: Fault | None = None
) -> WiredWorld:
    """A video whose first exchanges of this kind become of them what is said; nothing is violated."""
    logging.disable(logging.CRITICAL)
    world = WiredWorld(planned(*([fault] if fault else [])))
    world.network.plan = {kind: list(exchanges)}
    world.watch.permanent = permanent
    if not calls_back:
        world.provider.manners.callbacks = ()
    with handlers_find(world.wiring), world.network.carries_everything():
        world.submit()
        world.run()
    logging.disable(logging.NOTSET)
    assert world.watch.violations == []
    return world


def ends(world: WiredWorld) -> tuple[list[str], int]:
    """The state, and how many tasks were paid."""
    return world.watch.states(), len(world.provider.tasks)


def each(exchanges: dict[str, Exchange]) -> pytest.MarkDecorator:
    """All of them where it is proven, else every third."""
    step = 1 if "PROVE" in os.environ else 3
    exchanges = dict([*exchanges.items()][::step])
    return pytest.mark.parametrize("exchange", exchanges.values(), ids=exchanges.keys())


def test_where_nothing_fails_one_exchange_of_each_kind_is_enough() -> None:
    world = played("submit", GOOD)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen == {"submit": 1, "look-up": 1, "result": 1}


@each(TAKEN)
def test_an_unclear_submit_is_never_sent_again_and_its_callback_heals_it(exchange: Exchange) -> None:
    world = played("submit", exchange)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 1


@each(TAKEN)
def test_an_unclear_submit_that_nobody_hears_of_again_expires(exchange: Exchange) -> None:
    world = played("submit", exchange, calls_back=False)
    assert ends(world) == (["expired"], 1)
    assert world.network.seen == {"submit": 1}


@each(LOST_ON_THE_WAY)
def test_a_submit_lost_on_its_way_is_not_sent_again_either(exchange: Exchange) -> None:
    lost = Exchange(exchange.connect, exchange.write, arrives=False, answer=exchange.answer)
    world = played("submit", lost)
    assert ends(world) == (["expired"], 0)
    assert world.network.seen["submit"] == 1


@each(TAKEN)
def test_an_unclear_submit_from_the_queue_is_no_different(exchange: Exchange) -> None:
    world = played("submit", BUSY, exchange)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 2


@each(NOT_SENT)
def test_what_was_certainly_not_sent_is_sent_once_more_and_then_waits(exchange: Exchange) -> None:
    for times in (1, 2, 3, 4):
        world = played("submit", *[exchange] * times)
        assert ends(world) == (["stored"], 1)
        assert world.network.seen["submit"] == times + 1


@each(LATER)
def test_a_provider_without_room_is_asked_again_later(exchange: Exchange) -> None:
    world = played("submit", exchange, exchange)
    assert ends(world) == (["stored"], 1)
    assert world.clock() >= world.provider.tasks["task-1"].done_at > 3 * MINUTE


@each(REFUSED)
def test_a_refusal_is_final_and_costs_nothing(exchange: Exchange) -> None:
    assert ends(played("submit", exchange)) == (["rejected"], 0)


@each(NOT_SENT | UNCLEAR | LATER | REFUSED | NO_STATUS)
@pytest.mark.parametrize("calls_back", [True, False], ids=["called back", "never called back"])
def test_a_look_up_that_tells_nothing_is_made_again(exchange: Exchange, calls_back: bool) -> None:
    world = played("look-up", exchange, exchange, calls_back=calls_back)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 1


@each(NOT_SENT | BREAKS | NO_FILE)
def test_a_file_that_does_not_come_is_fetched_again(exchange: Exchange) -> None:
    for times in (1, 2):
        world = played("result", *[exchange] * times)
        assert ends(world) == (["stored"], 1)
        assert world.network.seen["submit"] == 1


@each(NO_FILE)
def test_a_file_that_never_comes_is_given_up(exchange: Exchange) -> None:
    assert ends(played("result", *[exchange] * 300, permanent="transfer_failed")) == (["transfer_failed"], 1)


def test_a_file_in_many_pieces_is_whole() -> None:
    pieces = Exchange(answer=lambda reply: [reply.wire[at : at + 7] for at in range(0, len(reply.wire), 7)])
    assert ends(played("result", pieces)) == (["stored"], 1)


def _beside() -> Iterator[tuple[str, str]]:
    yield from (("submit", name) for name in NOT_SENT | TAKEN | LATER)
    yield from (("look-up", name) for name in NOT_SENT | UNCLEAR)
    yield from (("result", name) for name in NOT_SENT | BREAKS)


@PROVE
@pytest.mark.parametrize(("kind", "name"), [*_beside()])
def test_whatever_else_fails_beside_it_nothing_is_lost_or_paid_twice(kind: str, name: str) -> None:
    exchange = (NOT_SENT | TAKEN | LATER)[name]
    for fault in single_faults(played(kind, exchange, exchange).port.calls):
        assert len(played(kind, exchange, exchange, fault=fault).provider.tasks) <= 1, (
            f"{kind} {name} {fault}"
        )

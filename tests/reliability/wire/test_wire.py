"""The real HTTP clients of provider and results, and everything that can become of their exchanges."""

import logging
import os
from collections.abc import Callable, Iterator

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
    NOT_SENT,
    REFUSED,
    UNCLEAR,
    Exchange,
    no_status,
    without_id,
)
from tests.reliability.wire.wired import WiredWorld, Words
from tests.reliability.wire.wired_modellix import WiredModellix

PROVE = pytest.mark.prove("every port beside the wire")
BUSY = LATER["429"]
PROVIDERS = (WiredWorld, WiredModellix)
type World = type[WiredWorld]
LOST_ON_THE_WAY = {
    name: UNCLEAR[name]
    for name in ("reset while writing", "time-out while writing", "silence", "reset", "closed")
}


def taken(words: Words) -> dict[str, Exchange]:
    """Submits that may have begun a task, and did."""
    return UNCLEAR | without_id(words.well, words.task_id)


def played(
    provider: World,
    kind: str,
    *exchanges: Exchange,
    calls_back: bool = True,
    permanent: str = "",
    fault: Fault | None = None,
) -> WiredWorld:
    """A video whose first exchanges of this kind become of them what is said; nothing is violated."""
    logging.disable(logging.CRITICAL)
    world = provider(planned(*([fault] if fault else [])))
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


def each(exchanges: dict[str, Exchange] | Callable[[Words], dict[str, Exchange]]) -> pytest.MarkDecorator:
    """With either provider all of them where it is proven, else every third."""
    cases: dict[str, tuple[World, Exchange]] = {}
    step = 1 if "PROVE" in os.environ else 3
    for provider in PROVIDERS:
        found = exchanges(provider.words) if callable(exchanges) else exchanges
        cases |= {f"{provider.__name__}, {name}": (provider, found[name]) for name in [*found][::step]}
    return pytest.mark.parametrize(("provider", "exchange"), cases.values(), ids=cases)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_where_nothing_fails_one_exchange_of_each_kind_is_enough(provider: World) -> None:
    world = played(provider, "submit", GOOD)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen == {"submit": 1, "look-up": 1, "result": provider.files}


@each(taken)
def test_an_unclear_submit_is_never_sent_again_and_its_callback_heals_it(
    provider: World, exchange: Exchange
) -> None:
    world = played(provider, "submit", exchange)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 1


@each(taken)
def test_an_unclear_submit_that_nobody_hears_of_again_expires(provider: World, exchange: Exchange) -> None:
    world = played(provider, "submit", exchange, calls_back=False)
    assert ends(world) == (["expired"], 1)
    assert world.network.seen == {"submit": 1}


@each(LOST_ON_THE_WAY)
def test_a_submit_lost_on_its_way_is_not_sent_again_either(provider: World, exchange: Exchange) -> None:
    lost = Exchange(exchange.connect, exchange.write, arrives=False, answer=exchange.answer)
    world = played(provider, "submit", lost)
    assert ends(world) == (["expired"], 0)
    assert world.network.seen["submit"] == 1


@each(taken)
def test_an_unclear_submit_from_the_queue_is_no_different(provider: World, exchange: Exchange) -> None:
    world = played(provider, "submit", BUSY, exchange)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 2


@each(NOT_SENT)
def test_what_was_certainly_not_sent_is_sent_once_more_and_then_waits(
    provider: World, exchange: Exchange
) -> None:
    for times in (1, 2, 3, 4):
        world = played(provider, "submit", *[exchange] * times)
        assert ends(world) == (["stored"], 1)
        assert world.network.seen["submit"] == times + 1


@each(LATER)
def test_a_provider_without_room_is_asked_again_later(provider: World, exchange: Exchange) -> None:
    world = played(provider, "submit", exchange, exchange)
    assert ends(world) == (["stored"], 1)
    assert world.clock() >= world.provider.tasks["task-1"].done_at > 3 * MINUTE


@each(REFUSED)
def test_a_refusal_is_final_and_costs_nothing(provider: World, exchange: Exchange) -> None:
    assert ends(played(provider, "submit", exchange)) == (["rejected"], 0)


@each(lambda words: NOT_SENT | UNCLEAR | LATER | REFUSED | no_status(words.well, words.task_id, words.state))
@pytest.mark.parametrize("calls_back", [True, False], ids=["called back", "never called back"])
def test_a_look_up_that_tells_nothing_is_made_again(
    provider: World, exchange: Exchange, calls_back: bool
) -> None:
    world = played(provider, "look-up", exchange, exchange, calls_back=calls_back)
    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 1


@each(NOT_SENT | BREAKS | NO_FILE)
def test_a_file_that_does_not_come_is_fetched_again(provider: World, exchange: Exchange) -> None:
    for times in (1, 2):
        world = played(provider, "result", *[exchange] * times)
        assert ends(world) == (["stored"], 1)
        assert world.network.seen["submit"] == 1


@each(NO_FILE)
def test_a_file_that_never_comes_is_given_up(provider: World, exchange: Exchange) -> None:
    assert ends(played(provider, "result", *[exchange] * 300, permanent="transfer_failed")) == (
        ["transfer_failed"],
        1,
    )


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_file_in_many_pieces_is_whole(provider: World) -> None:
    pieces = Exchange(answer=lambda reply: [reply.wire[at : at + 7] for at in range(0, len(reply.wire), 7)])
    assert ends(played(provider, "result", pieces)) == (["stored"], 1)


def _beside() -> Iterator[tuple[World, str, str]]:
    """Every kind with the first provider; with the second, whose network is the same, every third."""
    for provider, step in zip(PROVIDERS, (1, 3), strict=True):
        names = {
            "submit": NOT_SENT | taken(provider.words) | LATER,
            "look-up": NOT_SENT | UNCLEAR,
            "result": NOT_SENT | BREAKS,
        }
        yield from [(provider, kind, name) for kind, found in names.items() for name in found][::step]


@PROVE
@pytest.mark.parametrize(("provider", "kind", "name"), [*_beside()])
def test_whatever_else_fails_beside_it_nothing_is_lost_or_paid_twice(
    provider: World, kind: str, name: str
) -> None:
    exchange = (NOT_SENT | taken(provider.words) | LATER)[name]
    for fault in single_faults(played(provider, kind, exchange, exchange).port.calls):
        assert len(played(provider, kind, exchange, exchange, fault=fault).provider.tasks) <= 1, (
            f"{kind} {name} {fault}"
        )

"""Results that come in ranges, each on its own connection, and everything that can become of one of them."""

import os
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.reliability.explore import single_faults
from tests.reliability.wire.faults import BREAKS, GOOD, NO_FILE, NOT_SENT, Exchange, Piece, Reply
from tests.reliability.wire.test_wire import PROVE, ends, played
from tests.reliability.wire.wired import WiredWorld


class RangedWorld(WiredWorld):
    """Its hosts give ranges, and say of which version; the bucket takes them in three."""

    in_ranges = True


def _changed(name: str, value: str) -> Exchange:
    """The range with one header changed, or without it."""

    def answer(reply: Reply) -> list[Piece]:
        kept = tuple(told for told in reply.headers if told[0] != name)
        return [replace(reply, headers=(*kept, (name, value)) if value else kept).wire]

    return Exchange(answer=answer)


ANOTHER = {
    "another version": _changed("ETag", '"version-2"'),
    "no version": _changed("ETag", ""),
    "another size": _changed("Content-Range", "bytes 100-199/900000"),
    "other bytes": _changed("Content-Range", "bytes 0-99/500"),
    "the whole": Exchange(answer=lambda reply: [replace(reply, status="200 OK").wire]),
}
FATES = NOT_SENT | BREAKS | NO_FILE | ANOTHER
SOME = FATES if "PROVE" in os.environ else {name: FATES[name] for name in [*FATES][::3]}


def test_where_nothing_fails_each_range_is_asked_for_once() -> None:
    world = played(RangedWorld, "result", GOOD)

    assert ends(world) == (["stored"], 1)
    assert world.network.seen["result"] == 3


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_range_that_does_not_come_costs_no_result(name: str, place: int) -> None:
    world = played(RangedWorld, "result", *[GOOD] * (place - 1), FATES[name])

    assert ends(world) == (["stored"], 1)
    assert world.network.seen["submit"] == 1


LATER: dict[str, Callable[[Reply], Reply]] = {
    "503": lambda _: Reply("503 Busy", b""),
    "403": lambda _: Reply("403 Used Up", b""),
    "a redirect": lambda _: Reply("302 Found", b"", (("Location", "/elsewhere"),)),
    "the whole": lambda reply: replace(reply, status="200 OK"),
    "another version": lambda reply: replace(reply, headers=(("ETag", '"v"'), *reply.headers[2:])),
}


class StingyWorld(RangedWorld):
    """Its hosts give no range but the first."""

    instead: Callable[[Reply], Reply]

    def _file(self, target: str, head: bytes) -> Reply:
        reply = super()._file(target, head)
        return reply if re.search(rb"bytes=0-(\r\n|$)", head) else self.instead(reply)


@pytest.mark.parametrize("name", LATER)
def test_a_host_that_never_gives_a_second_range_is_read_in_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StingyWorld, "instead", staticmethod(LATER[name]), raising=False)
    world = played(StingyWorld, "result")

    assert ends(world) == (["stored"], 1)
    assert [item.get("tries") for item in world.watch.videos.items.values()] == [1]


@PROVE
@pytest.mark.parametrize("name", FATES)
def test_whatever_else_fails_beside_it_nothing_is_lost_or_paid_twice(name: str) -> None:
    exchanges = (GOOD, FATES[name], GOOD, FATES[name])
    for fault in single_faults(played(RangedWorld, "result", *exchanges).port.calls):
        world = played(RangedWorld, "result", *exchanges, fault=fault)
        assert len(world.provider.tasks) <= 1, f"{name} {fault}"

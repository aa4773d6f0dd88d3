"""A forged callback at ReceiveCallback's own handler: 404, and no port is called; a strange key is looked up once a minute."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from reelhook.domain.time import MINUTE
from reelhook.domain.token import SigningKey
from tests.builders import NOW, RING, a_video_id
from tests.hostile_tokens import Address, Forger, addresses
from tests.reliability.faults import planned
from tests.reliability.lambdas import ENVIRONMENT, handlers_find
from tests.reliability.world import World

RETIRED = SigningKey("k0", b"o" * 32)
BODY = '{"taskId": "task-1", "state": "success"}'
UNKNOWN = ("an unknown key's", "our key under an unknown id", "a retired key's")
KNOCKS = 300


def knock(world: World, address: Address, **event: Any) -> int:
    """One delivery there, as API Gateway hands it on."""
    path = {"provider": address.provider, "video_id": address.video_id, "token": address.token}
    answer = world.invoke("ReceiveCallback", {"pathParameters": path, "headers": {}, "body": BODY, **event})
    return int(answer["statusCode"])


@pytest.fixture
def world() -> Iterator[World]:
    """A video that was sent, and a function whose keys are loaded by a delivery for a video nobody knows."""
    world = World(planned())
    with handlers_find(world.wiring):
        world.submit()
        world.pass_time(NOW + MINUTE)
        other = Forger(RING.current, RETIRED, ENVIRONMENT["STAGE"], a_video_id(9), "", world.clock())
        assert knock(world, Address("apixo", other.video_id, other.good)) == 200
        world.port.calls.clear()
        yield world


def forger(world: World) -> Forger:
    """Knows the genuine address of the video, and the key it was signed with."""
    [video_id] = world.provider.urls
    return Forger(RING.current, RETIRED, ENVIRONMENT["STAGE"], video_id, a_video_id(7), world.clock())


def test_no_forged_request_calls_a_port(world: World) -> None:
    corpus = {name: at for name, at in addresses(forger(world)).items() if name not in UNKNOWN}
    before = dict(world.watch.videos.items)

    assert len(corpus) >= 40
    for name, address in corpus.items():
        for event in ({}, {"isBase64Encoded": True}, {"body": None, "headers": None}):
            assert knock(world, address, **event) == 404, name
            assert world.port.calls == [], name
    assert world.watch.videos.items == before


def test_what_the_forgeries_are_made_of_is_genuine(world: World) -> None:
    assert knock(world, Address("apixo", forger(world).video_id, forger(world).good)) == 200
    assert "videos.apply" in world.port.calls


@pytest.mark.parametrize("pace", [1, 977, 6_000], ids="one each {} ms".format)
def test_an_unknown_key_costs_one_look_a_minute_in_each_environment(world: World, pace: int) -> None:
    corpus = addresses(forger(world))
    looks = []
    for number in range(KNOCKS):
        world.clock.advance(pace)
        assert knock(world, corpus[UNKNOWN[number % len(UNKNOWN)]]) == 404
        if world.port.calls:
            looks.append(world.clock())
            assert world.port.calls == ["secrets.read"]
            world.port.calls.clear()

    assert len(looks) <= 1 + KNOCKS * pace // MINUTE
    assert all(later - earlier >= MINUTE for earlier, later in pairwise(looks))

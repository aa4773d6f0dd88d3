"""A forged callback is 404 and costs nothing: no port is called once the keys are loaded, and SSM once a minute."""

import time
from itertools import pairwise

import pytest

from reelhook.domain.ports.journal import Metric
from reelhook.domain.time import DAY, MINUTE
from tests.builders import NOW, VIDEO_ID, a_video_id
from tests.hostile_tokens import FORGED, MISPLACED, Address, Forger, addresses
from tests.unit.front_door import CURRENT, FORGER, PREVIOUS, RETIRED, Door, Ssm

ADDRESSES = addresses(FORGER)
REQUESTS = 1_000


@pytest.fixture
def door() -> Door:
    """Keys loaded: a genuine delivery for a video that nobody knows, then the count begins."""
    door = Door()
    unknown = Forger(CURRENT, RETIRED, "prod", a_video_id(9), "", NOW)
    assert door.knock(Address("apixo", unknown.video_id, unknown.good)) == 200
    assert door.calls == {"ssm.get_parameter": 1, "provider.read_callback": 1, "videos.read": 1}
    door.calls.clear()
    return door


def test_the_corpus_has_its_size_and_no_two_alike() -> None:
    assert len(FORGED) + len(MISPLACED) >= 40
    assert len(set(ADDRESSES.values())) == len(FORGED) + len(MISPLACED)
    assert Address("apixo", VIDEO_ID, FORGER.good) not in ADDRESSES.values()


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_forged_request_is_not_found_and_calls_nobody(door: Door, address: Address) -> None:
    assert door.knock(address) == 404
    assert door.calls == {}
    assert door.journal.counts == {Metric.CALLBACK_REFUSED: 1}


def test_what_the_forgeries_are_made_of_is_genuine(door: Door) -> None:
    """Else they could be refused for another reason than the one in their names."""
    previous = FORGER.minted(key=PREVIOUS)

    assert door.knock(Address("apixo", VIDEO_ID, FORGER.good)) == 200
    assert door.knock(Address("apixo", VIDEO_ID, previous)) == 200
    assert door.calls["provider.look_up"] == 2


@pytest.mark.parametrize("pace", [1, 60, 977, 6_000], ids="one each {} ms".format)
def test_unknown_keys_cost_one_look_a_minute_however_fast_they_come(door: Door, pace: int) -> None:
    unknown = [
        ADDRESSES[name] for name in ("an unknown key's", "our key under an unknown id", "a retired key's")
    ]
    looks = []
    for number in range(REQUESTS):
        door.clock.advance(pace)
        before = door.calls["ssm.get_parameter"]
        assert door.knock(unknown[number % len(unknown)]) == 404
        if door.calls["ssm.get_parameter"] > before:
            looks.append(door.clock())

    assert set(door.calls) <= {"ssm.get_parameter"}
    assert len(looks) <= REQUESTS * pace // MINUTE
    assert all(later - earlier >= MINUTE for earlier, later in pairwise(looks))
    assert len(looks) >= REQUESTS * pace // (MINUTE + pace) - 1, "a new key is still found within a minute"


def test_an_outage_of_parameter_store_does_not_quicken_the_looks(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ssm, "get_parameter", lambda _self, **_asked: {"Parameter": {"Value": "{}"}})
    for _ in range(REQUESTS):
        door.clock.advance(300)
        assert door.knock(ADDRESSES["an unknown key's"]) == 404

    assert door.calls == {"ssm.get_parameter": REQUESTS * 300 // MINUTE}
    assert door.clock() - NOW < DAY
    assert door.knock(Address("apixo", VIDEO_ID, FORGER.good)) == 200


def test_a_thousand_forgeries_are_refused_in_no_time(door: Door) -> None:
    began = time.perf_counter()
    for address in [*ADDRESSES.values()] * (REQUESTS // len(ADDRESSES) + 1):
        assert door.knock(address) == 404
    each = (time.perf_counter() - began) / sum(door.journal.counts.values())

    print(f"a forged request takes {1000 * each:.3f} ms")  # noqa: T201 - a figure, not a promise
    assert door.calls["videos.read"] == 0

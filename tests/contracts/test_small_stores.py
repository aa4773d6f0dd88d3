"""Gates, API keys, signing keys and the transfer queue."""

import hashlib
import json

import pytest

from reelhook.domain import gate as rows
from reelhook.domain.errors.running import StoreError
from reelhook.domain.gate import Gate
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import Accounts, ApiKey
from reelhook.domain.ports.videos import GateStore
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.token import KeyRing, SigningKey
from reelhook.domain.writes import is_mine
from tests.builders import NOW, RING, VIDEO_ID
from tests.contracts.aws import Keys, Queue
from tests.contracts.conftest import OWNERS
from tests.fakes import RecordingTransferQueue


def test_a_gate_that_was_never_closed_is_open(gates: GateStore) -> None:
    assert gates.read("apixo") == Gate("apixo")


def test_every_refusal_closes_the_gate_for_longer(gates: GateStore) -> None:
    pauses = []
    for _ in range(7):
        outcome = gates.apply(rows.close(gates.read("apixo"), NOW, None, account=False))
        assert outcome.item is not None
        pauses.append(((outcome.item.not_before or 0) - NOW) // SECOND)

    assert pauses == [30, 60, 120, 240, 480, 900, 900]
    assert gates.read("apixo").refusals == 7
    assert gates.read("modellix") == Gate("modellix")


def test_the_providers_own_word_is_kept_until_a_refusal_without_one(gates: GateStore) -> None:
    gates.apply(rows.close(gates.read("apixo"), NOW, 40, account=False))
    told = gates.read("apixo")
    gates.apply(rows.close(told, NOW, None, account=False))

    assert (told.retry_after, told.not_before) == (True, NOW + 40 * SECOND)
    assert not gates.read("apixo").retry_after


def test_an_acceptance_forgets_the_refusals(gates: GateStore) -> None:
    gates.apply(rows.close(gates.read("apixo"), NOW, 40, account=False))
    gates.apply(rows.reopen("apixo"))

    gate = gates.read("apixo")

    assert (gate.refusals, gate.retry_after) == (0, False)


def test_one_round_at_a_time_and_a_lapsed_one_is_over(gates: GateStore) -> None:
    first = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, NOW))
    second = gates.apply(rows.lease_round("apixo", "round-2", NOW + MINUTE, NOW + 1))
    third = gates.apply(rows.lease_round("apixo", "round-3", NOW + 2 * MINUTE, NOW + MINUTE + 1))

    assert (first.applied, second.applied, third.applied) == (True, False, True)
    assert second.item == Gate("apixo", "round-1", NOW + MINUTE)


def test_a_hidden_retry_of_a_round_finds_its_own_lease(gates: GateStore) -> None:
    write = rows.lease_round("apixo", "round-1", NOW + MINUTE, NOW)
    gates.apply(write)

    assert is_mine(write, gates.apply(write).item)


def test_no_round_begins_before_the_gate_opens(gates: GateStore) -> None:
    gates.apply(rows.close(gates.read("apixo"), NOW, 40, account=False))
    opens = NOW + 40 * SECOND

    early = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, opens - 1))
    due = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, opens))

    assert (early.applied, due.applied) == (False, True)


def test_a_round_woken_by_an_end_does_not_wait_for_our_own_pause(gates: GateStore) -> None:
    gates.apply(rows.close(gates.read("apixo"), NOW, None, account=False))

    by_the_tick = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, NOW + 1))
    woken = gates.apply(rows.lease_round("apixo", "round-2", NOW + MINUTE, NOW + 1, woken=True))

    assert (by_the_tick.applied, woken.applied) == (False, True)


def test_a_round_woken_by_an_end_waits_for_as_long_as_the_provider_asked(gates: GateStore) -> None:
    gates.apply(rows.close(gates.read("apixo"), NOW, 40, account=False))
    opens = NOW + 40 * SECOND

    early = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, opens - 1, woken=True))
    due = gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, opens, woken=True))

    assert (early.applied, due.applied) == (False, True)


def test_a_round_woken_by_an_end_leaves_another_one_alone(gates: GateStore) -> None:
    gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, NOW))

    assert not gates.apply(rows.lease_round("apixo", "round-2", NOW + MINUTE, NOW + 1, woken=True)).applied


def test_only_its_holder_ends_a_round(gates: GateStore) -> None:
    gates.apply(rows.lease_round("apixo", "round-1", NOW + MINUTE, NOW))

    assert not gates.apply(rows.end_round("apixo", "round-2")).applied
    assert gates.apply(rows.end_round("apixo", "round-1")).item == Gate("apixo")
    assert not gates.apply(rows.end_round("modellix", "round-1")).applied


@pytest.mark.parametrize(
    ("key", "known"),
    [("lasting", ApiKey("owner-1")), ("ending", ApiKey("owner-2", NOW)), ("unknown", None)],
)
def test_a_key_is_found_by_its_hash(accounts: Accounts, key: str, known: ApiKey | None) -> None:
    assert accounts.find_key(hashlib.sha256(key.encode()).hexdigest()) == known


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: owner.name)
def test_an_owner_is_found_as_it_was_written_down(accounts: Accounts, owner: Owner) -> None:
    assert accounts.find_owner(owner.name) == owner


def test_an_owner_that_nobody_wrote_down_is_none(accounts: Accounts) -> None:
    assert accounts.find_owner("unheard-of") is None


def test_rotated_keys_are_seen_by_who_looks_for_newer_ones(keys: Keys) -> None:
    rotated = KeyRing(SigningKey("k2", b"r" * 32), RING.current)
    assert keys.store.ring() == RING

    keys.rotate(rotated)
    keys.clock.advance(MINUTE)

    assert keys.store.ring() == RING
    assert keys.store.newer_ring() == rotated
    assert keys.store.ring() == rotated


def test_a_message_names_one_video(queue: Queue) -> None:
    queue.store.send(VIDEO_ID)

    assert [json.loads(body) for body in queue.received()] == [{"video_id": VIDEO_ID}]


def test_a_broken_queue_says_so() -> None:
    queue = RecordingTransferQueue()
    queue.broken = True

    with pytest.raises(StoreError):
        queue.send(VIDEO_ID)

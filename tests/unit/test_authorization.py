"""The owner of a request is the owner of its API key."""

import hashlib

import pytest

from reelhook.domain.errors import UnauthorizedError
from reelhook.domain.ports import ApiKey
from reelhook.domain.time import MINUTE
from reelhook.use_cases.authorization import Authorization
from tests.builders import NOW
from tests.fakes import InMemoryAccounts, ManualClock

KEY = "rh_" + "k" * 43
HASH = hashlib.sha256(KEY.encode()).hexdigest()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def accounts() -> InMemoryAccounts:
    accounts = InMemoryAccounts()
    accounts.keys[HASH] = ApiKey("owner-1", expires_at=NOW + 10 * MINUTE)
    return accounts


@pytest.fixture
def authorization(accounts: InMemoryAccounts, clock: ManualClock) -> Authorization:
    return Authorization(accounts, clock)


@pytest.mark.parametrize("header", [f"Bearer {KEY}", f"bearer {KEY}", f"Bearer   {KEY}"])
def test_a_key_names_its_owner(authorization: Authorization, header: str) -> None:
    assert authorization.owner_of(header) == "owner-1"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        KEY,
        f"Basic {KEY}",
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY}\n",
        f"Bearer {KEY}, Bearer {KEY}",
        "Bearer rh_" + "é" * 43,
        "Bearer " + "A" * 10_000,
        "Bearer rh_" + "x" * 43,
    ],
)
def test_everything_else_is_nobody(authorization: Authorization, header: str | None) -> None:
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(header)


def test_an_expired_key_is_nobody_to_the_millisecond_even_if_remembered(
    authorization: Authorization, clock: ManualClock
) -> None:
    clock.now = NOW + 10 * MINUTE - 1
    assert authorization.owner_of(f"Bearer {KEY}") == "owner-1"

    clock.advance(1)
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {KEY}")


def test_a_revoked_key_works_for_a_minute_at_most(
    authorization: Authorization, accounts: InMemoryAccounts, clock: ManualClock
) -> None:
    authorization.owner_of(f"Bearer {KEY}")
    accounts.keys.clear()

    clock.advance(MINUTE - 1)
    assert authorization.owner_of(f"Bearer {KEY}") == "owner-1"
    clock.advance(1)
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {KEY}")


def test_a_new_key_works_at_once(authorization: Authorization, accounts: InMemoryAccounts) -> None:
    new = "rh_" + "n" * 43
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {new}")
    accounts.keys[hashlib.sha256(new.encode()).hexdigest()] = ApiKey("owner-2")

    assert authorization.owner_of(f"Bearer {new}") == "owner-2"


def test_what_is_remembered_is_bounded(authorization: Authorization, accounts: InMemoryAccounts) -> None:
    for number in range(1_500):
        key = f"rh_{number:043d}"
        accounts.keys[hashlib.sha256(key.encode()).hexdigest()] = ApiKey("owner-1")
        authorization.owner_of(f"Bearer {key}")

    assert len(authorization._known) <= 1_000

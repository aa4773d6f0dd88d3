"""The owner of a request is the owner of its API key, or the subject of its JWT, unless the operator disabled it."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from reelhook.domain.errors.requests import InvalidJwtError, OwnerDisabledError, UnauthorizedError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.owners import Limits, Owner, OwnerLimits, jwt_owner
from reelhook.domain.ports.accounts import ApiKey, Issuer
from reelhook.domain.time import MINUTE
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.owners import Memory, Owners
from tests.builders import NOW
from tests.fakes import InMemoryAccounts, ManualClock

KEY = "rh_" + "k" * 43
HASH = hashlib.sha256(KEY.encode()).hexdigest()
JWT = "aaaa.bbbb.cccc"
DEFAULTS = OwnerLimits(Limits(videos_per_day=10, usd_per_day=Decimal("2.5")), Limits(in_flight=1))


@dataclass
class OneSubject:
    """`Issuer` that knows one JWT."""

    name: str = "https://issuer.example.com"
    asked: list[str] = field(default_factory=list)

    def subject_of(self, jwt: str) -> str:
        self.asked.append(jwt)
        if jwt != JWT:
            raise InvalidJwtError("no")
        return "user-1"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def accounts() -> InMemoryAccounts:
    return InMemoryAccounts({HASH: ApiKey("owner-1", expires_at=NOW + 10 * MINUTE)})


def an_authorization(
    accounts: InMemoryAccounts, clock: ManualClock, issuer: Issuer | None = None
) -> Authorization:
    return Authorization(accounts, Owners(accounts, clock), issuer, DEFAULTS, clock)


@pytest.fixture
def authorization(accounts: InMemoryAccounts, clock: ManualClock) -> Authorization:
    return an_authorization(accounts, clock)


@pytest.mark.parametrize("header", [f"Bearer {KEY}", f"bearer {KEY}", f"BEARER   {KEY}"])
def test_a_key_names_its_owner(authorization: Authorization, header: str) -> None:
    assert authorization.owner_of(header).name == "owner-1"


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
        f"Bearer {JWT}",
    ],
)
def test_everything_else_is_nobody(authorization: Authorization, header: str | None) -> None:
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(header)


def test_an_expired_key_is_nobody_to_the_millisecond_even_if_remembered(
    authorization: Authorization, clock: ManualClock
) -> None:
    clock.now = NOW + 10 * MINUTE - 1
    assert authorization.owner_of(f"Bearer {KEY}").name == "owner-1"

    clock.advance(1)
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {KEY}")


def test_a_revoked_key_works_for_a_minute_at_most(
    authorization: Authorization, accounts: InMemoryAccounts, clock: ManualClock
) -> None:
    authorization.owner_of(f"Bearer {KEY}")
    accounts.keys.clear()

    clock.advance(MINUTE - 1)
    assert authorization.owner_of(f"Bearer {KEY}").name == "owner-1"
    clock.advance(1)
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {KEY}")


def test_a_new_key_works_at_once(authorization: Authorization, accounts: InMemoryAccounts) -> None:
    new = "rh_" + "n" * 43
    with pytest.raises(UnauthorizedError):
        authorization.owner_of(f"Bearer {new}")
    accounts.keys[hashlib.sha256(new.encode()).hexdigest()] = ApiKey("owner-2")

    assert authorization.owner_of(f"Bearer {new}").name == "owner-2"


def test_a_jwt_names_its_subject_and_is_checked_each_time(
    accounts: InMemoryAccounts, clock: ManualClock
) -> None:
    issuer = OneSubject()
    authorization = an_authorization(accounts, clock, issuer)

    names = {authorization.owner_of(f"Bearer {JWT}").name for _ in range(3)}

    assert names == {jwt_owner("https://issuer.example.com", "user-1")}
    assert issuer.asked == [JWT] * 3


def test_with_an_issuer_keys_still_work_and_no_key_is_shown_to_it(
    accounts: InMemoryAccounts, clock: ManualClock
) -> None:
    issuer = OneSubject()
    authorization = an_authorization(accounts, clock, issuer)

    assert authorization.owner_of(f"Bearer {KEY}").name == "owner-1"
    with pytest.raises(UnauthorizedError, match="API key or your issuer's JWT"):
        authorization.owner_of("Bearer rh_" + "." * 43)
    assert issuer.asked == []


@pytest.mark.parametrize("header", [f"Bearer {KEY}", f"Bearer {JWT}"])
def test_a_disabled_owner_is_shut_out_within_a_minute_and_let_in_again(
    accounts: InMemoryAccounts, clock: ManualClock, header: str
) -> None:
    authorization = an_authorization(accounts, clock, OneSubject())
    name = authorization.owner_of(header).name
    accounts.owners[name] = Owner(name, disabled=True)

    clock.advance(MINUTE - 1)
    assert authorization.owner_of(header).name == name
    clock.advance(1)
    with pytest.raises(OwnerDisabledError):
        authorization.owner_of(header)

    accounts.owners[name] = Owner(name)
    clock.advance(MINUTE)
    assert authorization.owner_of(header).name == name


def test_an_owner_whose_standing_is_not_known_is_not_let_in(
    authorization: Authorization, accounts: InMemoryAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: str) -> None:
        raise StoreError("DynamoDB: no answer")

    monkeypatch.setattr(accounts, "find_owner", down)

    with pytest.raises(StoreError):
        authorization.owner_of(f"Bearer {KEY}")


def test_an_owners_own_limits_stand_over_the_defaults(
    authorization: Authorization, accounts: InMemoryAccounts
) -> None:
    accounts.owners["owner-1"] = Owner("owner-1", limits=OwnerLimits(Limits(videos_per_day=0)))

    assert authorization.owner_of(f"Bearer {KEY}").limits == OwnerLimits(
        Limits(videos_per_day=0, usd_per_day=Decimal("2.5")), Limits(in_flight=1)
    )


def test_what_is_remembered_is_bounded(clock: ManualClock) -> None:
    memory = Memory[str](clock)
    for number in range(1_500):
        memory.get(str(number), str)

    assert len(memory) <= 1_000

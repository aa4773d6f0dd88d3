"""`make owner`: what is named changes, the rest stays, and whoever runs it reads how the owner stands."""

from decimal import Decimal

import pytest

from operations.errors import OperationError
from operations.owners import UNSET, changed, key_of, report
from reelhook.domain.owners import Limits, Owner, OwnerLimits, jwt_owner

NOTHING_SAID: dict[str, str | None] = {"videos_per_day": None, "in_flight": None, "usd_per_day": None}
SOME = Limits(videos_per_day=10, usd_per_day=Decimal("2.5"))


def test_what_is_not_named_stays_and_a_default_takes_a_limit_back() -> None:
    assert changed(SOME, NOTHING_SAID) == SOME
    assert changed(SOME, NOTHING_SAID | {"in_flight": "0"}) == Limits(10, 0, Decimal("2.5"))
    assert changed(SOME, NOTHING_SAID | {"videos_per_day": UNSET}) == Limits(usd_per_day=Decimal("2.5"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("videos_per_day", "many"), ("in_flight", "1.5"), ("usd_per_day", "5 USD"), ("usd_per_day", "-1")],
)
def test_what_is_no_limit_is_named(name: str, text: str) -> None:
    with pytest.raises(OperationError, match=f"{name.upper()}: .* or default"):
        changed(SOME, NOTHING_SAID | {name: text})


@pytest.mark.parametrize("name", ["", "Me", "jwt-abc", "a/b"])
def test_what_is_no_owner_is_refused(name: str) -> None:
    with pytest.raises(OperationError, match="cannot be an owner"):
        key_of(name)


@pytest.mark.parametrize(
    ("owner", "before", "words"),
    [
        (Owner("me"), Owner("me"), "Next: make key OWNER=me"),
        (Owner("me", disabled=True), Owner("me"), "refused with 403 within a minute"),
        (Owner("me"), Owner("me", disabled=True), "let in again within a minute"),
        (Owner(jwt_owner("i", "s")), Owner(jwt_owner("i", "s")), "its JWTs are enough"),
        (Owner("me", limits=OwnerLimits(SOME)), Owner("me"), "limits: 10 videos a day, 2.5 USD a day\n"),
        (Owner("me", limits=OwnerLimits(SOME)), Owner("me"), "of each of its users: the stack's defaults"),
    ],
)
def test_the_report_tells_how_it_stands_and_what_to_do_next(owner: Owner, before: Owner, words: str) -> None:
    assert words in report(owner, before, "the sandbox")

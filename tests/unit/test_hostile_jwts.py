"""No hostile header is let in, none is answered by another error than 401, and every good one is let in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.adapters.oidc import OidcIssuer
from reelhook.domain.errors.requests import UnauthorizedError
from reelhook.domain.owners import OwnerLimits, jwt_owner
from reelhook.use_cases.authorization import Authorization
from reelhook.use_cases.owners import Owners
from tests.builders import NOW
from tests.fakes import InMemoryAccounts, ManualClock
from tests.hostile_jwts import GOOD, HOSTILE, KEYS
from tests.issuer import AUDIENCE, ISSUER, SimulatedIssuer

LETTERS = "ABCXYZabcxyz019-_."


def an_authorization() -> tuple[Authorization, SimulatedIssuer]:
    """One with an issuer whose key set holds good keys and others."""
    issuer, accounts, clock = SimulatedIssuer(), InMemoryAccounts(), ManualClock(NOW)
    issuer.keys[:] = KEYS
    known = OidcIssuer(ISSUER, (AUDIENCE, "web"), clock, issuer.transport)
    return Authorization(accounts, Owners(accounts, clock), known, OwnerLimits(), clock), issuer


ONE, _ = an_authorization()


def test_the_corpus_is_large() -> None:
    assert len(HOSTILE) >= 90


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_header_is_nobodys(name: str) -> None:
    with pytest.raises(UnauthorizedError):
        ONE.owner_of(HOSTILE[name])


@pytest.mark.parametrize("name", GOOD)
def test_a_good_one_is_its_subjects(name: str) -> None:
    assert ONE.owner_of(GOOD[name]).name == jwt_owner(ISSUER, "user-1")


def test_only_the_issuer_was_ever_asked() -> None:
    authorization, issuer = an_authorization()
    for value in HOSTILE.values():
        with pytest.raises(UnauthorizedError):
            authorization.owner_of(value)

    assert {url.removeprefix(ISSUER) for url in issuer.asked} == {
        "/.well-known/openid-configuration",
        "/keys",
    }
    assert len(issuer.asked) == 2


@given(st.data())
def test_a_good_one_with_a_letter_changed_is_nobodys(data: st.DataObject) -> None:
    good = GOOD["ES256"]
    at = data.draw(st.integers(len("Bearer "), len(good) - 1))
    letter = data.draw(st.sampled_from([letter for letter in LETTERS if letter != good[at]]))

    with pytest.raises(UnauthorizedError):
        ONE.owner_of(good[:at] + letter + good[at + 1 :])


@given(st.text(max_size=200))
def test_any_text_is_nobodys(text: str) -> None:
    with pytest.raises(UnauthorizedError):
        ONE.owner_of(text)

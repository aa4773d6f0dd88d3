"""The issuer is asked rarely, within bounds, and an issuer that does not answer is not the client's fault."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reelhook.adapters.issuer_keys import IssuerKeys
from reelhook.adapters.oidc import OidcIssuer
from reelhook.domain.errors.requests import InvalidJwtError
from reelhook.domain.errors.running import IssuerUnavailableError, NotConfiguredError
from reelhook.domain.time import HOUR, MINUTE, SECOND
from reelhook.wire.exchange import MAX_BODY
from tests.builders import NOW
from tests.fakes import ManualClock
from tests.issuer import AUDIENCE, DISCOVERY, ISSUER, SimulatedIssuer, claims, ec_jwk, header, jws

ONCE = [f"{ISSUER}{DISCOVERY}", f"{ISSUER}/keys"]


class Scene:
    """An issuer, and who takes its JWTs."""

    def __init__(self, url: str = ISSUER) -> None:
        self.clock, self.issuer = ManualClock(NOW), SimulatedIssuer(url)
        self.known = OidcIssuer(url, (AUDIENCE,), self.clock, self.issuer.transport)
        self.url = url

    def subject(self, kid: str = "ec-1") -> str:
        told = claims(iss=self.url, exp=self.clock() // 1000 + 300)
        return self.known.subject_of(jws(header(kid=kid), told))

    def rotate(self, kid: str) -> None:
        self.issuer.keys[:] = [ec_jwk(kid)]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_many_jwts_ask_the_issuer_once(scene: Scene) -> None:
    for _ in range(20):
        assert scene.subject() == "user-1"

    assert scene.issuer.asked == ONCE


def test_made_up_key_ids_ask_it_once_a_minute(scene: Scene) -> None:
    scene.subject()
    for number in range(121):
        with pytest.raises(InvalidJwtError):
            scene.subject(f"made-up-{number}")
        scene.clock.advance(SECOND)

    assert scene.issuer.asked == ONCE * 3


def test_a_new_key_is_found_within_a_minute(scene: Scene) -> None:
    scene.subject()
    scene.rotate("ec-2")
    scene.clock.advance(MINUTE)

    assert scene.subject("ec-2") == "user-1"


def test_a_withdrawn_key_is_believed_for_a_quarter_of_an_hour_at_most(scene: Scene) -> None:
    scene.subject()
    scene.rotate("ec-2")

    scene.clock.advance(15 * MINUTE - 1)
    assert scene.subject() == "user-1"
    scene.clock.advance(1)
    with pytest.raises(InvalidJwtError):
        scene.subject()


def test_an_issuer_that_is_down_is_asked_again_after_5_s(scene: Scene) -> None:
    scene.issuer.down = True
    for _ in range(3):
        with pytest.raises(IssuerUnavailableError):
            scene.subject()
    assert len(scene.issuer.asked) == 1

    scene.issuer.down = False
    scene.clock.advance(5 * SECOND)
    assert scene.subject() == "user-1"


def test_while_it_is_down_its_keys_are_believed_for_an_hour_and_others_are_not_judged(scene: Scene) -> None:
    scene.subject()
    scene.issuer.down = True

    for _ in range(59):
        scene.clock.advance(MINUTE)
        assert scene.subject() == "user-1"
    with pytest.raises(IssuerUnavailableError):
        scene.subject("ec-2")
    scene.clock.advance(HOUR)
    with pytest.raises(IssuerUnavailableError):
        scene.subject()


@pytest.mark.parametrize("place", [DISCOVERY, "/keys"])
@pytest.mark.parametrize(
    "answer",
    [
        None,
        (302, b"", {"Location": "https://evil.example.com/keys"}),
        (500, b"{}", {}),
        (200, b"<html>", {}),
        (200, b'{"keys": []', {}),
        (200, b'{"issuer": "' + ISSUER.encode() + b'", "issuer": "x"}', {}),
        (200, b"{}" + b" " * MAX_BODY, {}),
        (200, b"{}", {"Content-Encoding": "gzip"}),
        [],
        "keys",
    ],
)
def test_an_answer_that_is_none_means_unavailable(scene: Scene, place: str, answer: Any) -> None:
    scene.issuer.documents[f"{ISSUER}{place}"] = answer

    with pytest.raises(IssuerUnavailableError):
        scene.subject()


@pytest.mark.parametrize(
    "place",
    [
        None,
        7,
        "",
        "/keys",
        "http://issuer.example.com/keys",
        "http://127.0.0.1/keys",
        "file:///etc/passwd",
        "https://user@issuer.example.com/keys",
        "https://issuer.example.com\\@evil.example.com/keys",
        "https://issuer.example.com:99999/keys",
        "https://a..b/keys",
    ],
)
def test_keys_are_fetched_from_nowhere_strange(scene: Scene, place: object) -> None:
    scene.issuer.documents[f"{ISSUER}{DISCOVERY}"] = {"issuer": ISSUER, "jwks_uri": place}

    with pytest.raises(IssuerUnavailableError):
        scene.subject()
    assert not [url for url in scene.issuer.asked if "evil" in url or "passwd" in url]


@pytest.mark.enable_socket
@pytest.mark.parametrize("url", ["https://issuer..example", "http://127.0.0.300", "http://127.0.0.1:99999"])
def test_an_address_that_cannot_be_is_unavailable(url: str) -> None:
    """Over the real transport: none of these is ever looked up or connected to."""
    with pytest.raises(IssuerUnavailableError):
        IssuerKeys(url, ManualClock(NOW)).find("ec-1")


def test_an_issuer_that_calls_itself_something_else_is_named(scene: Scene) -> None:
    scene.issuer.documents[f"{ISSUER}{DISCOVERY}"]["issuer"] = f"{ISSUER}/"

    for _ in range(2):
        with pytest.raises(
            NotConfiguredError, match=r"OIDC_ISSUER is not what .* 'https://issuer.example.com/pool/'"
        ):
            scene.subject()


@pytest.mark.parametrize(
    "url", ["https://example.eu.auth0.com/", "http://127.0.0.1:8790", "http://localhost:1/a"]
)
def test_issuers_with_a_slash_and_on_this_machine_are_found(url: str) -> None:
    assert Scene(url).subject() == "user-1"


@pytest.mark.parametrize(
    "url",
    [
        "http://issuer.example.com",
        "issuer.example.com",
        "https://",
        "https://a/?b",
        "https://a/#b",
        "http://127.0.0.1.evil",
    ],
)
def test_an_issuer_that_could_not_be_trusted_is_refused_at_once(url: str) -> None:
    with pytest.raises(NotConfiguredError, match="OIDC_ISSUER"):
        IssuerKeys(url, ManualClock(NOW))


def test_a_jwt_is_never_taken_past_its_end(scene: Scene) -> None:
    jwt = jws(header(), claims(exp=NOW // 1000 + 10))
    scene.clock.advance(10 * SECOND - 1)
    assert scene.known.subject_of(jwt) == "user-1"

    scene.clock.advance(1)
    with pytest.raises(InvalidJwtError, match="expired"):
        scene.known.subject_of(jwt)


KINDS = ("RSA", "EC", "OKP", "oct", "P-256", "P-384", "secp256k1", "Ed25519", "Ed448")
WORDS = ("RS256", "ES512", "EdDSA", "HS256", "none", "", "AQAB", "AA", "!", "é", "sig", "A" * 43, "A" * 342)
JWK_VALUES = st.one_of(
    st.none(),
    st.integers(-1, 2**40),
    st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from(KINDS + WORDS),
)


@example({"kty": "oct"})
@given(st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "k", "alg", "use"]), JWK_VALUES))
def test_a_key_of_any_shape_does_not_stand_in_the_way_of_a_good_one(listed: dict[str, Any]) -> None:
    scene = Scene()
    scene.issuer.keys.insert(0, {"kid": "strange", **listed})

    assert scene.subject() == "user-1"

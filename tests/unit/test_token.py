"""The token in a callback's path is ours, for this video, this provider and this stage, and not expired."""

from collections.abc import Callable

import pytest

from reelhook.domain.time import DAY, SECOND
from reelhook.domain.token import Bearing, KeyRing, SigningKey, mint, read, verify
from tests.hostile_tokens import FORGED, Forger

NOW = 1_800_000_000 * SECOND
VIDEO = "video_" + "a2" * 13
OLD, NEW = SigningKey("k1", b"o" * 32), SigningKey("k2", b"n" * 32)
BEARING = Bearing("prod", "apixo", VIDEO)


def accepts(text: str, ring: KeyRing, bearing: Bearing = BEARING, now: int = NOW) -> bool:
    token = read(text, bearing.video_id)
    return token is not None and verify(token, ring, bearing, now)


def test_a_token_opens_the_door_it_was_made_for() -> None:
    assert accepts(mint(NEW, BEARING, NOW + DAY), KeyRing(NEW))


def test_its_shape_is_key_id_expiry_and_43_characters() -> None:
    key_id, expires, mac = mint(NEW, BEARING, NOW + DAY).split(".")

    assert (key_id, expires, len(mac)) == ("k2", str(1_800_000_000 + 86_400), 43)


def test_a_frozen_vector_keeps_tokens_of_an_earlier_deploy_valid() -> None:
    # HMAC-SHA256 of the six lines of the message under 32 times "n", computed with openssl dgst -mac HMAC.
    assert mint(NEW, BEARING, NOW) == "k2.1800000000.0-M5rC7XEDqDdy-8nDsnakzpexRM8NrWIq0frD6nPeU"


@pytest.mark.parametrize(
    "bearing",
    [
        Bearing("staging", "apixo", VIDEO),
        Bearing("prod", "modellix", VIDEO),
        Bearing("prod", "apixo", "video_" + "b2" * 13),
    ],
    ids=["another stage", "another provider", "another video"],
)
def test_it_is_worthless_for(bearing: Bearing) -> None:
    assert not accepts(mint(NEW, BEARING, NOW + DAY), KeyRing(NEW), bearing)


def test_it_ends_at_its_expiry_to_the_millisecond() -> None:
    text = mint(NEW, BEARING, NOW)

    assert accepts(text, KeyRing(NEW), now=NOW - 1)
    assert not accepts(text, KeyRing(NEW), now=NOW)


def test_an_expiry_that_was_moved_is_refused() -> None:
    key_id, expires, mac = mint(NEW, BEARING, NOW).split(".")

    assert not accepts(f"{key_id}.{int(expires) + 86_400}.{mac}", KeyRing(NEW), now=NOW)


@pytest.mark.parametrize(
    ("signed_with", "ring", "accepted"),
    [
        (OLD, KeyRing(OLD), True),
        (OLD, KeyRing(NEW, OLD), True),
        (NEW, KeyRing(NEW, OLD), True),
        (OLD, KeyRing(NEW), False),
        (NEW, KeyRing(OLD), False),
        (SigningKey("k1", b"x" * 32), KeyRing(NEW, OLD), False),
    ],
    ids=["current", "previous", "new", "retired", "not yet known", "right id, wrong secret"],
)
def test_rotation(signed_with: SigningKey, ring: KeyRing, accepted: bool) -> None:
    assert accepts(mint(signed_with, BEARING, NOW + DAY), ring) is accepted


FORGER = Forger(NEW, SigningKey("k0", b"r" * 32), "prod", VIDEO, "video_" + "b2" * 13, NOW)


@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED.keys())
def test_a_hostile_token_is_no_token(make: Callable[[Forger], str]) -> None:
    assert accepts(FORGER.good, KeyRing(NEW, OLD))
    assert not accepts(make(FORGER), KeyRing(NEW, OLD))


@pytest.mark.parametrize(
    "video_id",
    ["", "video_", VIDEO + "\n", VIDEO.upper(), "video_" + "1" * 26, VIDEO + "/../x", "video_" + "é" * 26],
)
def test_a_token_for_something_that_is_no_video_id_is_no_token(video_id: str) -> None:
    assert read(mint(NEW, Bearing("prod", "apixo", video_id), NOW + DAY), video_id) is None


def test_neither_key_nor_token_shows_its_secret() -> None:
    assert "n" * 32 not in repr(KeyRing(NEW, OLD))

"""The token in a callback's path is ours, for this video, this provider and this stage, and not expired."""

import pytest

from reelhook.domain.time import DAY, SECOND
from reelhook.domain.token import Bearing, KeyRing, SigningKey, mint, read, verify

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


GOOD = mint(NEW, BEARING, NOW + DAY)
HOSTILE = {
    "empty": "",
    "a dot": ".",
    "only the mac": GOOD.rpartition(".")[2],
    "truncated": GOOD[:-1],
    "one character more": GOOD + "A",
    "a newline at the end": GOOD + "\n",
    "a space before": " " + GOOD,
    "padded": GOOD + "=",
    "non-ASCII": GOOD[:-1] + "é",
    "Arabic digits": GOOD.replace("1", "١"),
    "a null": GOOD[:-1] + "\x00",
    "a lone surrogate": GOOD[:-1] + "\ud800",
    "percent-encoded": GOOD.replace(".", "%2E"),
    "a slash": GOOD.replace(".", "/"),
    "upper-case key id": GOOD.replace("k2", "K2"),
    "standard base64": GOOD[:-1] + "+",
    "ten kilobytes": "A" * 10_240,
    "a negative expiry": GOOD.replace(".1", ".-1", 1),
    "an expiry of 5,000 digits": f"k2.{'9' * 5_000}.{'A' * 43}",
    "another mac": GOOD[:-43] + "A" * 43,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_token_is_no_token(text: str) -> None:
    assert not accepts(text, KeyRing(NEW, OLD))


@pytest.mark.parametrize(
    "video_id",
    ["", "video_", VIDEO + "\n", VIDEO.upper(), "video_" + "1" * 26, VIDEO + "/../x", "video_" + "é" * 26],
)
def test_a_token_for_something_that_is_no_video_id_is_no_token(video_id: str) -> None:
    assert read(mint(NEW, Bearing("prod", "apixo", video_id), NOW + DAY), video_id) is None


def test_neither_key_nor_token_shows_its_secret() -> None:
    assert "n" * 32 not in repr(KeyRing(NEW, OLD))

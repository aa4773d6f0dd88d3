"""What owners are called, and how limits are written."""

from decimal import Decimal

import pytest

from reelhook.domain.owners import count_of, is_key_owner, is_owner, jwt_owner, usd_of


@pytest.mark.parametrize("name", ["a", "0", "acme-films-2", "jwt", "jwtx-1", "a" * 63])
def test_a_keys_owner_is_small_letters_digits_and_hyphens(name: str) -> None:
    assert is_key_owner(name)
    assert is_owner(name)


@pytest.mark.parametrize(
    "name",
    ["", "Me", "-me", "a b", "a/b", "a_b", "a#b", "jwt-abc", "jwt-", "a" * 64, "me\n", "ümlaut", "٣", "../a"],
)
def test_everything_else_is_no_owner(name: str) -> None:
    assert not is_key_owner(name)
    assert not is_owner(name)


def test_a_jwts_owner_is_a_hash_of_issuer_and_subject() -> None:
    """By hand: printf '["jwt","https://issuer.example.com","user-1"]' | openssl dgst -sha256 -binary | base32 | head -c 26"""
    assert jwt_owner("https://issuer.example.com", "user-1") == "jwt-7kzy75vbdo4igcqjd3ese75e3e"


def test_no_key_may_carry_a_jwts_owner_and_no_pair_is_another() -> None:
    pairs = [("a", "bc"), ("ab", "c"), ('a","b', "c"), ("a", 'b","c'), ("ä", "b"), ("a", "")]
    owners = [jwt_owner(*pair) for pair in pairs]

    assert len(set(owners)) == len(pairs)
    assert not any(map(is_key_owner, owners))
    assert all(map(is_owner, owners))


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e3", "٣", "x", "1" * 10, " 1"])
def test_a_number_of_videos_is_whole_and_written_plainly(text: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        count_of(text)


@pytest.mark.parametrize("text", ["", "-1", ".5", "5.", "1e3", "NaN", "Infinity", "5 USD", "0.0000001"])
def test_dollars_are_written_plainly(text: str) -> None:
    with pytest.raises(ValueError, match="dollars"):
        usd_of(text)


def test_limits_are_read_exactly() -> None:
    assert (count_of("0"), count_of("12")) == (0, 12)
    assert (usd_of("5"), usd_of("0.50"), usd_of("0.000001")) == (
        Decimal(5),
        Decimal("0.5"),
        Decimal("0.000001"),
    )

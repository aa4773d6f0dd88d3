"""Secrets: read rarely, judged strictly, named when missing, and never shown."""

import json
import traceback
from base64 import b64encode
from collections.abc import Iterator

import pytest

from reelhook.adapters.ssm import SsmApiKey, SsmCallbackKeys
from reelhook.domain.errors.running import NotConfiguredError, StoreError
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.token import KeyRing, SigningKey
from tests.builders import NOW
from tests.fakes import ManualClock
from tests.parameter_store import Parameters, answering, written

OLD, NEW = SigningKey("k1", b"o" * 32), SigningKey("k2", b"n" * 40)


@pytest.fixture
def parameters() -> Iterator[Parameters]:
    with answering() as parameters:
        yield parameters


def test_the_keys_are_read_once_in_five_minutes(parameters: Parameters) -> None:
    clock = ManualClock(NOW)
    keys = SsmCallbackKeys(parameters.secrets, clock)
    parameters.holds(written(OLD))
    assert [keys.ring(), keys.ring()] == [KeyRing(OLD)] * 2
    clock.advance(5 * MINUTE - 1)
    assert keys.ring() == KeyRing(OLD)

    parameters.holds(written(NEW, OLD))
    clock.advance(1)

    assert keys.ring() == KeyRing(NEW, OLD)
    assert parameters.reads == 2


def test_newer_keys_are_looked_for_once_a_minute_however_often_they_are_asked_for(
    parameters: Parameters,
) -> None:
    clock = ManualClock(NOW)
    keys = SsmCallbackKeys(parameters.secrets, clock)
    parameters.holds(written(OLD))
    keys.ring()
    assert keys.newer_ring() == KeyRing(OLD), "just read"

    parameters.holds(written(NEW, OLD))
    clock.advance(MINUTE)

    assert [keys.newer_ring() for _ in range(5)] == [KeyRing(NEW, OLD)] * 5
    assert keys.ring() == KeyRing(NEW, OLD)
    assert parameters.reads == 2


@pytest.mark.parametrize("broken", ["InternalServerError", "ParameterNotFound", "{}"])
def test_known_keys_outlive_a_reading_that_fails(parameters: Parameters, broken: str) -> None:
    clock = ManualClock(NOW)
    keys = SsmCallbackKeys(parameters.secrets, clock)
    parameters.holds(written(OLD))
    keys.ring()
    clock.advance(5 * MINUTE)
    parameters.holds(broken) if broken == "{}" else parameters.fails(broken)

    assert [keys.ring(), keys.newer_ring(), keys.ring()] == [KeyRing(OLD)] * 3
    assert parameters.reads == 2, "not again within a minute"
    parameters.holds(written(NEW))
    clock.advance(MINUTE)
    assert keys.ring() == KeyRing(NEW)


def test_a_first_reading_that_fails_is_made_again_at_once(parameters: Parameters) -> None:
    keys = SsmCallbackKeys(parameters.secrets, ManualClock(NOW))
    parameters.fails("InternalServerError")
    with pytest.raises(StoreError, match="InternalServerError"):
        keys.ring()

    parameters.holds(written(OLD))

    assert keys.newer_ring() == KeyRing(OLD)


def test_what_is_missing_is_named_with_what_to_do(parameters: Parameters) -> None:
    parameters.fails("ParameterNotFound")

    with pytest.raises(NotConfiguredError, match=r"/reelhook/prod/callback-keys .*make deploy") as raised:
        SsmCallbackKeys(parameters.secrets, ManualClock(NOW)).ring()

    assert raised.value.name == "/reelhook/prod/callback-keys"


SECRET = b64encode(b"s" * 32).decode()
GOOD = {"id": "k1", "secret": SECRET}
BAD: dict[str, str] = {
    "nothing": "",
    "no JSON": "k1=secret",
    "an array": json.dumps([GOOD]),
    "no current": json.dumps({"previous": GOOD}),
    "null": json.dumps({"current": None}),
    "no id": json.dumps({"current": {"secret": SECRET}}),
    "an id no token can carry": json.dumps({"current": {"id": "K.1", "secret": SECRET}}),
    "an id with an end of line": json.dumps({"current": {"id": "k1\n", "secret": SECRET}}),
    "a number for an id": json.dumps({"current": {"id": 1, "secret": SECRET}}),
    "a short secret": json.dumps({"current": {"id": "k1", "secret": b64encode(b"s" * 31).decode()}}),
    "a secret that is no base64": json.dumps(
        {"current": {"id": "k1", "secret": SECRET[:-4] + "!!" + SECRET[-4:]}}
    ),
    "a secret of another alphabet": json.dumps({"current": {"id": "k1", "secret": "ü" * 44}}),
    "a number for a secret": json.dumps({"current": {"id": "k1", "secret": 5}}),
    "a third key": json.dumps({"current": GOOD, "next": GOOD}),
    "a broken previous": json.dumps({"current": GOOD, "previous": {"id": "k0"}}),
    "one id twice": json.dumps({"current": GOOD, "previous": GOOD}),
}


@pytest.mark.parametrize("name", BAD)
def test_keys_that_are_none_are_refused_without_showing_them(parameters: Parameters, name: str) -> None:
    parameters.holds(BAD[name])

    with pytest.raises(NotConfiguredError, match="/reelhook/prod/callback-keys is not a pair") as raised:
        SsmCallbackKeys(parameters.secrets, ManualClock(NOW)).ring()

    shown = "".join(traceback.format_exception(raised.value))
    assert SECRET not in shown
    assert SECRET[:8] not in shown


def test_the_api_key_is_read_and_remembered(parameters: Parameters) -> None:
    clock = ManualClock(NOW)
    key = SsmApiKey(parameters.secrets, clock, "apixo-api-key")
    parameters.holds("sk-1234\n", "apixo-api-key")
    assert [key(), key()] == ["sk-1234", "sk-1234"]

    parameters.holds("sk-5678", "apixo-api-key")
    clock.advance(5 * MINUTE + SECOND)

    assert key() == "sk-5678"


@pytest.mark.parametrize("value", ["", " \n", "sk-1234\nX-Other: 1", "sk-ü"])
def test_an_api_key_that_no_header_takes_is_refused(parameters: Parameters, value: str) -> None:
    parameters.holds(value, "apixo-api-key")

    with pytest.raises(NotConfiguredError, match="apixo-api-key"):
        SsmApiKey(parameters.secrets, ManualClock(NOW), "apixo-api-key")()


def test_no_secret_is_shown_by_what_holds_it(parameters: Parameters) -> None:
    parameters.holds("sk-1234", "apixo-api-key")
    parameters.holds("sk-1234", "apixo-api-key")
    parameters.holds(written(OLD))
    key, keys = (
        SsmApiKey(parameters.secrets, ManualClock(NOW), "apixo-api-key"),
        SsmCallbackKeys(parameters.secrets, ManualClock(NOW)),
    )
    key()

    shown = (
        f"{key!r} {key} {vars(key)} {parameters.secrets.read('apixo-api-key')} {keys.ring()!r} {vars(keys)}"
    )

    assert "sk-1234" not in shown
    assert "ooo" not in shown

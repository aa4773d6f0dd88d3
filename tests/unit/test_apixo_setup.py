"""What is checked before anything is claimed: key, base address, and that the catalog still offers what was asked."""

from dataclasses import replace

import httpx
import pytest

from reelhook.domain.answers import Refused
from reelhook.domain.catalog import Catalog
from reelhook.domain.errors.running import NotConfiguredError
from reelhook.domain.failure import Billed
from reelhook.domain.fields import Choice, Field
from reelhook.domain.schedule import timing
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog
from tests.unit.apixo_world import ACCEPTED, BASE, CALLBACK_URL, KEY, PROMPT, answer, apixo, request


def test_a_key_with_a_line_end_around_it_is_the_key() -> None:
    seen: list[str] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one.headers["authorization"])
        return answer(200, ACCEPTED)

    apixo(side, key=f" {KEY}\n").prepare(request(), CALLBACK_URL).send()
    assert seen == [f"Bearer {KEY}"]


@pytest.mark.parametrize("key", ["", " \n", "two words", "line\nend", "schlüssel"])
def test_a_key_that_cannot_be_one_is_named_before_anything_is_claimed(key: str) -> None:
    with pytest.raises(NotConfiguredError, match="apixo-api-key"):
        apixo(lambda _: httpx.Response(200), key=key).prepare(request(), CALLBACK_URL)


@pytest.mark.parametrize(
    "base", ["", "api.apixo.ai", "ftp://api.apixo.ai", "https://", "https://a:b@api.apixo.ai", "http://[::1"]
)
def test_a_base_address_that_is_none_is_named(base: str) -> None:
    with pytest.raises(NotConfiguredError, match="ApixoBaseUrl"):
        Apixo(base, lambda: KEY, catalog(None, None))


def test_a_slash_at_the_end_of_the_base_address_changes_nothing() -> None:
    seen: list[str] = []

    def side(one: httpx.Request) -> httpx.Response:
        seen.append(one.url.path)
        return answer(200, ACCEPTED)

    provider = Apixo(BASE + "/", lambda: KEY, catalog(None, None), transport=httpx.MockTransport(side))
    provider.prepare(request(), CALLBACK_URL).send()
    assert seen == ["/api/v1/generateTask/seedance-2-0-fast"]


@pytest.mark.parametrize("gone", ["model", "resolution"])
def test_a_queued_request_that_is_not_offered_any_more_is_refused_unsent(gone: str) -> None:
    model = catalog(None, None).find("apixo/seedance-2-0-fast")
    assert model is not None
    smaller = {**model.fields, "resolution": Field(Choice(("480p",)), "resolution")}
    left = Catalog(() if gone == "model" else (replace(model, fields=smaller),), timing(1, 2))

    def side(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    provider = Apixo(BASE, lambda: KEY, left, transport=httpx.MockTransport(side))
    refusal = provider.prepare(request(prompt=PROMPT, resolution="720p"), CALLBACK_URL).send()
    assert isinstance(refusal, Refused)
    assert (refusal.error.code, refusal.error.billed, refusal.account) == (
        "invalid_request",
        Billed.NO,
        False,
    )

"""Signatures are Standard Webhooks': its own library and the official SDK take ours, and nothing else."""

import time
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Self

import pytest
from openai import InvalidWebhookSignatureError, OpenAI
from standardwebhooks import Webhook, WebhookVerificationError

from reelhook.api.webhook_objects import message, sample
from reelhook.domain.events import EventType
from reelhook.domain.time import HOUR, SECOND
from reelhook.domain.webhooks.endpoint import Endpoint
from reelhook.domain.webhooks.signing import hint_of, secret_of, signed_headers

MASTER = b"m" * 32
NOW = time.time_ns() // 1_000_000
ENDPOINT = Endpoint("we_" + "a" * 26, "mine", "https://hooks.example.com", ("video.completed",), NOW, NOW)
SAMPLE = sample(EventType.COMPLETED, "video_" + "s" * 26, NOW)
EVENT, BODY = SAMPLE.id, message(SAMPLE).encode()
SDK = OpenAI(api_key="unused")


class Then(datetime):
    """A date and time whose now is `NOW`."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW / 1000, tz)


@pytest.fixture(autouse=True)
def _now_is_when_the_tests_were_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both libraries read the clock themselves, and other tests may have taken minutes since."""
    monkeypatch.setattr(time, "time", lambda: NOW / 1000)
    monkeypatch.setattr("standardwebhooks.webhooks.datetime", Then)


def signed(endpoint: Endpoint, now: int = NOW) -> dict[str, str]:
    return dict(signed_headers(MASTER, endpoint, EVENT, BODY, now))


def secret(generation: int = 1) -> str:
    return secret_of(MASTER, ENDPOINT.id, generation)


def test_both_libraries_verify_what_is_signed() -> None:
    told = Webhook(secret()).verify(BODY, signed(ENDPOINT))
    event = SDK.webhooks.unwrap(BODY, signed(ENDPOINT), secret=secret())

    assert (told["id"], told["data"]["status"]) == (EVENT, "completed")
    assert (event.id, event.type) == (EVENT, "video.completed")


@pytest.mark.parametrize(
    ("headers", "body", "key"),
    [
        (signed(ENDPOINT), BODY + b" ", secret()),
        (signed(ENDPOINT), BODY, secret(2)),
        (signed(ENDPOINT) | {"webhook-id": "evt_other"}, BODY, secret()),
        (signed(ENDPOINT, NOW - 400 * SECOND), BODY, secret()),
        (signed(replace(ENDPOINT, id="we_" + "b" * 26)), BODY, secret()),
    ],
    ids=["another body", "another secret", "another id", "400 s old", "another endpoint"],
)
def test_neither_takes_anything_else(headers: dict[str, str], body: bytes, key: str) -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(key).verify(body, headers)
    with pytest.raises(InvalidWebhookSignatureError):
        SDK.webhooks.unwrap(body, headers, secret=key)


@pytest.mark.parametrize("generation", [1, 2])
def test_while_a_rotation_overlaps_both_secrets_verify(generation: int) -> None:
    headers = signed(ENDPOINT.rotated(NOW, keep_old=True), NOW + SECOND)

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert Webhook(secret(generation)).verify(BODY, headers)
    assert SDK.webhooks.unwrap(BODY, headers, secret=secret(generation))


@pytest.mark.parametrize(("keep_old", "after"), [(False, 0), (True, 24 * HOUR)])
def test_an_old_secret_ends_at_once_or_after_24_hours(keep_old: bool, after: int) -> None:
    rotated = ENDPOINT.rotated(NOW, keep_old=keep_old)

    assert rotated.generations(NOW + after) == (2,)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret(1)).verify(BODY, signed(replace(rotated, kept=rotated.kept), NOW + after) | _now())


def _now() -> dict[str, str]:
    return {"webhook-timestamp": str(NOW // SECOND)}


def test_a_rotation_that_keeps_none_ends_all_of_them() -> None:
    twice = ENDPOINT.rotated(NOW, keep_old=True).rotated(NOW, keep_old=True)

    assert twice.generations(NOW) == (3, 2, 1)
    assert twice.rotated(NOW, keep_old=False).generations(NOW) == (4,)


def test_a_secret_is_its_stacks_its_endpoints_and_its_generations_own() -> None:
    others = {secret(), secret(2), secret_of(b"n" * 32, ENDPOINT.id, 1), secret_of(MASTER, "we_other", 1)}

    assert len(others) == 4
    assert secret() == secret_of(MASTER, ENDPOINT.id, 1)
    assert hint_of(secret()) == f"whsec_...{secret()[-5:-1]}"

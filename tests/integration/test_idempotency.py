"""One Idempotency-Key, one video, one paid task: however often and however close together it comes."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.integration.auditing import assert_one_right_object
from tests.integration.driving import PROMPT, Driver

AT_ONCE = 8


@pytest.fixture
def key() -> dict[str, str]:
    """A header that was never used before."""
    return {"Idempotency-Key": secrets.token_urlsafe(16)}


def test_the_same_key_and_request_are_the_same_video(stack: Driver, key: dict[str, str]) -> None:
    stack.provider.behave(generate_seconds=0.1)
    first = stack.api.post("/v1/videos", json={"prompt": PROMPT}, headers=key)
    stack.wait_for(first.json()["id"])
    again = stack.api.post("/v1/videos", content=b'{ "prompt" : "%s" }' % PROMPT.encode(), headers=key)

    assert (first.status_code, again.status_code) == (202, 202)
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == stack.get(first.json()["id"])
    assert len(stack.provider.requests("submit")) == 1
    assert_one_right_object(stack, first.json()["id"])


def test_the_same_key_at_once_from_eight_clients_is_one_video(stack: Driver, key: dict[str, str]) -> None:
    stack.provider.behave(generate_seconds=0.1, submit={"hang_before_seconds": 0.5})

    def ask(_: int) -> Any:
        return stack.api.post("/v1/videos", json={"prompt": PROMPT}, headers=key)

    with ThreadPoolExecutor(AT_ONCE) as clients:
        answers = list(clients.map(ask, range(AT_ONCE)))
    assert [answer.status_code for answer in answers] == [202] * AT_ONCE
    (video_id,) = {answer.json()["id"] for answer in answers}
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == AT_ONCE - 1
    stack.wait_for(video_id)
    assert len(stack.provider.tasks()) == 1
    assert_one_right_object(stack, video_id)


def test_the_same_key_for_another_request_is_refused(stack: Driver, key: dict[str, str]) -> None:
    stack.submit(headers=key)
    answer = stack.api.post("/v1/videos", json={"prompt": PROMPT, "seconds": 6}, headers=key)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "idempotency_key_reuse"
    assert answer.json()["error"]["param"] == "Idempotency-Key"
    assert len(stack.provider.tasks()) == 1


def test_two_owners_may_use_the_same_key(stack: Driver, key: dict[str, str]) -> None:
    mine = stack.submit(headers=key)
    theirs = stack.client_of("another").post("/v1/videos", json={"prompt": PROMPT}, headers=key)

    assert theirs.status_code == 202
    assert theirs.json()["id"] != mine["id"]
    assert len(stack.provider.tasks()) == 2


def test_without_a_key_each_request_is_a_video_of_its_own(stack: Driver) -> None:
    assert stack.submit()["id"] != stack.submit()["id"]
    assert len(stack.provider.tasks()) == 2


@pytest.mark.parametrize("value", [b"", b"two words", b"x" * 256, "é".encode()], ids=repr)
def test_a_key_that_cannot_be_one_is_named(stack: Driver, value: bytes) -> None:
    answer = stack.api.post("/v1/videos", json={"prompt": PROMPT}, headers=[(b"Idempotency-Key", value)])

    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "Idempotency-Key")
    assert stack.provider.tasks() == []


@pytest.mark.parametrize("outcome", [{"refuse": 400}, {"after_accepting": "reset"}, {"refuse": 503}], ids=str)
def test_a_repeated_request_is_answered_with_what_came_of_the_first(
    stack: Driver, key: dict[str, str], outcome: dict[str, Any]
) -> None:
    stack.provider.behave(submit=outcome, callback={"when": "never"})
    first = stack.submit(headers=key)
    stack.provider.behave(submit=None)
    again = stack.submit(headers=key)

    assert again == first
    assert len(stack.provider.requests("submit")) == 1

"""A stack without its secrets says at the first use which one is missing, sends nothing, and works once it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.integration.auditing import assert_one_right_object
from tests.integration.conftest import StackWith
from tests.integration.driving import PROMPT, Driver

pytestmark = pytest.mark.prove("stacks of their own")

BROKEN = [  # in the order in which they are read; what was read is remembered for a while
    ("callback-keys", None),
    ("callback-keys", "no keys at all"),
    ("callback-keys", '{"current": {"id": "k1", "secret": "c2hvcnQ="}}'),
]
NO_KEY = (None, "\u00a0")


@contextmanager
def without(stack: Driver, name: str, value: str | None = None) -> Iterator[None]:
    """The stack without a parameter, or with another value of it."""
    ssm, path = stack.client("ssm"), f"{stack.stack.parameter_path}/{name}"
    kept = ssm.get_parameter(Name=path, WithDecryption=True)["Parameter"]["Value"]
    put = {"Name": path, "Type": "SecureString", "Overwrite": True}
    if value is None:
        ssm.delete_parameter(Name=path)
    else:
        ssm.put_parameter(**put, Value=value)
    try:
        yield
    finally:
        ssm.put_parameter(**put, Value=kept)


def refused(stack: Driver) -> dict[str, Any]:
    answer = stack.api.post("/v1/videos", json={"prompt": PROMPT})
    assert answer.status_code == 500, answer.text
    assert answer.headers["x-should-retry"] == "false"
    error: dict[str, Any] = answer.json()["error"]
    assert (error["type"], error["code"]) == ("server_error", "not_configured")
    return error


def test_a_missing_or_broken_secret_is_named_and_the_stack_works_once_it_is_there(
    stack_with: StackWith,
) -> None:
    fresh = stack_with("nothing read yet")
    fresh.provider.behave(generate_seconds=0.1)
    for name, value in BROKEN:
        with without(fresh, name, value):
            message = refused(fresh)["message"]
        assert f"{name} " in message
        assert value is None or value not in message
    for value in NO_KEY:
        with without(fresh, "apixo-api-key", value):
            answer = fresh.api.post("/v1/videos", json={"prompt": PROMPT})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "provider_unavailable")
        assert answer.headers["x-should-retry"] == "false"
        assert "apixo" not in answer.text.lower()  # whose key is missing is the operator's to know

    assert fresh.provider.requests() == []
    items = fresh.client("dynamodb").scan(TableName=fresh.stack.table)["Items"]
    claimed = [item for item in items if item["pk"]["S"].startswith("video#")]
    assert claimed == []  # that nobody would send
    video_id = fresh.submit()["id"]
    fresh.wait_for(video_id)
    assert_one_right_object(fresh, video_id)


def test_a_callback_that_cannot_be_checked_is_asked_for_again(stack_with: StackWith) -> None:
    stack = stack_with("a callback it cannot check")
    stack.provider.behave(generate_seconds=0, callback={"when": "never"})
    video_id = stack.submit()["id"]
    task_id = stack.provider.task_id(video_id)
    stack.provider.finish(task_id)

    with without(stack, "callback-keys"):
        assert stack.provider.deliver(task_id) == [500]
    assert stack.provider.deliver(task_id) == [200]
    stack.wait_for(video_id)
    assert_one_right_object(stack, video_id)


def test_a_key_that_the_provider_does_not_know_fails_the_video(stack_with: StackWith) -> None:
    stack = stack_with("the wrong key")
    with without(stack, "apixo-api-key", "another-key-than-the-providers"):
        stack.secrets["another-key-than-the-providers"] = "the provider's key"
        video = stack.submit()

    assert (video["status"], video["error"]["code"]) == ("failed", "provider_account")
    assert stack.provider.tasks() == []

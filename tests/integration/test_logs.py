"""The search for secrets in the logs sees every group and knows a secret when it meets one.

The search itself runs at the session's end, over all that every stack logged (`conftest.py`).
"""

import json

import httpx
import pytest

from sandbox.logs import LogLine
from sandbox.options import SIMULATED_KEY
from tests.integration.auditing import what_logs_give_away
from tests.integration.driving import PROMPT, Driver
from tests.integration.leaks import leaks, unstructured
from tests.integration.waiting import until
from tests.template import FUNCTIONS

CANARY = "The canary sings in the coal mine"


@pytest.fixture
def worked(stack: Driver) -> Driver:
    """A stack in which each function has run and each API was asked."""
    stack.provider.behave(generate_seconds=0.1)
    video_id = stack.submit()["id"]
    stack.wait_for(video_id)
    stack.hand_to_queue(video_id)
    assert stack.api.get("/v1/webhook_endpoints").status_code == 200
    stack.client("s3").put_object(Bucket=stack.stack.inbox_bucket, Key="drops/nobody/x.png", Body=b"")
    for function in ("DispatchVideos", "DeliverWebhooks", "ReconcileVideos"):
        stack.run(function)
    return stack


def found(stack: Driver, text: str) -> list[str]:
    """Where the search finds this text, once it does."""

    def search() -> list[str]:
        return [leak.split(": ")[0] for leak in leaks(stack.log_lines(), {text: "a canary"})]

    return until(search, bool, 20)


def test_every_function_and_every_api_is_searched(worked: Driver) -> None:
    def seen() -> set[str]:
        return {line.group for line in worked.log_lines()}

    groups = set(worked.stack.log_groups.values())
    assert len(groups) == len(FUNCTIONS) + 2
    until(seen, lambda seen: seen == groups, 20)


def test_a_canary_in_a_functions_log_is_found(stack: Driver) -> None:
    stack.provider.behave(submit={"refuse": {"status": 400, "message": CANARY}})
    video = stack.submit()

    assert CANARY not in str(video)
    assert found(stack, CANARY) == [stack.stack.log_groups["SubmitVideoLog"]]


def test_a_canary_in_each_access_log_is_found(stack: Driver) -> None:
    video = stack.api.get("/v1/videos/video_x")
    callback = httpx.post(f"{stack.stack.callback_url}/v1/callbacks/a/b/c", json={}, trust_env=False)

    for answer, group in ((video, "ApiLog"), (callback, "CallbackApiLog")):
        assert found(stack, answer.headers["apigw-requestid"]) == [stack.stack.log_groups[group]]


def test_an_ordinary_day_gives_nothing_away(worked: Driver) -> None:
    assert what_logs_give_away(worked) == []


@pytest.mark.parametrize("known", [True, False], ids=["known", "by its shape alone"])
def test_a_secret_is_recognised(worked: Driver, known: bool) -> None:
    (task,) = worked.provider.tasks()
    url = worked.provider.callback_url(task["task_id"])
    video_id = url.split("/")[-2]
    secrets = {
        "an API key": worked.stack.api_key,
        "a token": url.rpartition("/")[2],
        "a callback URL": url,
        "a presigned link": worked.link(video_id),
    }
    shapeless = {"a prompt": PROMPT, "the provider's key": SIMULATED_KEY}
    worked.provider.learn_secrets()
    for kind, secret in (secrets | shapeless if known else secrets).items():
        line = LogLine(0, "a-group", json.dumps({"detail": f"it said {secret} and more"}))
        told = leaks([line], worked.secrets if known else {})
        assert any(leak.startswith(f"a-group: {kind}: ") for leak in told), kind


@pytest.mark.parametrize("message", ["print()", "Traceback (most recent call last):", '"text"', "[1]", ""])
def test_a_line_that_is_no_record_is_noticed(message: str) -> None:
    assert unstructured([LogLine(0, "a-group", message)]) == [f"a-group: {message}"]
    assert unstructured([LogLine(0, "a-group", '{"level": "INFO"}')]) == []
    assert unstructured([LogLine(0, "a-group", "START RequestId: 1 Version: $LATEST\n")]) == []

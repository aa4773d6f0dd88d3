"""Whatever a callback's body holds: a right token says that it is time to look, and the look-up is what counts."""

import httpx
import pytest

from tests.integration.driving import Driver
from tests.integration.scenes import completes, silent, unanswered
from tests.integration.variants import variants

HOSTILE: dict[str, bytes] = {
    "a list": b"[]",
    "half a character": b'{"data":{"taskId":"\\ud800","state":"success"}}',
    "nothing but blanks": b" \r\n\t ",
    "a text": b'"success"',
    "nothing": b"null",
    "no data": b'{"code":200,"data":null}',
    "data within data": b'{"data":{"data":{"taskId":"x","state":"success"}}}',
    "JSON in a text": b'"{\\"code\\":200,\\"data\\":{\\"taskId\\":\\"x\\"}}"',
    "the same name twice": b'{"code":200,"code":500,"data":{"taskId":"x","taskId":"y","state":"failed"}}',
    "no number": b'{"code":NaN,"data":{"taskId":"x","costTime":-Infinity}}',
    "too large a number": b'{"code":1' + b"0" * 5_000 + b',"data":{}}',
    "no UTF-8": b'{"data":{"taskId":"\xff\xfe"}}',
    "a zero byte": b'{"data":{"taskId":"a\\u0000b","state":"success"}}',
    "bottomless lists": b"[" * 60_000,
    "bottomless objects": b'{"data":' * 8_000,
    "a result elsewhere": b'{"data":{"taskId":"x","state":"success","resultJson":"{\\"resultUrls\\":[\\"file:///etc/passwd\\"]}"}}',
    "no JSON": b"taskId=x&state=success",
}


def post(stack: Driver, task_id: str, body: bytes, content_type: str = "application/json") -> int:
    """Deliver this very body to a task's callback address."""
    url, headers = stack.provider.callback_url(task_id), {"Content-Type": content_type}
    return httpx.post(url, content=body, headers=headers, trust_env=False, timeout=40).status_code


@pytest.mark.parametrize("body", variants(*HOSTILE, first=2))
def test_a_hostile_body_with_a_right_token_does_no_more_than_ask_for_a_look(stack: Driver, body: str) -> None:
    video_id, task_id = silent(stack)

    assert post(stack, task_id, HOSTILE[body]) == 200
    assert [request["task_id"] for request in stack.provider.requests("look_up")] == [task_id]
    completes(stack, video_id)


@pytest.mark.parametrize("body", variants("cut", "oversized", "wrong_type", "empty", "flat", first=2))
def test_a_body_that_cannot_be_read_still_says_that_it_is_time_to_look(stack: Driver, body: str) -> None:
    video_id, task_id = silent(stack)

    assert stack.provider.deliver(task_id, body=body, body_bytes=64 * 1024 + 1) == [200]
    completes(stack, video_id)


@pytest.mark.parametrize("body", variants("oversized", "cut"))
def test_an_unreadable_body_about_an_unknown_task_is_asked_for_again(stack: Driver, body: str) -> None:
    video_id, task_id = unanswered(stack)

    assert stack.provider.deliver(task_id, body=body, body_bytes=64 * 1024 + 1) == [503]
    assert stack.provider.requests("look_up") == []
    assert stack.provider.deliver(task_id, body="oversized", body_bytes=64 * 1024) == [200]
    completes(stack, video_id)


def test_a_body_that_the_gateway_hands_on_as_base64_is_read(stack: Driver) -> None:
    video_id, task_id = unanswered(stack)
    body = b'{"code":200,"message":"success","data":{"taskId":"%s","state":"success"}}' % task_id.encode()

    assert post(stack, task_id, body, "application/octet-stream") == 200
    completes(stack, video_id)


@pytest.mark.parametrize("state", variants("failed", "processing"))
def test_what_a_callback_claims_counts_for_nothing(stack: Driver, state: str) -> None:
    video_id, task_id = silent(stack)

    assert stack.provider.deliver(task_id, states=[state], result_urls=["https://example.com/0.mp4"]) == [200]
    completes(stack, video_id)

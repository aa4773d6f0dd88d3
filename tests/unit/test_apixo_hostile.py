"""Hostile answers, in the body and again in the string inside it: never an exception, never taken for a yes."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.answers import (
    Accepted,
    NotAnswered,
    Running,
    Succeeded,
    TaskFailed,
    Unclear,
    UnknownTask,
)
from reelhook.providers.apixo_answers import submit_answer, task_answer
from reelhook.wire.exchange import Reply
from tests.unit.apixo_world import TASK, looked_up, submitted, task

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "true": b"true",
    "a number": b"200",
    "an array": b'[{"code": 200, "data": {"taskId": "t", "state": "success"}}]',
    "a double-encoded envelope": json.dumps(json.dumps(task(state="success"))).encode(),
    "equal keys": b'{"code": 400, "code": 200, "data": {"taskId": "task_12345678", "state": "success"}}',
    "equal task ids": b'{"code": 200, "data": {"taskId": "x", "taskId": "task_12345678", "state": "success"}}',
    "NaN": b'{"code": 200, "data": {"taskId": "task_12345678", "state": "success", "costTime": NaN}}',
    "a huge number": b'{"code": 200' + b"0" * 5_000 + b"}",
    "a number beyond every float": b'{"code": 200, "data": {"taskId": "task_12345678", "costTime": 1e999}}',
    "half a character": b'{"code": 200, "data": {"taskId": "task_12345678", "state": "success", "x": "\\ud800"}}',
    "100,000 brackets": b'{"code": 200, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "64 KiB of empty objects": (b"{}," * 21_845)[:65_535],
    "an array of 64 KiB of empty objects": b'{"code": 200, "data": [' + b"{}," * 21_000 + b"{}]}",
    "not UTF-8": b'{"code": 200, "data": {"taskId": "task_12345678\xff"}}',
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps(task(state="success")).encode(),
    "UTF-16": json.dumps(task(state="success")).encode("utf-16"),
    "HTML": b"<!doctype html><title>502</title>",
    "too much": json.dumps(task(state="success", x="y" * 70_000)).encode(),
}
KEYS = st.sampled_from(
    [
        "code",
        "message",
        "data",
        "taskId",
        "task_id",
        "state",
        "status",
        "resultJson",
        "resultUrls",
        "failCode",
        "failMsg",
    ]
)
WORDS = st.sampled_from([TASK, "success", "failed", "pending", "https://a.example/v.mp4", "NSFW"]) | st.text(
    max_size=5
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from([200, 400, 401, 404, 429, 500])
    | st.integers()
    | st.floats()
    | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner | inner.map(json.dumps), max_size=6)
    ),
    max_leaves=16,
)
ENVELOPES = st.fixed_dictionaries(
    {}, optional={"code": JSON, "message": JSON, "data": st.dictionaries(KEYS, JSON, max_size=6) | JSON}
)
BODIES = (
    st.none() | st.binary(max_size=200) | (ENVELOPES | JSON).map(lambda value: json.dumps(value).encode())
)
STATUSES = st.sampled_from(
    [200, 201, 202, 204, 301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504]
)


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_answer_to_a_submit_is_unclear(body: bytes) -> None:
    assert isinstance(submitted(200, body), Unclear)


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_answer_to_a_look_up_is_none(body: bytes) -> None:
    assert isinstance(looked_up(200, body), NotAnswered)


@pytest.mark.parametrize("inner", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_result_inside_a_success_has_no_links(inner: bytes) -> None:
    found = looked_up(200, task(state="success", resultJson=inner[:60_000].decode("latin-1")))
    assert found == Succeeded(())


@pytest.mark.parametrize(
    "result", [7, 1.5, True, [], {}, [None], {"resultUrls": {"a": 1}}, {"resultUrls": 7}]
)
def test_a_result_of_the_wrong_type_has_no_links(result: Any) -> None:
    assert looked_up(200, task(state="success", resultJson=result)) == Succeeded(())


@given(STATUSES, BODIES, st.text(max_size=20))
def test_no_answer_to_a_submit_raises_and_only_a_plain_yes_is_one(
    status: int, body: bytes | None, header: str
) -> None:
    found = submit_answer(Reply(status, {"retry-after": header}, body), frozenset({429}))
    if isinstance(found, Accepted):
        assert status in (200, 201, 202)
        assert json.loads(body or b"")["code"] == 200


@given(STATUSES, BODIES)
def test_no_answer_to_a_look_up_raises_and_only_a_plain_end_is_one(status: int, body: bytes | None) -> None:
    found = task_answer(Reply(status, httpx.Headers(), body), TASK)
    if isinstance(found, Succeeded | TaskFailed | Running):
        assert status in (200, 201, 202)
        assert json.loads(body or b"")["code"] == 200
    if isinstance(found, UnknownTask):
        assert {status, json.loads(body or b"")["code"]} & {400, 404, 422}

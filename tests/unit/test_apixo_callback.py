"""A callback is read for what it claims, wherever it stands; what cannot be read claims nothing and never raises."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reelhook.domain.answers import Hint
from reelhook.domain.ports.providers import Provider
from reelhook.providers.apixo_answers import read_callback
from tests.unit.apixo_world import FAILED, PROCESSING, SUCCEEDED, TASK, answer, apixo

# From the webhooks page, letter for letter.
PAGES_SUCCESS = (
    b'{"code":200,"message":"success","data":{"taskId":"task_abc123xyz","state":"success",'
    b'"resultJson":"{\\"resultUrls\\":[\\"https://cdn.apixo.ai/output/abc.jpg\\"]}",'
    b'"costTime":12500,"createTime":1704067200000,"completeTime":1704067212500}}'
)
KEYS = st.sampled_from(["taskId", "task_id", "id", "data", "state", "status", "code", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


PROVIDER: Provider = apixo(lambda _: answer(500))


def hint(body: bytes | dict[str, Any]) -> Hint:
    return PROVIDER.read_callback({}, body if isinstance(body, bytes) else json.dumps(body).encode())


def test_the_pages_success_claims_one() -> None:
    assert hint(PAGES_SUCCESS) == Hint("task_abc123xyz", claims_success=True)
    assert hint(SUCCEEDED) == Hint(TASK, claims_success=True)


def test_the_pages_failure_claims_none_though_its_message_says_success() -> None:
    assert hint(FAILED) == Hint(TASK, claims_success=False)
    assert hint(PROCESSING) == Hint(TASK, claims_success=False)


@pytest.mark.parametrize(
    "body",
    [
        {"taskId": "t"},
        {"task_id": "t"},
        {"data": {"taskId": "t"}},
        {"data": {"task_id": "t"}},
        {"data": {"id": "t"}},
        {"id": "t"},
        {"id": "other", "data": {"id": "other", "taskId": "t"}},
        {"taskId": None, "data": {"taskId": "t"}},
        {"taskId": 7, "data": {"taskId": ["t"], "task_id": "t"}},
        {"taskId": "t", "data": "text"},
        {"taskId": "t", "data": []},
        {"code": "200", "data": {"taskId": "t"}},
    ],
)
def test_the_task_id_is_found_in_each_of_six_places(body: dict[str, Any]) -> None:
    assert hint(body) == Hint("t")


@pytest.mark.parametrize(
    "body",
    [
        {"taskId": "t", "state": "success"},
        {"taskId": "t", "status": "SUCCEEDED"},
        {"data": {"taskId": "t", "status": "completed"}},
        {"code": 500, "message": "error", "data": {"taskId": "t", "state": "Success"}},
    ],
)
def test_a_success_is_claimed_in_any_form(body: dict[str, Any]) -> None:
    assert hint(body) == Hint("t", claims_success=True)


def test_headers_change_nothing() -> None:
    assert read_callback({"content-type": "text/plain", "x-signature": "?"}, SUCCEEDED) == hint(SUCCEEDED)


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "an array": b'[{"taskId": "t"}]',
    "a string": b'"task_1"',
    "a number": b"1",
    "a double-encoded object": json.dumps(json.dumps({"taskId": "t"})).encode(),
    "equal keys": b'{"taskId": "t", "taskId": "u"}',
    "equal keys in data": b'{"taskId": "t", "data": {"state": "failed", "state": "success"}}',
    "NaN": b'{"taskId": "t", "costTime": NaN}',
    "a huge number": b'{"taskId": "t", "costTime": ' + b"1" * 5_000 + b"}",
    "a number beyond every float": b'{"taskId": "t", "costTime": 1e400}',
    "half a character": b'{"taskId": "\\ud800"}',
    "half a character elsewhere": b'{"taskId": "t", "x": ["\\udc00"]}',
    "100,000 brackets": b'{"taskId": "t", "x": ' + b"[" * 100_000,
    "64 KiB of empty objects": b"{}," * 21_845,
    "an array of 64 KiB of empty objects": b"[" + b"{}," * 21_844 + b"{}]",
    "not UTF-8": b'{"taskId": "\xff"}',
    "a byte order mark": b"\xef\xbb\xbf" + b'{"taskId": "t"}',
    "UTF-16": '{"taskId": "t"}'.encode("utf-16"),
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "a form": b"taskId=t&state=success",
    "cut": SUCCEEDED[:60],
    "a task id of the wrong type": b'{"taskId": {"$ne": null}, "data": {"taskId": 1, "id": true}}',
    "a task id too long": json.dumps({"taskId": "t" * 257}).encode(),
    "a task id with a line end": b'{"taskId": "t\\n"}',
    "a task id with a NUL": b'{"taskId": "t\\u0000"}',
    "an empty task id": b'{"taskId": "", "data": {"taskId": ""}}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_claims_nothing(body: bytes) -> None:
    assert hint(body).task_id is None


@pytest.mark.parametrize("state", [None, 1, True, ["success"], {"success": 1}, "\x00success"])
def test_a_state_of_the_wrong_type_claims_nothing(state: Any) -> None:
    assert hint({"taskId": "t", "state": state}) == Hint("t")


@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
@example(b'{"data": {"taskId": "t", "state": "success"}}')
def test_no_body_raises(body: bytes) -> None:
    found = read_callback({}, body)
    assert found.task_id is None or 1 <= len(found.task_id) <= 256

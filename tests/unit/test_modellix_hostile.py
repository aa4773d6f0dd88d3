"""The corpora of hostile bodies against Modellix: never an exception, never taken for a yes."""

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.answers import Accepted, NotAnswered, Succeeded, TaskFailed, Unclear
from reelhook.providers.modellix_answers import submit_answer, task_answer
from reelhook.wire.exchange import Reply
from tests.hostile_bodies import EMPTY, UNREADABLE
from tests.unit.modellix_world import TASK, looked_up, modellix, submitted, task

GOOD = b'"code": 0, "data": {"task_id": "task-abc123", "status": "success"}'
HOSTILE = {name: make(GOOD) for name, make in UNREADABLE.items()} | EMPTY
KEYS = st.sampled_from(
    [
        "code",
        "message",
        "data",
        "task_id",
        "status",
        "result",
        "resources",
        "url",
        "type",
        "role",
        "format",
        "error",
        "billing",
        "amount",
    ]
)
WORDS = st.sampled_from([TASK, "success", "failed", "video", "image", "https://a.example/v.mp4", "0.24"])
JSON = st.recursive(
    st.none() | st.booleans() | st.sampled_from([0, 400, 404, 429, 500]) | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=16,
)
ENVELOPES = st.fixed_dictionaries({}, optional={"code": JSON, "message": JSON, "data": JSON})
BODIES = st.none() | st.binary(max_size=100) | ENVELOPES.map(lambda value: json.dumps(value).encode())
STATUSES = st.sampled_from([200, 201, 204, 301, 400, 401, 402, 403, 404, 422, 429, 500, 503])


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_decides_nothing_anywhere(body: bytes) -> None:
    assert isinstance(submitted(200, body), Unclear)
    assert isinstance(looked_up(200, body), NotAnswered)
    assert modellix(lambda _: httpx.Response(500)).read_callback({}, body).task_id in (None, "task-1")


@pytest.mark.parametrize("odd", [json.loads(body) for body in EMPTY.values()], ids=EMPTY.keys())
def test_a_hostile_result_inside_a_success_has_no_files(odd: object) -> None:
    for result in (odd, {"resources": odd}, {"resources": [odd]}, {"resources": [{"url": odd}]}):
        found = looked_up(200, task(status="success", result=result))
        assert isinstance(found, Succeeded | NotAnswered)
        assert isinstance(found, NotAnswered) or (found.results, found.last_frame) == ((), None)


@given(STATUSES, BODIES, st.dictionaries(st.sampled_from(["retry-after", "x-ratelimit-reset"]), st.text()))
def test_no_answer_to_a_submit_raises_and_only_a_plain_yes_is_one(
    status: int, body: bytes | None, headers: dict[str, str]
) -> None:
    found = submit_answer(Reply(status, {**headers, "x-ratelimit-remaining": "0"}, body), frozenset({429}))
    if isinstance(found, Accepted):
        assert status in (200, 201, 202)
        assert json.loads(body or b"")["code"] == 0


@given(STATUSES, BODIES)
def test_no_answer_to_a_look_up_raises_and_only_a_plain_end_is_one(status: int, body: bytes | None) -> None:
    found = task_answer(Reply(status, httpx.Headers(), body), TASK)
    if isinstance(found, Succeeded | TaskFailed):
        assert status in (200, 201, 202)
        assert json.loads(body or b"")["code"] == 0

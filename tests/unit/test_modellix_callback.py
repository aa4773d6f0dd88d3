"""What a delivery of Modellix claims, by body or headers; it is only a hint, whatever it says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelhook.domain.answers import Hint
from reelhook.providers.modellix_answers import read_callback
from tests.unit.modellix_world import FAILED, PENDING, SUCCEEDED, TASK, modellix

# The vendor's post of 2026-07-27 names these headers.
HEADERS = {
    "x-modellix-event": "prediction.task.succeeded",
    "x-modellix-task-id": TASK,
    "x-modellix-delivery-id": "delivery-1",
    "x-modellix-retry-count": "0",
}


def hint(body: bytes | dict[str, Any], headers: dict[str, str] | None = None) -> Hint:
    provider = modellix(lambda _: pytest.fail("a callback is read without asking anybody"))
    return provider.read_callback(
        headers or {}, body if isinstance(body, bytes) else json.dumps(body).encode()
    )


def test_the_look_ups_body_claims_what_it_says() -> None:
    assert hint(SUCCEEDED) == Hint(TASK, claims_success=True)
    assert hint(FAILED) == Hint(TASK)
    assert hint(PENDING) == Hint(TASK)


def test_headers_alone_name_the_task_and_its_end() -> None:
    assert hint(b"", HEADERS) == Hint(TASK, claims_success=True)
    assert hint(b"<html>", {name.title(): value for name, value in HEADERS.items()}) == Hint(TASK, True)
    for event in ("prediction.task.failed", "prediction.task.canceled", "odd", ""):
        assert hint(b"", {**HEADERS, "x-modellix-event": event}) == Hint(TASK)


def test_where_header_and_body_disagree_the_body_is_the_hint() -> None:
    other = {"code": 0, "data": {"task_id": "task-other", "status": "failed"}}
    assert hint(other, HEADERS) == Hint("task-other")


@pytest.mark.parametrize("task_id", ["", " ", "a\nb", "t" * 257])
def test_a_header_that_is_no_task_id_names_none(task_id: str) -> None:
    assert hint(b"{}", {"x-modellix-task-id": task_id}).task_id is None


@given(st.dictionaries(st.sampled_from(list(HEADERS)), st.text(max_size=300)), st.binary(max_size=200))
def test_no_delivery_raises(headers: dict[str, str], body: bytes) -> None:
    found = read_callback(headers, body)
    assert found.task_id is None or 1 <= len(found.task_id) <= 256

"""What a status look-up says of a task. Authoritative is only a readable envelope about this very task."""

from typing import Any

import pytest

from reelhook.domain.answers import NotAnswered, Running, Succeeded, TaskFailed, UnknownTask
from reelhook.domain.failure import Billed, Category
from tests.unit.apixo_world import (
    FAILED,
    KEY,
    PROCESSING,
    SUCCEEDED,
    TASK,
    looked_up,
    task,
)


def test_the_pages_success_is_one_with_its_link() -> None:
    assert looked_up(200, SUCCEEDED) == Succeeded(("https://file.apixo.ai/video.mp4",))


def test_the_pages_processing_is_running() -> None:
    assert looked_up(200, PROCESSING) == Running("processing")


def test_the_pages_failure_is_one_in_our_words() -> None:
    found = looked_up(200, FAILED)
    assert isinstance(found, TaskFailed)
    assert (found.error.code, found.error.category) == ("invalid_prompt", Category.INVALID_INPUT)
    assert (found.error.retryable, found.error.billed) == (False, Billed.UNKNOWN)
    assert found.detail == "PromptInvalid: Prompt is invalid or rejected by provider"


@pytest.mark.parametrize("state", ["success", "SUCCESS", " Success ", "succeeded", "completed"])
def test_every_word_for_success_is_one(state: str) -> None:
    assert looked_up(200, task(state=state, resultJson="https://a.example/v.mp4")) == Succeeded(
        ("https://a.example/v.mp4",)
    )


@pytest.mark.parametrize(
    "state", ["failed", "FAILED", "fail", "error", "cancelled", "canceled", "timeout", "expired"]
)
def test_every_word_for_failure_is_one(state: str) -> None:
    assert isinstance(looked_up(200, task(state=state)), TaskFailed)


@pytest.mark.parametrize(
    "state", ["pending", "processing", "processing_r2", "waiting", "queuing", "generating", "successful"]
)
def test_every_other_word_is_running(state: str) -> None:
    assert looked_up(200, task(state=state.upper())) == Running(state)


def test_an_odd_state_is_noted_short_and_plain() -> None:
    found = looked_up(200, task(state="\x1b[31mé" + " x" * 400))
    assert isinstance(found, Running)
    assert len(found.state) <= 64
    assert found.state.isascii()
    assert found.state.isprintable()


def test_a_success_without_links_is_a_success_without_links() -> None:
    assert looked_up(200, task(state="success")) == Succeeded(())
    assert looked_up(200, task(state="success", resultJson="")) == Succeeded(())


@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize("code", [400, 404, 422])
def test_no_such_task_is_told_by_http_or_by_the_code(status: int, code: int) -> None:
    assert looked_up(code, {"code": code, "message": "Task not found"}) == UnknownTask()
    assert looked_up(status, {"code": code, "message": "Task not found"}) == UnknownTask()


@pytest.mark.parametrize("status", [401, 402, 403])
def test_a_refused_key_is_the_operators(status: int) -> None:
    for found in (looked_up(status, b"no"), looked_up(200, {"code": status})):
        assert isinstance(found, NotAnswered)
        assert found.account


def test_out_of_credits_is_the_operators_and_no_word_about_the_task() -> None:
    found = looked_up(400, {"code": 400, "message": "Insufficient credits", "data": None})
    assert isinstance(found, NotAnswered)
    assert found.account


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((status, {"code": status}) for status in (429, 500, 502, 503, 504, 301, 302, 408, 409)),
        (200, {"code": 429}),
        (200, {"code": 500}),
        (404, {"code": 200}),
        (404, b"<html>404 Not Found</html>"),
        (404, {"message": "Not Found"}),
        (404, b""),
        (400, b""),
        (500, SUCCEEDED),
        (200, b""),
        (200, b"null"),
        (200, b"[]"),
        (200, b"<html>"),
        (200, SUCCEEDED[:-2]),
        (200, b" " * 70_000 + SUCCEEDED),
        (200, {"code": 200}),
        (200, {"code": 200, "data": None}),
        (200, {"code": 200, "data": "success"}),
        (200, {"code": 200, "data": [{"taskId": TASK, "state": "success"}]}),
        (200, {"code": 200, "data": {}}),
        (200, {"code": 200, "data": {"taskId": TASK}}),
        (200, task(state=None)),
        (200, task(state="")),
        (200, task(state=3)),
        (200, task(state=["success"])),
        (200, {"code": "200", "data": {"taskId": TASK, "state": "success"}}),
        (200, {"data": {"taskId": TASK, "state": "success"}}),
        (200, {"code": 200, "status": "failed", "message": "an envelope without a task"}),
    ],
)
def test_everything_else_is_no_answer(status: int, body: bytes | dict[str, Any]) -> None:
    found = looked_up(status, body)
    assert isinstance(found, NotAnswered)
    assert not found.account


@pytest.mark.parametrize("other", ["task_1", TASK.upper(), f"{TASK} ", 7, True, {}, [TASK]])
def test_an_answer_about_another_task_is_no_answer(other: Any) -> None:
    found = looked_up(200, {"code": 200, "data": {"taskId": other, "state": "failed"}})
    assert isinstance(found, NotAnswered)


@pytest.mark.parametrize("data", [{"task_id": TASK}, {"taskId": None}, {"taskId": ""}, {}])
def test_an_answer_that_does_not_name_its_task_is_about_the_one_that_was_asked(data: dict[str, Any]) -> None:
    assert looked_up(200, {"code": 200, "data": {**data, "state": "pending"}}) == Running("pending")


def test_a_flat_answer_is_read_where_it_names_its_task() -> None:
    assert looked_up(200, {"code": 200, "taskId": TASK, "status": "pending"}) == Running("pending")


@pytest.mark.parametrize("odd", [None, 7, ["x"], {"a": 1}, True])
def test_an_odd_message_does_not_hide_a_failure(odd: Any) -> None:
    found = looked_up(200, task(state="failed", failCode=odd, failMsg=odd))
    assert isinstance(found, TaskFailed)
    assert found.error.code == "generation_failed"


def test_the_detail_of_a_failure_holds_no_key_and_no_link() -> None:
    found = looked_up(
        200, task(state="failed", failCode="Odd.Code", failMsg=f"see https://x.example/t?k=1 {KEY}")
    )
    assert isinstance(found, TaskFailed)
    assert found.detail == "Odd.Code: see [...] [key]"

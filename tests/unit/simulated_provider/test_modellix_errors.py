"""Modellix's errors: every documented one on command, any other answer, and its limits."""

import pytest

from tests.unit.simulated_provider.modellix_client import ModellixClient


@pytest.mark.parametrize(
    ("status", "category"),
    [
        (400, "Invalid parameters"),
        (401, "Authentication failed"),
        (402, "Insufficient balance"),
        (403, "Forbidden"),
        (404, "Resource not found"),
        (429, "Rate limit exceeded"),
        (500, "Internal server error"),
        (503, "Service unavailable"),
    ],
)
def test_every_documented_error_can_be_commanded(
    modellix: ModellixClient, status: int, category: str
) -> None:
    modellix.control("behaviour", {"modellix": {"submit": {"refuse": status, "times": 1}}})
    first, second = modellix.submit(), modellix.submit()
    assert (first.status, first.json["code"], set(first.json)) == (status, status, {"code", "message"})
    assert first.json["message"].startswith(category)
    assert second.status == 200
    assert len(modellix.control("ledger")["tasks"]) == 1


def test_answers_can_be_told_in_full(modellix: ModellixClient) -> None:
    busy = {"status": 429, "message": "Concurrent limit exceeded: 2", "retry_after": 9}
    odd = {"status": 200, "data": {"status": "pending"}}
    words = ["insufficient_credits", busy, odd, "no_task_id", "unreadable", "web_page"]
    told = [{"submit": {"after_accepting": word}} for word in words]
    modellix.control("behaviour", {"modellix": {"next": told}})
    answers = [modellix.submit() for _ in words]
    assert [answer.status for answer in answers] == [402, 429, 200, 200, 200, 502]
    assert answers[0].json["message"].startswith("Insufficient balance")
    assert answers[1].headers["Retry-After"] == "9"
    assert answers[1].json == {"code": 429, "message": "Concurrent limit exceeded: 2"}
    assert answers[2].json["code"] == 0
    assert answers[3].json == {"code": 0, "message": "success", "data": {}}
    assert answers[4].body == b'{"code":0,"message":"succes'
    assert answers[5].headers["Content-Type"] == "text/html"
    assert len(modellix.control("ledger")["tasks"]) == len(words)


def test_a_limit_of_calls_is_told_in_every_answer(modellix: ModellixClient) -> None:
    modellix.control("behaviour", {"modellix": {"limits": {"per_minute": 2, "retry_after": 4}}})
    answers = [modellix.submit(), modellix.look_up("task-1"), modellix.submit()]
    assert [answer.status for answer in answers] == [200, 404, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert {answer.headers["X-RateLimit-Limit"] for answer in answers} == {"2"}
    began = modellix.control("requests")[0]["started_at"]
    assert {int(answer.headers["X-RateLimit-Reset"]) for answer in answers} == {round(began + 60)}
    assert (answers[2].headers["Retry-After"], answers[2].json["message"]) == (
        "4",
        "Rate limit exceeded: too many requests",
    )


def test_a_limit_of_running_tasks_has_a_message_of_its_own(modellix: ModellixClient) -> None:
    modellix.control("behaviour", {"limits": {"concurrent": 1}})
    modellix.started()
    assert modellix.submit().json["message"].startswith("Concurrent limit exceeded")

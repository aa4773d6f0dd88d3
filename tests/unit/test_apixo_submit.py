"""What an answer to the paid POST means. Only what says so plainly is taken for a yes, a no, or a "later"."""

from typing import Any

import pytest

from reelhook.domain.answers import Accepted, Refused, TryLater, Unclear
from reelhook.domain.failure import Billed, Category
from tests.unit.apixo_world import ACCEPTED, CALLBACK_URL, KEY, submitted


@pytest.mark.parametrize("status", [200, 201, 202])
def test_the_pages_acceptance_is_one(status: int) -> None:
    assert submitted(status, ACCEPTED) == Accepted("task_12345678")


@pytest.mark.parametrize(
    "task_id",
    ["dff8afd3" * 4, "t", "x" * 256, "../../etc/passwd", "a b?c=d&e#f%2F", "задача", "\U0001f3ac", "\u2028"],
)
def test_a_task_id_may_be_any_text(task_id: str) -> None:
    assert submitted(200, {"code": 200, "data": {"taskId": task_id}}) == Accepted(task_id)


@pytest.mark.parametrize(
    "task_id", [None, "", "x" * 257, "a\nb", "a\x00", "\x7f", "\x85", 12345, True, ["a"], {}]
)
def test_an_acceptance_without_a_usable_task_id_is_unclear(task_id: Any) -> None:
    assert isinstance(submitted(200, {"code": 200, "data": {"taskId": task_id}}), Unclear)


def test_a_flat_acceptance_is_one_too() -> None:
    assert submitted(200, {"code": 200, "taskId": "t1"}) == Accepted("t1")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, {"code": 429, "message": "Rate limit or concurrency limit reached"}),
        (429, b"slow down"),
        (429, b""),
        (200, {"code": 429, "message": "Rate limit"}),
        (200, {"code": 429, "message": "Rate limit", "data": None}),
    ],
)
def test_a_limit_means_later(status: int, body: bytes | dict[str, Any]) -> None:
    assert submitted(status, body) == TryLater(None)


def test_later_takes_over_when_to_come_again() -> None:
    assert submitted(429, b"", retry_after="17") == TryLater(17)
    assert submitted(200, {"code": 429}, retry_after="17") == TryLater(17)


def test_the_operator_may_widen_what_is_safe_to_send_again() -> None:
    safe = frozenset({429, 503})
    assert submitted(503, b"<html>", safe) == TryLater(None)
    assert submitted(200, {"code": 503}, safe) == TryLater(None)
    assert submitted(200, ACCEPTED, safe) == Accepted("task_12345678")


def test_the_operator_may_trust_nothing() -> None:
    assert isinstance(submitted(429, b"", frozenset()), Unclear)


REFUSALS: list[tuple[int, dict[str, Any], str, Category, bool]] = [
    (400, {"code": 400, "message": "Invalid request", "data": {"error": "Missing required field: input.prompt"}}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Missing required parameter: prompt"}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Invalid parameter type"}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Invalid parameter value"}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Param length exceeded"}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "ImageNotAccess"}, "invalid_media", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Refused", "data": {"failCode": "SensitiveContent"}}, "content_policy_violation", Category.INPUT_MODERATION, False),
    (400, {"code": 400, "message": "what nobody knows"}, "invalid_request", Category.INVALID_INPUT, False),
    (400, {"code": 400, "message": "Insufficient credits", "data": None}, "provider_account", Category.ACCOUNT, True),
    (400, {"code": 400, "message": "Insufficient balance"}, "provider_account", Category.ACCOUNT, True),
    (400, {"code": 400, "data": {"failCode": "INSUFFICIENT_CREDITS"}}, "provider_account", Category.ACCOUNT, True),
    (401, {"code": 401, "message": "Invalid or missing API key"}, "provider_account", Category.ACCOUNT, True),
    (402, {"code": 402, "message": "Insufficient balance or quota"}, "provider_account", Category.ACCOUNT, True),
    (403, {"code": 403, "message": "Key or route cannot access the model"}, "provider_account", Category.ACCOUNT, True),
    (403, {"code": 403, "message": "Content violates policy"}, "content_policy_violation", Category.INPUT_MODERATION, False),
    (404, {"code": 404, "message": "Model not found"}, "model_unavailable", Category.PROVIDER_UNAVAILABLE, False),
    (422, {"code": 422, "message": "Unprocessable"}, "invalid_request", Category.INVALID_INPUT, False),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "code", "category", "account"), REFUSALS)
@pytest.mark.parametrize("by_envelope", [False, True], ids=["HTTP says so", "a 200's code says so"])
def test_a_refusal_bought_nothing_and_says_whose_turn_it_is(
    status: int, body: dict[str, Any], code: str, category: Category, account: bool, by_envelope: bool
) -> None:
    answer = submitted(200 if by_envelope else status, {"code": status, **body})
    assert isinstance(answer, Refused)
    assert (answer.error.code, answer.error.category, answer.account) == (code, category, account)
    assert answer.error.billed is Billed.NO


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
def test_a_refusal_without_a_readable_body_is_one(status: int) -> None:
    assert isinstance(submitted(status, b"<html>no</html>"), Refused)


@pytest.mark.parametrize(
    "echo",
    ["Invalid parameter value: 'my insufficient credit card balance'", "prompt 'insufficient balance'"],
)
def test_a_prompt_that_is_repeated_cannot_pause_the_account(echo: str) -> None:
    answer = submitted(400, {"code": 400, "message": echo})
    assert isinstance(answer, Refused)
    assert not answer.account
    assert answer.error.category is Category.INVALID_INPUT


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((status, {"code": status}) for status in (500, 502, 503, 504, 408, 405, 409, 425, 301, 307, 204)),
        (500, b"<html>Internal Server Error</html>"),
        (200, {"code": 500, "message": "Server error"}),
        (200, {"code": 0, "data": None}),
        (200, {"code": 200, "message": "success"}),
        (200, {"code": 200, "data": None}),
        (200, {"code": 200, "data": "task_1"}),
        (200, {"code": 200, "data": [{"taskId": "task_1"}]}),
        (200, {"code": "200", "data": {"taskId": "task_1"}}),
        (200, {"code": 200.0, "data": {"taskId": "task_1"}}),
        (200, {"code": True, "data": {"taskId": "task_1"}}),
        (200, {"data": {"taskId": "task_1"}}),
        (200, b""),
        (200, b"null"),
        (200, b"[]"),
        (200, b"OK"),
        (200, ACCEPTED[:-3]),
        (200, b'{"code": 400, "code": 200, "data": {"taskId": "task_1"}}'),
        (200, b" " * 70_000 + ACCEPTED),
    ],
)
def test_everything_else_is_unclear(status: int, body: bytes | dict[str, Any]) -> None:
    assert isinstance(submitted(status, body), Unclear)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"code": 200, "message": "success"}),
        (400, {"code": 500}),
        (429, {"code": 200}),
        (429, {"code": 500}),
        (400, {"code": 400, "data": {"taskId": "task_1"}}),
        (429, {"code": 429, "data": {"taskId": "task_1"}}),
        (200, {"code": 400, "data": {"taskId": "task_1"}}),
        (200, {"code": 429, "taskId": "task_1"}),
    ],
)
def test_an_answer_that_contradicts_itself_is_unclear(status: int, body: dict[str, Any]) -> None:
    assert isinstance(submitted(status, body), Unclear)


def test_a_body_that_is_encoded_unasked_is_not_read() -> None:
    assert isinstance(submitted(200, ACCEPTED, content_encoding="gzip"), Unclear)


def test_reasons_and_details_hold_neither_key_nor_token_nor_link() -> None:
    token = CALLBACK_URL.rsplit("/", 1)[1]
    leaks = [CALLBACK_URL, token, KEY, CALLBACK_URL.replace("/", "%2F"), CALLBACK_URL.split("example")[1]]
    for leak in leaks:
        for status in (400, 401, 422):
            answer = submitted(
                status,
                {"code": status, "message": f"bad callback_url={leak} given", "data": {"failCode": leak}},
            )
            assert isinstance(answer, Refused)
            assert "m" * 43 not in answer.detail
            assert KEY not in answer.detail
            assert "hooks" not in answer.detail
            assert "bad" in answer.detail


def test_a_detail_is_one_short_line_of_ascii() -> None:
    answer = submitted(400, {"code": 400, "message": "\x1b[31mé\r\n\u2028" + "word " * 900})
    assert isinstance(answer, Refused)
    assert len(answer.detail) == 256
    assert answer.detail.isascii()
    assert answer.detail.isprintable()

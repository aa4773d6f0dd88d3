"""Documented refusals, and answers that are wrong on purpose."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.provider.wire import Exchange
from sandbox.provider.words import Words, envelope

GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
READABLE_PART = 27  # bytes of an answer that ends within a word


def refuse(
    exchange: Exchange,
    words: Words,
    status: int,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """A documented error."""
    exchange.answer_json(status, words.refusal(status, detail), headers)


def answer_wrongly(exchange: Exchange, words: Words, answer: Any) -> None:
    """Give an answer that was asked for by `submit` or `status` misbehaviour."""
    match answer:
        case "reset":
            exchange.reset()
        case "no_task_id":
            exchange.answer_json(200, envelope(words, {}))
        case "unreadable":
            whole = json.dumps(envelope(words, {}), separators=(",", ":")).encode()
            exchange.answer(200, whole[:READABLE_PART], "application/json")
        case "web_page":
            exchange.answer(502, GATEWAY_PAGE, "text/html")
        case "insufficient_credits":
            told = words.contract.data["out_of_credits"]
            _answer_as_told(exchange, words, {key: value for key, value in told.items() if key != "source"})
        case dict():
            _answer_as_told(exchange, words, answer)
        case _:
            refuse(exchange, words, answer)


def _answer_as_told(exchange: Exchange, words: Words, told: Mapping[str, Any]) -> None:
    success = words.contract.data["success"]
    code = told.get("code", success["code"] if told["status"] == 200 else told["status"])
    payload = {"code": code, "message": told.get("message", words.contract.http_message(code))}
    if "data" in told or success["errors_carry_data"]:
        payload["data"] = told.get("data")
    headers = {"Retry-After": str(told["retry_after"])} if "retry_after" in told else {}
    exchange.answer_json(told["status"], payload, headers)

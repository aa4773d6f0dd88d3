"""What APIXO's answers look like: the envelope, a task's status, its result links, and answers that are wrong on purpose."""

import json
import time
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour import View
from sandbox.provider.contract import Contract
from sandbox.provider.tasks import Task
from sandbox.provider.wire import Exchange


def envelope(data: Any) -> dict[str, Any]:
    """A documented success."""
    return {"code": 200, "message": "success", "data": data}


def status(task: Task, state: str, result_json: Any) -> dict[str, Any]:
    """The envelope of a look-up and of a callback for a task in this state."""
    ended = task.finished_at or time.time()
    data: dict[str, Any] = {"taskId": task.task_id, "state": state}
    if state == "success":
        data |= {"resultJson": result_json, "costTime": _ms(ended) - _ms(task.accepted_at)}
    if state == "failed":
        data |= {
            "failCode": task.fail_code or "Unknown error",
            "failMsg": task.fail_msg or "Generation failed",
        }
    data["createTime"] = _ms(task.accepted_at)
    if state in ("success", "failed"):
        data["completeTime"] = _ms(ended)
    return envelope(data)


def links(task: Task, view: View, origin: str) -> list[str]:
    """Where the task's files are."""
    base = view["result.origin"] or origin
    return [f"{base}/files/{task.task_id}/{number}.mp4" for number in range(view["result.count"])]


def result_json(urls: list[str], view: View) -> Any:
    """The value of `resultJson`: as documented a JSON string, or one of the other shapes seen in the wild."""
    if view["result.shape"] == "bare_url":
        return urls[0] if urls else ""
    value: Any = urls
    if view["result.items"] == "objects":
        value = [{"url": url} for url in urls]
    elif view["result.items"] == "single":
        value = urls[0] if urls else ""
    named = {view["result.key"]: value}
    return named if view["result.shape"] == "object" else json.dumps(named, separators=(",", ":"))


def refuse(exchange: Exchange, contract: Contract, code: int, detail: str | None = None) -> None:
    """A documented error; the one for the key carries no data."""
    payload: dict[str, Any] = {"code": code, "message": contract.http_message(code)}
    if code != 401:
        payload["data"] = {"error": detail} if detail else None
    exchange.answer_json(code, payload)


def answer_wrongly(exchange: Exchange, contract: Contract, answer: Any) -> None:
    """Give an answer that was asked for by `submit` or `status` misbehaviour."""
    match answer:
        case "reset":
            exchange.reset()
        case "no_task_id":
            exchange.answer_json(200, envelope({}))
        case "unreadable":
            exchange.answer(200, b'{"code":200,"message":"succ', "application/json")
        case "insufficient_credits":
            told = contract.data["out_of_credits"]
            payload = {"code": told["status"], "message": told["message"], "data": told["data"]}
            exchange.answer_json(told["status"], payload)
        case dict():
            _answer_as_told(exchange, contract, answer)
        case _:
            refuse(exchange, contract, answer)


def _answer_as_told(exchange: Exchange, contract: Contract, told: Mapping[str, Any]) -> None:
    code = told.get("code", told["status"])
    payload = {
        "code": code,
        "message": told.get("message", contract.http_message(code)),
        "data": told.get("data"),
    }
    headers = {"Retry-After": str(told["retry_after"])} if "retry_after" in told else {}
    exchange.answer_json(told["status"], payload, headers)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)

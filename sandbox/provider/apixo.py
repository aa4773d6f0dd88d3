"""APIXO's words: its two endpoints, its envelope and its result links."""

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour import View
from sandbox.provider.contract import contract_of
from sandbox.provider.tasks import WITHHELD, Task
from sandbox.provider.words import LookUp, Submit, envelope, milliseconds


class Apixo:
    """`Words` of APIXO."""

    provider = "apixo"
    contract = contract_of("apixo")
    origin = ""

    def route(self, method: str, path: list[str], query: Mapping[str, str]) -> Submit | LookUp | None:
        match method, path:
            case "POST", ["generateTask", model]:
                return Submit(model if model in self.contract.models else None)
            case "GET", ["statusTask", model]:
                return LookUp(query.get("taskId", ""), model, model in self.contract.models)
        return None

    def no_such_model(self) -> str:
        return "Model not found"

    def new_task_id(self) -> str:
        return secrets.token_hex(16)

    def callback_url(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> str | None:  # noqa: ARG002 - the other provider's place
        return str(body["callback_url"]) if body["request_type"] == "callback" else None

    def shown(
        self, body: dict[str, Any], headers: Mapping[str, str]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        hidden = {"callback_url": WITHHELD} if "callback_url" in body else {}
        return {**body, **hidden}, {"Content-Type": headers["content-type"]}

    def fields(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = body["input"]
        return fields

    def accepted(self, task: Task) -> Any:
        return {"taskId": task.task_id}

    def refusal(self, status: int, detail: str | None = None) -> dict[str, Any]:
        """The one for the key carries no data."""
        payload: dict[str, Any] = {"code": status, "message": self.contract.http_message(status)}
        if status != 401:
            payload["data"] = {"error": detail} if detail else None
        return payload

    def limit_headers(self, most: int, left: int, reset: float) -> dict[str, str]:  # noqa: ARG002 - it has none
        return {}

    def status(self, task: Task, state: str, view: View, urls: list[str]) -> dict[str, Any]:
        ended = task.finished_at or time.time()
        data: dict[str, Any] = {"taskId": task.task_id, "state": state}
        if state == "success":
            took = milliseconds(ended) - milliseconds(task.accepted_at)
            data |= {"resultJson": result_json(urls, view), "costTime": took}
        if state == "failed":
            data |= {
                "failCode": task.fail_code or "Unknown error",
                "failMsg": task.fail_msg or "Generation failed",
            }
        data["createTime"] = milliseconds(task.accepted_at)
        if state in ("success", "failed", "canceled"):
            data["completeTime"] = milliseconds(ended)
        return envelope(self, data)

    def callback_headers(self, task_id: str, state: str, delivery_id: str, attempt: int) -> dict[str, str]:  # noqa: ARG002 - none are documented
        return {}


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

"""Modellix's words: one path for each model, one for all tasks, its envelope and its callback's headers."""

import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.provider.behaviour import View
from sandbox.provider.contract import contract_of
from sandbox.provider.modellix_answers import status_data
from sandbox.provider.tasks import WITHHELD, Task
from sandbox.provider.words import LookUp, Submit, envelope


class Modellix:
    """`Words` of Modellix."""

    provider = "modellix"
    contract = contract_of("modellix")
    origin = ""

    def route(self, method: str, path: list[str], query: Mapping[str, str]) -> Submit | LookUp | None:  # noqa: ARG002 - the other provider's place
        match method, path:
            case "GET", ["tasks", task_id]:
                return LookUp(task_id)
            case "POST", [_, _] | [_, _, "async"]:
                asked = "/" + "/".join(path)
                models = (
                    name for name, rules in self.contract.models.items() if rules["path"]["value"] == asked
                )
                return Submit(next(models, None))
        return None

    def no_such_model(self) -> str:
        return "Resource not found: no such model or provider"

    def new_task_id(self) -> str:
        return f"task-{secrets.token_hex(10)}"

    def callback_url(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> str | None:  # noqa: ARG002 - the other provider's place
        return headers.get(self.contract.data["webhook_header"]["name"].lower())

    def shown(
        self, body: dict[str, Any], headers: Mapping[str, str]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        name = self.contract.data["webhook_header"]["name"]
        hidden = {name: WITHHELD} if name.lower() in headers else {}
        return body, {"Content-Type": headers["content-type"], **hidden}

    def fields(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return body

    def accepted(self, task: Task) -> Any:
        base = self.contract.data["endpoints"]["base_path"]["value"]
        return {
            "status": "pending",
            "task_id": task.task_id,
            "model_id": task.model,
            "get_result": {"method": "GET", "url": f"{self.origin}{base}/tasks/{task.task_id}"},
        }

    def refusal(self, status: int, detail: str | None = None) -> dict[str, Any]:
        """Code and message alone; a detail begins with its category."""
        return {"code": status, "message": detail or self.contract.http_message(status)}

    def limit_headers(self, most: int, left: int, reset: float) -> dict[str, str]:
        names = self.contract.data["limit_headers"]
        return {
            names["limit"]: str(most),
            names["remaining"]: str(left),
            names["reset"]: str(round(reset)),
        }

    def status(self, task: Task, state: str, view: View, urls: list[str]) -> dict[str, Any]:
        payload = envelope(self, status_data(task, state, view, urls))
        if state == "failed" and view["outcome.reason_at"] == "envelope":
            payload["message"] = task.fail_msg or "Generation failed"
        return payload

    def callback_headers(self, task_id: str, state: str, delivery_id: str, attempt: int) -> dict[str, str]:
        names = self.contract.data["callback_headers"]
        return {
            names["event"]: names["events"].get(state, f"prediction.task.{state}"),
            names["task_id"]: task_id,
            names["delivery_id"]: delivery_id,
            names["retry_count"]: str(attempt - 1),
        }

"""A Modellix in virtual time: the same truth in its own bytes, which the product's own reading has to make out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reelhook.domain.answers import Hint, Running, Succeeded, TaskAnswer, TaskFailed
from reelhook.domain.time import DAY, Instant
from reelhook.providers import modellix_answers as answers
from reelhook.wire.exchange import Reply
from tests.reliability.links import Hosts
from tests.reliability.manners import Task
from tests.reliability.provider import SimulatedProvider, Surroundings

REASON = "Value out of range: seed"  # a category of its "Error handling" page
EVENTS = {"success": "succeeded", "failed": "failed", "canceled": "canceled"}


@dataclass(slots=True)
class Wording:
    """How it tells what is true."""

    reason_at: str = "error_object"
    failure: str = "failed"  # the state of a task that ends badly
    frame_first: bool = False
    strings: bool = False  # resources are links, not objects
    results_at: str = "result"
    links_live: int | None = 7 * DAY  # `result_expires_at`, after the task's end
    billed: str | None = "0.2400"
    bare_callbacks: bool = False  # their bodies say nothing
    headers: bool = True  # of callbacks


class SimulatedModellix(SimulatedProvider):
    """`Provider`; truth and ledger are those of every simulated one."""

    def __init__(self, world: Surroundings, hosts: Hosts, wording: Wording) -> None:
        super().__init__(world, hosts)
        self.wording = wording

    def delivery(self, task: Task) -> tuple[str, dict[str, str]]:
        """The look-up's body, and headers about it (its posts of 2026-07-27 and 2026-08-17)."""
        state = self.wording.failure if task.fails else "success"
        headers = {
            "x-modellix-event": f"prediction.task.{EVENTS.get(state, state)}",
            "x-modellix-task-id": task.id,
            "x-modellix-delivery-id": f"delivery-{self.deliveries[task.video_id]}",
            "x-modellix-retry-count": "0",
        }
        now = self._world.clock()
        _, body = self.told(task.id, now)
        return (
            "{}" if self.wording.bare_callbacks else body.decode()
        ), headers if self.wording.headers else {}

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:
        return answers.read_callback(headers, body)

    def _status(self, task_id: str, now: Instant) -> TaskAnswer:
        status, body = self.told(task_id, now)
        return answers.task_answer(Reply(status, {}, body), task_id)

    def told(self, task_id: str, now: Instant) -> tuple[int, bytes]:
        """HTTP status and body that say what is true of a task."""
        truth = super()._status(task_id, now)
        match truth:
            case Succeeded(links):
                state, more = "success", self._success(task_id, links, now)
            case TaskFailed():
                state, more = self.wording.failure, self._failure() | self._billing()
            case Running():
                state, more = "processing", {}
            case _:
                return 404, json.dumps({"code": 404, "message": "Resource not found: no such task"}).encode()
        well = self.wording.reason_at != "envelope" or not isinstance(truth, TaskFailed)
        data = {"status": state, "task_id": task_id, "model_id": "seedance", **more}
        return 200, json.dumps({"code": 0, "message": "success" if well else REASON, "data": data}).encode()

    def _success(self, task_id: str, links: tuple[str, ...], now: Instant) -> dict[str, Any]:
        wording, frame = self.wording, self._hosts.frame_link(task_id, now) if links else None
        resources = [
            _resource(link, "video", "mp4", "alternative" if i else "primary") for i, link in enumerate(links)
        ]
        if frame is not None:
            still = _resource(frame, "image", "png", "last_frame")
            resources = [still, *resources] if wording.frame_first else [*resources, still]
        listed: list[Any] = [each["url"] for each in resources] if wording.strings else resources
        told: dict[str, Any] = {"resources": listed}
        told = {"result": told} if wording.results_at == "result" else told
        if wording.links_live is not None:
            told["result_expires_at"] = self.tasks[task_id].done_at + wording.links_live
        return told | self._billing()

    def _billing(self) -> dict[str, Any]:
        billed = self.wording.billed
        return {} if billed is None else {"billing": {"status": "succeeded", "amount": billed}}

    def _failure(self) -> dict[str, Any]:
        """Where the reason stands: no page says, so all the places that its clients look at."""
        match self.wording.reason_at:
            case "error_object":
                return {"error": {"code": 400, "message": REASON, "type": "whatever"}}
            case "code alone":
                return {"error": {"code": "ValueOutOfRange"}}
            case "result_error":
                return {"result": {"error": REASON}}
            case "envelope" | "nowhere":
                return {}
        return {self.wording.reason_at: REASON}


def _resource(url: str, kind: str, extension: str, role: str) -> dict[str, Any]:
    return {"url": url, "type": kind, "width": 1366, "height": 768, "format": extension, "role": role}

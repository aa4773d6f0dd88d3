"""What Modellix tells of a task: its results in every shape seen, its price, and its reason to fail in every place seen."""

import time
from datetime import UTC, datetime
from typing import Any

from sandbox.provider.behaviour import View
from sandbox.provider.contract import contract_of
from sandbox.provider.tasks import Task
from sandbox.provider.words import milliseconds

ENDINGS = ("success", "failed", "canceled")
WIDTH, HEIGHT = 320, 180  # of the sample


def status_data(task: Task, state: str, view: View, urls: list[str]) -> dict[str, Any]:
    """The `data` of a look-up and of a callback."""
    data: dict[str, Any] = {"status": state, "task_id": task.task_id, "model_id": task.model}
    if state not in ENDINGS:
        return data
    ended = task.finished_at or time.time()
    data["duration"] = milliseconds(ended) - milliseconds(task.accepted_at)
    if state == "success":
        lives = view["result.lives_seconds"]
        lifetime = contract_of("modellix").data["results"]["lifetime_seconds"] if lives is None else lives
        data |= _results(task, view, urls, ended) | {"result_expires_at": milliseconds(ended + lifetime)}
    if state == "failed":
        data |= _reason(task, view["outcome.reason_at"])
    return data | _billing(task, state, view["outcome.billed"])


def _results(task: Task, view: View, urls: list[str], ended: float) -> dict[str, Any]:
    videos = [_resource(url, "video", "mp4", "alternative" if i else "primary") for i, url in enumerate(urls)]
    if urls and task.body.get("return_last_frame"):
        base = urls[0].rpartition("/")[0]
        still = _resource(f"{base}/last_frame.png", "image", "png", view["result.last_frame_role"])
        videos = [still, *videos] if view["result.last_frame_first"] else [*videos, still]
    strings = view["result.resources"] == "strings"
    resources: list[Any] = [each["url"] for each in videos] if strings else videos
    if view["result.resources_at"] == "data":
        return {"resources": resources}
    return {
        "result": {
            "resources": resources,
            "metadata": {"request_id": f"req-{task.task_id}"},
            "extensions": {"submit_time": _iso(task.accepted_at), "end_time": _iso(ended)},
        }
    }


def _resource(url: str, kind: str, file_format: str, role: str) -> dict[str, Any]:
    told = {"url": url, "type": kind, "width": WIDTH, "height": HEIGHT, "format": file_format}
    return {**told, "role": role or None}


def _billing(task: Task, state: str, told: str | None) -> dict[str, Any]:
    """What was charged: of a failure no page says, so it says nothing unless it was told to."""
    amount = told
    if told is None and state == "success" and task.charged is not None:
        amount = f"{task.charged:.4f}"
    return {} if amount is None else {"billing": {"status": "succeeded", "amount": amount}}


def _reason(task: Task, place: str) -> dict[str, Any]:
    """Why a task failed. No page says where; these are the places that are known from elsewhere."""
    code, message = task.fail_code or "GenerationFailed", task.fail_msg or "Generation failed"
    match place:
        case "error_object":
            return {"error": {"code": code, "message": message}}
        case "result_error":
            return {"result": {"error": message}}
        case "envelope" | "nowhere":
            return {}
    return {place: message}


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

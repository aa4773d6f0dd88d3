"""When each step of a video happened, by the records of those who did it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.stack import Stack


@dataclass(frozen=True, order=True)
class Moment:
    """One step, in seconds since the epoch."""

    at: float
    step: str
    detail: str


class Timeline:
    """Watches one video through its item and the simulated provider's records."""

    def __init__(self, stack: Stack, video_id: str) -> None:
        self._stack = stack
        self._key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        self._dynamodb = stack.clients()("dynamodb")
        self._http = httpx.Client(trust_env=False)
        self._told: set[str] = set()

    def news(self) -> list[Moment]:
        """The steps that have happened and were not told before, in order."""
        new = sorted(moment for moment in self._moments() if moment.step not in self._told)
        self._told |= {moment.step for moment in new}
        return new

    def task_id(self) -> str | None:
        """The provider's task, once there is one."""
        return _text(self._item(), "task_id")

    def _item(self) -> dict[str, Any]:
        answer = self._dynamodb.get_item(TableName=self._stack.table, Key=self._key, ConsistentRead=True)
        item: dict[str, Any] = answer.get("Item", {})
        return item

    def _moments(self) -> Iterator[Moment]:
        item = self._item()
        if (sent := _instant(item, "sent_at")) is not None:
            yield Moment(sent, "accepted", "claimed in DynamoDB, before anything was sent")
        if (task_id := _text(item, "task_id")) is not None and self._stack.simulated:
            yield from self._at_provider(task_id)
        if (confirmed := _instant(item, "result_at")) is not None:
            yield Moment(
                confirmed, "confirmed", "one authenticated look-up: it succeeded, and here are its links"
            )
        if (completed := _instant(item, "completed_at")) is not None:
            yield Moment(completed, "completed", "on record, with size and checksum")

    def _at_provider(self, task_id: str) -> Iterator[Moment]:
        for task in self._control("ledger")["tasks"]:
            if task["task_id"] == task_id:
                price = "price unknown" if task["charged"] is None else f"charged {task['charged']} USD"
                charge = f"task {task_id[:8]}..., {price}"
                yield Moment(task["accepted_at"], "submitted", f"the provider took it: {charge}")
        for delivery in self._control("deliveries"):
            if delivery["task_id"] == task_id and delivery["attempt"] == 1:
                yield Moment(delivery["started_at"], "callback", "the provider calls back")
        for request in self._control("requests"):
            if request["task_id"] == task_id and request["kind"] == "file" and request["ended_at"]:
                size = f"{request['bytes']:,} bytes streamed from the provider to S3"
                yield Moment(request["ended_at"], "transferred", size)

    def _control(self, name: str) -> Any:
        return self._http.get(f"{self._stack.provider_url}/_simulator/{name}").raise_for_status().json()


def _instant(item: dict[str, Any], name: str) -> float | None:
    return int(item[name]["N"]) / 1000 if name in item else None


def _text(item: dict[str, Any], name: str) -> str | None:
    return str(item[name]["S"]) if name in item else None

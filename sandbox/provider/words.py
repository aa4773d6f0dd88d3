"""What each provider says in its own words, and what both have in common: where requests go, how tasks and refusals are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.provider.behaviour import View
from sandbox.provider.contract import Contract
from sandbox.provider.tasks import Task


@dataclass(frozen=True)
class Submit:
    """A request for a task; `model` is none if there is no such path."""

    model: str | None


@dataclass(frozen=True)
class LookUp:
    """A question about a task; `model` is what the path names, if it names one that exists."""

    task_id: str
    model: str | None = None
    found: bool = True  # whether there is such a path


class Words(Protocol):
    """One provider's way of saying things."""

    provider: str
    contract: Contract
    origin: str  # of this server, which the files lie on

    def route(self, method: str, path: list[str], query: Mapping[str, str]) -> Submit | LookUp | None:
        """What a request below the base path asks for; none if it is not for this provider."""

    def no_such_model(self) -> str:
        """The detail of the 404 for a path that names no model."""

    def new_task_id(self) -> str:
        """An id as this provider forms them."""

    def callback_url(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> str | None:
        """Where a valid request wants its callback; the headers' names are in lower case, here and below."""

    def shown(
        self, body: dict[str, Any], headers: Mapping[str, str]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Body and telling headers of a request, the callback URL withheld."""

    def fields(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The model's own fields of a body."""

    def accepted(self, task: Task) -> Any:
        """The `data` of the answer to a submit."""

    def refusal(self, status: int, detail: str | None = None) -> dict[str, Any]:
        """The body of a documented error."""

    def limit_headers(self, most: int, left: int, reset: float) -> dict[str, str]:
        """The headers about a limit of so many calls in a while."""

    def status(self, task: Task, state: str, view: View, urls: list[str]) -> dict[str, Any]:
        """The body of a look-up and of a callback, for a task in this state."""

    def callback_headers(self, task_id: str, state: str, delivery_id: str, attempt: int) -> dict[str, str]:
        """The headers of one attempt to hand over a callback."""


def envelope(words: Words, data: Any) -> dict[str, Any]:
    """A documented success."""
    return {"code": words.contract.data["success"]["code"], "message": "success", "data": data}


def told(words: Words, task: Task, state: str, view: View, urls: list[str]) -> dict[str, Any]:
    """The body of a look-up or a callback, with the word for the state that was asked for."""
    payload = words.status(task, state, view, urls)
    payload["data"][words.contract.data["task_fields"]["state"]] = view["status.words"].get(state, state)
    return payload


def links(words: Words, task: Task, view: View) -> list[str]:
    """Where the task's videos are."""
    base = view["result.origin"] or words.origin
    return [f"{base}/files/{task.task_id}/{number}.mp4" for number in range(view["result.count"])]


def milliseconds(seconds: float) -> int:
    """Unix seconds as both providers write times and durations."""
    return round(seconds * 1000)

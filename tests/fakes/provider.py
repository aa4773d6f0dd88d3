"""A provider whose answers a test writes down beforehand."""

import json
from collections.abc import Callable, Mapping

from reelhook.domain.answers import Accepted, Hint, Running, SubmitAnswer, TaskAnswer
from reelhook.domain.errors.running import ProviderKeyError
from reelhook.domain.request import VideoRequest

type Scripted[Answer] = Answer | Callable[[], Answer]


class FakeProvider:
    """`Provider`. Scripts run out to the everyday: task-1, task-2, ... accepted, every look-up `Running`.

    A scripted answer may be a function, called where the wire would be: what it does happens during the POST.
    `paid` are the requests that were accepted, by task; `looked_up` the tasks that were asked for, in order.
    """

    def __init__(self) -> None:
        self.submit_answers: list[Scripted[SubmitAnswer]] = []
        self.task_answers: dict[str, list[Scripted[TaskAnswer]]] = {}
        self.configured = True
        self.sent: list[tuple[VideoRequest, str]] = []
        self.paid: dict[str, VideoRequest] = {}
        self.looked_up: list[str] = []

    def prepare(self, request: VideoRequest, callback_url: str) -> "_Prepared":
        if not self.configured:
            raise ProviderKeyError("apixo-api-key", "is missing")
        return _Prepared(self, request, callback_url)

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:  # noqa: ARG002 - the port's words
        self.looked_up.append(task_id)
        answers = self.task_answers.get(task_id, [])
        if not answers:
            return Running("processing")
        scripted = answers.pop(0) if len(answers) > 1 else answers[0]
        return scripted() if callable(scripted) else scripted

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> Hint:  # noqa: ARG002 - the port's words
        try:
            claimed = json.loads(body)
            return Hint(claimed.get("taskId"), claimed.get("state") == "success")
        except (ValueError, AttributeError):
            return Hint(None)

    def answers_task(self, task_id: str, *answers: Scripted[TaskAnswer]) -> None:
        """What look-ups of a task are answered, in order; the last one for good."""
        self.task_answers[task_id] = list(answers)


class _Prepared:
    def __init__(self, provider: FakeProvider, request: VideoRequest, callback_url: str) -> None:
        self._provider, self._request, self._callback_url = provider, request, callback_url

    def send(self) -> SubmitAnswer:
        provider = self._provider
        provider.sent.append((self._request, self._callback_url))
        everyday: Scripted[SubmitAnswer] = Accepted(f"task-{len(provider.sent)}")
        scripted = provider.submit_answers.pop(0) if provider.submit_answers else everyday
        answer = scripted() if callable(scripted) else scripted
        if isinstance(answer, Accepted):
            provider.paid[answer.task_id] = self._request
        return answer

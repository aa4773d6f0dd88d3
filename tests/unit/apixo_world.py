"""What the tests of APIXO share: one provider with a scripted other side, requests, and the page's own examples."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from reelhook.domain.answers import SubmitAnswer, TaskAnswer
from reelhook.domain.request import Mode, VideoRequest
from reelhook.providers.apixo import Apixo
from reelhook.providers.catalog import catalog

BASE = "https://api.apixo.ai/api/v1"
KEY = "key-0123456789abcdef"
MODEL = "apixo/seedance-2-0-fast"
CALLBACK_URL = "https://hooks.example/v1/callbacks/apixo/video_abc/k1.1790000000." + "m" * 43
TASK = "task_12345678"
PROMPT = "a cinematic tracking shot through a rainy neon street"

# From the model's page, letter for letter.
ACCEPTED = b'{"code": 200, "message": "success", "data": {"taskId": "task_12345678"}}'
PROCESSING = (
    b'{"code": 200, "message": "success", "data": {"taskId": "task_12345678", "state": "processing",'
    b' "createTime": 1767965610929}}'
)
SUCCEEDED = (
    b'{"code": 200, "message": "success", "data": {"taskId": "task_12345678", "state": "success",'
    b' "resultJson": "{\\"resultUrls\\":[\\"https://file.apixo.ai/video.mp4\\"]}",'
    b' "createTime": 1767965610929, "completeTime": 1767965910929, "costTime": 300000}}'
)
FAILED = (
    b'{"code": 200, "message": "success", "data": {"taskId": "task_12345678", "state": "failed",'
    b' "failCode": "PromptInvalid", "failMsg": "Prompt is invalid or rejected by provider",'
    b' "createTime": 1767965610929, "completeTime": 1767965620132}}'
)

type Side = Callable[[httpx.Request], httpx.Response]


def request(mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> VideoRequest:
    """A client's request, with only the model, the mode and the prompt set."""
    return VideoRequest(**{"model": MODEL, "mode": mode, "prompt": PROMPT, **fields})


def apixo(side: Side, safe_statuses: frozenset[int] = frozenset({429}), key: str = KEY) -> Apixo:
    """The provider, with the other side played by a function."""
    transport = httpx.MockTransport(side)
    return Apixo(BASE, lambda: key, catalog(None, None), safe_statuses, transport=transport)


def submitted(
    status: int, body: bytes | dict[str, Any] = b"", safe: frozenset[int] = frozenset({429}), **headers: str
) -> SubmitAnswer:
    """What a submit makes of this answer."""
    return apixo(_answering(status, body, headers), safe).prepare(request(), CALLBACK_URL).send()


def looked_up(status: int, body: bytes | dict[str, Any] = b"", task_id: str = TASK) -> TaskAnswer:
    """What a look-up makes of this answer."""
    return apixo(_answering(status, body, {})).look_up(MODEL, task_id, 3)


def task(**data: Any) -> dict[str, Any]:
    """An envelope around a status answer's data."""
    return {"code": 200, "message": "success", "data": {"taskId": TASK, **data}}


def answer(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> httpx.Response:
    """An answer whose body comes as a stream, as over the wire: nothing is read or decoded beforehand."""
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)


def _answering(status: int, body: bytes | dict[str, Any], headers: dict[str, str]) -> Side:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: answer(status, content, named)

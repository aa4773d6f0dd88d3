"""What the tests of Modellix share: one provider with a scripted other side, and the pages' own examples."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from reelhook.domain.answers import SubmitAnswer, TaskAnswer
from reelhook.domain.request import Mode, VideoRequest
from reelhook.providers.catalog import catalog
from reelhook.providers.modellix import Modellix

BASE = "https://api.modellix.ai/api/v1"
KEY = "mdlx-0123456789abcdef"
MODEL = "modellix/seedance-1.0-pro-fast-t2v"
CALLBACK_URL = "https://hooks.example/v1/callbacks/modellix/video_abc/k1.1790000000." + "m" * 43
TASK = "task-abc123"
LINK = "https://file.modellix.ai/out/video.mp4"
FRAME = "https://file.modellix.ai/out/last.png"

# From the model's page (seedance-1.0-pro-fast-t2v, "200"), letter for letter.
ACCEPTED = b"""{
  "code": 0,
  "message": "success",
  "data": {
    "status": "pending",
    "task_id": "task-abc123",
    "model_id": "model-123",
    "get_result": {
      "method": "GET",
      "url": "https://api.modellix.ai/api/v1/tasks/task-abc123"
    }
  }
}"""
# "Query task result" page.
PENDING = (
    b'{"code":0,"message":"success","data":{"status":"pending","task_id":"task-abc123",'
    b'"model_id":"qwen-image-plus"}}'
)
# The union of what pages, posts and clients show of a success.
SUCCEEDED = (
    b'{"code":0,"message":"success","data":{"status":"success","task_id":"task-abc123","model_id":"x",'
    b'"duration":41230,"result":{"resources":[{"url":"https://file.modellix.ai/out/video.mp4","type":"video",'
    b'"width":1366,"height":768,"format":"mp4","role":"primary"}],'
    b'"metadata":{"image_count":1,"request_id":"req-1"},"extensions":{"submit_time":"a","end_time":"b"}},'
    b'"billing":{"status":"succeeded","amount":"0.2400"},"result_expires_at":1786418800891}}'
)
FAILED = b'{"code":0,"message":"success","data":{"status":"failed","task_id":"task-abc123"}}'

type Side = Callable[[httpx.Request], httpx.Response]


def request(model: str = MODEL, mode: Mode = Mode.TEXT_TO_VIDEO, **fields: Any) -> VideoRequest:
    """A client's request, with only the model, the mode and the prompt set."""
    return VideoRequest(**{"model": model, "mode": mode, "prompt": "<string>", **fields})


def modellix(side: Side, safe_statuses: frozenset[int] = frozenset({429}), key: str = KEY) -> Modellix:
    """The provider, with the other side played by a function."""
    transport = httpx.MockTransport(side)
    return Modellix(BASE, lambda: key, catalog(None, None), safe_statuses, transport=transport)


def submitted(
    status: int,
    body: bytes | dict[str, Any] = b"",
    safe: frozenset[int] = frozenset({429}),
    headers: dict[str, str] | None = None,
) -> SubmitAnswer:
    """What a submit makes of this answer."""
    return modellix(_answering(status, body, headers or {}), safe).prepare(request(), CALLBACK_URL).send()


def looked_up(status: int, body: bytes | dict[str, Any] = b"", task_id: str = TASK) -> TaskAnswer:
    """What a look-up makes of this answer."""
    return modellix(_answering(status, body, {})).look_up(MODEL, task_id, 3)


def task(**data: Any) -> dict[str, Any]:
    """An envelope around a status answer's data."""
    return {"code": 0, "message": "success", "data": {"task_id": TASK, **data}}


def error(status: int, message: str) -> dict[str, Any]:
    """An error as the pages show it: the code is the HTTP status."""
    return {"code": status, "message": message}


def _answering(status: int, body: bytes | dict[str, Any], headers: dict[str, str]) -> Side:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(status, stream=httpx.ByteStream(content), headers=headers)

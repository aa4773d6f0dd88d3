"""Bodies as the provider's pages show them, and as siblings of the same protocol send them: none may be refused."""

import json
from typing import Any

TASK_ID = "task-1"
LINK = "https://file.apixo.ai/results/1.mp4"
LISTED = json.dumps({"resultUrls": [LINK]})
TIMES = {"createTime": 1767965610929, "completeTime": 1767965910929}
DONE = {"taskId": TASK_ID, "state": "success", "resultJson": LISTED, **TIMES, "costTime": 300000}
REFUSED = {"taskId": TASK_ID, "state": "failed", "failCode": "PromptInvalid", "failMsg": "Prompt is invalid"}
RUNNING = {"taskId": TASK_ID, "state": "processing", "createTime": 1767965610929}


def _enveloped(data: object, **more: Any) -> dict[str, Any]:
    return {"code": 200, "message": "success", "data": data, **more}


PAGES: dict[str, Any] = {  # letter for letter, but for the id and the link
    "a success": _enveloped(DONE),
    "a success without its cost": _enveloped({**DONE, "costTime": None}),
    "a failure": _enveloped({**REFUSED, **TIMES}),
    "a failure of an image": _enveloped({**REFUSED, "failCode": "ImageNotAccess", "failMsg": "é" * 3_000}),
    "processing": _enveloped(RUNNING),
    "pending": _enveloped({**RUNNING, "state": "pending"}),
    "copying its result": _enveloped({**RUNNING, "state": "processing_r2"}),
}
RESULTS: dict[str, Any] = {  # where siblings and old pages put the links
    "several links": _enveloped({**DONE, "resultJson": json.dumps({"resultUrls": [LINK, f"{LINK}?b"]})}),
    "a decoded result": _enveloped({**DONE, "resultJson": {"resultUrls": [LINK]}}),
    "a bare link": _enveloped({**DONE, "resultJson": LINK}),
    "a list of links": _enveloped({**DONE, "resultJson": json.dumps([LINK])}),
    "objects with links": _enveloped({**DONE, "resultJson": json.dumps({"videos": [{"url": LINK}]})}),
    "a result encoded twice": _enveloped({**DONE, "resultJson": json.dumps(LISTED)}),
    "empty reasons": _enveloped({**DONE, "failCode": "", "failMsg": "", "param": "{}", "model": "x"}),
    "a status": _enveloped({"task_id": TASK_ID, "status": "SUCCEEDED", "resultJson": LISTED}),
    "escapes and emoji": _enveloped({**DONE, "prompt": "\U0001f30a\u2028 é", "x": [None, 1.5, True]}),
}
SIBLINGS: dict[str, Any] = {  # callbacks only: their look-ups are not ours
    "another word for the message": {"code": 200, "msg": "ok", "data": DONE},
    "an older family": {
        "code": 200,
        "msg": "ok",
        "data": {"task_id": TASK_ID, "info": {"result_urls": [LINK]}},
    },
    "flat": {"taskId": TASK_ID, "state": "success", "resultJson": LISTED},
    "flat with an id": {"id": TASK_ID, "status": "completed", "output": {"urls": [LINK]}, "error": None},
    "code 0": {
        "code": 0,
        "msg": "ok",
        "data": {"taskId": TASK_ID, "status": "succeeded", "failure_reason": ""},
    },
    "flat with an underscore": {"task_id": TASK_ID, "status": "succeeded", "result": {"urls": [LINK]}},
    "an id inside": {"event": "task.done", "data": {"id": TASK_ID, "status": "completed"}},
    "an error's code": {"code": 501, "message": "failed", "data": {"taskId": TASK_ID, "state": "fail"}},
}
LOOK_UPS = {name: json.dumps(body).encode() for name, body in {**PAGES, **RESULTS}.items()}
CALLBACKS = LOOK_UPS | {name: json.dumps(body).encode() for name, body in SIBLINGS.items()}

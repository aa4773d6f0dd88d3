"""The wired world whose provider is Modellix: its real client, its paths, its headers, a last frame beside the video."""

import json
from urllib.parse import unquote

from reelhook.domain.answers import NotAnswered
from reelhook.domain.ports.providers import Provider
from reelhook.providers.catalog import catalog
from reelhook.providers.modellix import Modellix
from tests.reliability.faults import Mind
from tests.reliability.scenarios.modellix import ready
from tests.reliability.wire.faults import Reply
from tests.reliability.wire.wired import HOST, KEY, Spoken, WiredWorld, Words


class WiredModellix(WiredWorld):
    """Its two calls as its pages and posts describe them."""

    words = Words(0, "task_id", "status")
    files = 2

    def __init__(self, mind: Mind) -> None:
        super().__init__(mind)
        self.modellix = ready(self, frame=True)
        self.hosts.base = f"{HOST}/"

    def provider_port(self) -> Provider:
        return Spoken(self.network, Modellix(f"{HOST}/api/v1", lambda: KEY, catalog(None, None)))

    def _submit(self, target: str, head: bytes, body: bytes) -> Reply:
        assert target == "/api/v1/bytedance/seedance-1.0-pro-fast-t2v"
        assert json.loads(body) == {"prompt": "A lighthouse", "return_last_frame": True}
        lines = [line.decode().partition(": ") for line in head.split(b"\r\n")]
        [callback_url] = [value for name, _, value in lines if name.lower() == "x-webhook-url"]
        task = self.modellix.accept(callback_url)
        data = {"status": "pending", "task_id": task.id, "model_id": "model-123"}
        return Reply("200 OK", json.dumps({"code": 0, "message": "success", "data": data}).encode())

    def _status(self, target: str, answered: bool) -> Reply:
        task_id = unquote(target.removeprefix("/api/v1/tasks/"))
        answer = self.modellix.look_up("", task_id, 0)
        if not answered:
            self.modellix.answered[task_id] -= 1  # what never came was not answered
        if isinstance(answer, NotAnswered):
            return Reply("503 Told", b'{"code": 503, "message": "Service unavailable"}')
        status, body = self.modellix.told(task_id, self.clock())
        return Reply(f"{status} Told", body)

"""A client of the simulated Modellix, and the requests that its pages show, letter for letter."""

from typing import Any

from tests.unit.simulated_provider.client import Answer, Client

FAST, PRO_FAST = "seedance-2.0-fast-i2v", "seedance-1.0-pro-fast-t2v"
PRO, EDIT = "seedance-1.5-pro-i2v", "seedance-2.0-v2v"
PATHS = {
    FAST: "/bytedance/seedance-2.0-fast-i2v/async",
    PRO_FAST: "/bytedance/seedance-1.0-pro-fast-t2v",
    PRO: "/bytedance/seedance-1.5-pro-i2v/async",
    EDIT: "/bytedance/seedance-2.0-v2v/async",
}
PROMPT = {"prompt": "<string>"}
SMILE = {"first_frame_image": "https://example.com/image.jpg", "prompt": "The person smiles and waves"}
EDITED = {"prompt": "Make it snow in [Video 1]", "video_urls": ["https://example.com/video.mp4"]}
SHORTEST: dict[str, dict[str, Any]] = {FAST: PROMPT, PRO_FAST: PROMPT, PRO: SMILE, EDIT: EDITED}


class ModellixClient(Client):
    """Speaks to the simulated Modellix as the product and as a test would."""

    @property
    def key(self) -> dict[str, str]:
        """The header that carries the key."""
        return {"Authorization": f"Bearer {self.simulator.modellix_api_key}"}

    def submit(self, fields: Any = None, callback_url: str | None = None, model: str = FAST) -> Answer:
        """Submit a request; without fields, the model's shortest."""
        body = SHORTEST[model] if fields is None else fields
        headers = {"X-Webhook-URL": callback_url} if callback_url else {}
        return self.post_path(PATHS[model], body, headers)

    def post_path(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Answer:
        """Post any body to any path below the base."""
        told = self.key | {"Content-Type": "application/json"} | (headers or {})
        return self.call("POST", f"/api/v1{path}", body, told)

    def look_up(self, task_id: str, model: str = "") -> Answer:  # noqa: ARG002 - a task's path names no model here
        """Look a task up."""
        return self.call("GET", f"/api/v1/tasks/{task_id}", headers=self.key)

    def started(self, fields: Any = None, callback_url: str | None = None, model: str = FAST) -> str:
        """Submit a task; its id."""
        return str(self.submit(fields, callback_url, model).json["data"]["task_id"])

    def finished(self, callback_url: str | None = None, fields: Any = None, model: str = FAST) -> str:
        """Submit a task and end it; its id."""
        task_id = self.started(fields, callback_url, model)
        self.control(f"tasks/{task_id}/finish", {})
        return task_id

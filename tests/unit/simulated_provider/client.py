"""What the tests of the simulated provider share: a client, and the page's three requests."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.provider.server import Simulator

MODEL = "seedance-2-0-fast"
SETTINGS = {"resolution": "720p", "duration": 5, "sound": True, "web_search": False}
TEXT = {
    "mode": "text-to-video",
    "prompt": "a cinematic tracking shot through a rainy neon street",
    "aspect_ratio": "16:9",
    **SETTINGS,
}
FRAMES = {
    "mode": "first_and_last_frames",
    "prompt": "turn the still frames into a smooth cinematic camera move",
    "image_urls": ["https://example.com/frame-start.png", "https://example.com/frame-end.png"],
    "aspect_ratio": "9:16",
    **SETTINGS,
}
OMNI = {
    "mode": "omni_reference",
    "prompt": "create a stylish product ad using the visual references and voice rhythm",
    "image_urls": ["https://example.com/product-shot.png"],
    "video_urls": ["https://example.com/ref-motion.mp4"],
    "audio_urls": ["https://example.com/ref-audio.mp3"],
    "aspect_ratio": "auto",
    **SETTINGS,
    "resolution": "480p",
    "duration": 6,
}
PICTURE, CLIP, SOUND = "https://example.com/a.png", "https://example.com/a.mp4", "https://example.com/a.mp3"
HOOK = "https://example.com/callbacks/1"


def omni(**changes: Any) -> dict[str, Any]:
    """The page's reference request with other media, or none."""
    plain = {key: value for key, value in OMNI.items() if not key.endswith("_urls")}
    return plain | changes


@dataclass
class Answer:
    """One HTTP answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """Speaks to a simulator as the product and as a test would."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def call(
        self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request; a body that is not bytes is sent as JSON."""
        parts = urlsplit(url if "://" in url else self.simulator.url + url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        try:
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request(method, target, data, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    @property
    def key(self) -> dict[str, str]:
        """The header that carries the key."""
        return {"Authorization": f"Bearer {self.simulator.api_key}"}

    def submit(self, fields: Any = None, callback_url: str | None = None, model: str = MODEL) -> Answer:
        """Submit a request."""
        body = {"request_type": "async", "input": TEXT if fields is None else fields}
        if callback_url:
            body |= {"request_type": "callback", "callback_url": callback_url}
        return self.post_task(body, model)

    def post_task(self, body: Any, model: str = MODEL) -> Answer:
        """Post any body as a task."""
        headers = self.key | {"Content-Type": "application/json"}
        return self.call("POST", f"/api/v1/generateTask/{model}", body, headers)

    def look_up(self, task_id: str, model: str = MODEL) -> Answer:
        """Look a task up."""
        return self.call("GET", f"/api/v1/statusTask/{model}?taskId={task_id}", headers=self.key)

    def finished(self, callback_url: str | None = None) -> str:
        """Submit a task and end it; its id."""
        task_id = str(self.submit(callback_url=callback_url).json["data"]["taskId"])
        self.control(f"tasks/{task_id}/finish", {})
        return task_id

    def control(self, path: str, body: Any = None) -> Any:
        """A control request: POST with a body, GET without."""
        return self.call("GET" if body is None else "POST", f"/_simulator/{path}", body).json

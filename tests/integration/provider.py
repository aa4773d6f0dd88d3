"""The simulated providers' control endpoints, for tests."""

from typing import Any

import httpx

TELLING = 12  # characters: a shorter prompt, as a fuzzer may send, stands in any line by chance
MEDIA_LISTS = ("image_urls", "video_urls", "audio_urls", "reference_images")
MEDIA_FIELDS = ("first_frame_image", "last_frame_image")


class Provider:
    """Tells the providers how to behave, and asks what happened there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.secrets: dict[str, str] = {}  # what it was told and never may be logged -> what that is
        self._control = httpx.Client(base_url=f"{url}/_simulator/", trust_env=False, timeout=60)

    def close(self) -> None:
        """Let the connections go."""
        self._control.close()

    def behave(self, **sections: Any) -> None:
        """Misbehave from now on, e.g. `callback={"when": "never"}`."""
        self._post("behaviour", sections)

    def behave_for(self, task_id: str, /, **sections: Any) -> None:
        """Misbehave about one task, e.g. `outcome={"fail_code": "NSFW"}`."""
        self._post(f"tasks/{task_id}/behaviour", sections)

    def reset(self) -> None:
        """Behave well, and forget every task, request and delivery."""
        self.learn_secrets()
        self._post("reset", {"tasks": True})

    def learn_secrets(self) -> None:
        """Remember what the tasks so far came with: callback URLs, their tokens, prompts, media."""
        for task in self.tasks():
            url, fields = self.callback_url(task["task_id"]), task["body"].get("input", task["body"])
            if url:
                self.secrets |= {url: "a callback URL", url.rpartition("/")[2]: "a token"}
            if len(fields.get("prompt", "")) >= TELLING:
                self.secrets[fields["prompt"]] = "a prompt"
            media = [link for name in MEDIA_LISTS for link in fields.get(name, [])]
            media += [fields[name] for name in MEDIA_FIELDS if name in fields]
            self.secrets |= dict.fromkeys(media, "a client's link")

    def tasks(self, video_id: str = "") -> list[dict[str, Any]]:
        """Every accepted, thus paid, task (of one video), in order."""
        tasks: list[dict[str, Any]] = self._get("ledger")["tasks"]
        return [task for task in tasks if video_id in self.callback_url(task["task_id"])]

    def tasks_asking_for(self, prompt: str) -> list[dict[str, Any]]:
        """Every accepted task with this prompt: what earlier tests left in the queue may be sent meanwhile."""
        return [
            task for task in self.tasks() if task["body"].get("input", task["body"]).get("prompt") == prompt
        ]

    def tasks_by_video(self) -> dict[str, list[dict[str, Any]]]:
        """Every task under its video's id, all of them asked for once."""
        found: dict[str, list[dict[str, Any]]] = {}
        for task in self.tasks():
            found.setdefault(self.callback_url(task["task_id"]).split("/")[-2], []).append(task)
        return found

    def task_id(self, video_id: str) -> str:
        """The one task of a video."""
        (task,) = self.tasks(video_id)
        return str(task["task_id"])

    def requests(self, kind: str | None = None, task_id: str | None = None) -> list[dict[str, Any]]:
        """What the provider was asked: kind `submit`, `look_up` or `file`."""
        return [
            request
            for request in self._get("requests")
            if kind in (None, request["kind"]) and task_id in (None, request["task_id"])
        ]

    def deliveries(self, task_id: str | None = None) -> list[dict[str, Any]]:
        """Attempts to hand over callbacks."""
        return [each for each in self._get("deliveries") if task_id in (None, each["task_id"])]

    def callback_url(self, task_id: str) -> str:
        """Where a task's callback goes, if it was asked for: a secret between the provider and us."""
        return str(self._get(f"tasks/{task_id}/callback_url")["callback_url"] or "")

    def file(self, task_id: str, number: int = 0) -> dict[str, Any]:
        """A finished task's result: `url`, `bytes`, `sha256`, `crc32`."""
        file: dict[str, Any] = self._get(f"tasks/{task_id}/files/{number}")
        return file

    def last_frame(self, task_id: str) -> dict[str, Any]:
        """A finished task's last frame: `url`, `bytes`, `sha256`, `crc32`."""
        file: dict[str, Any] = self._get(f"tasks/{task_id}/files/last_frame")
        return file

    def finish(self, task_id: str) -> None:
        """End a task now."""
        self._post(f"tasks/{task_id}/finish", {})

    def deliver(self, task_id: str, /, **callback: Any) -> list[int | None]:
        """Post a task's callback now, once, and say how it was answered; keys of the `callback` section may change it."""
        deliveries = self._post(f"tasks/{task_id}/deliver", callback)["deliveries"]
        return [delivery["status"] for delivery in deliveries]

    def _get(self, path: str) -> Any:
        return self._control.get(path).raise_for_status().json()

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self._control.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

"""Driving a running sandbox from a test: ask for videos, wait for them, sabotage, look behind the scenes."""

import os
import signal
import time
from collections.abc import Mapping
from typing import Any

import httpx

from operations.keys import create_key
from sandbox.options import SIMULATED_KEY
from sandbox.processes import find_function_processes
from sandbox.stack import Stack
from tests.integration.operating import Operator
from tests.integration.provider import Provider
from tests.integration.waiting import until
from tests.openapi import check_documented

PROMPT = "A paper boat sails down a rainy street"


class Driver(Operator):
    """One running stack, as its client, its operator and its saboteur."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack)
        self.provider = Provider(stack.provider_url)
        self.secrets = self.provider.secrets
        self.secrets |= {PROMPT: "a prompt", SIMULATED_KEY: "the provider's key"}
        self._clients: list[httpx.Client] = []
        self.api = self._client_with(stack.api_key)

    def close(self) -> None:
        """Let the connections go."""
        for client in self._clients:
            client.close()
        self.provider.close()

    # As a client

    def client_of(self, owner: str) -> httpx.Client:
        """A client with a key of its own."""
        table = self.stack.accounts_table
        return self._client_with(create_key(self.client("dynamodb"), table, owner, time.time_ns() // 10**6))

    def client_bearing(self, headers: Mapping[str, str]) -> httpx.Client:
        """A client that says so who it is; every answer it gets is held against the API's document."""
        client = httpx.Client(
            base_url=self.stack.api_url,
            headers=headers,
            trust_env=False,
            timeout=40,
            event_hooks={"response": [check_documented]},
        )
        self._clients.append(client)
        return client

    def submit(
        self, prompt: str = PROMPT, *, headers: Mapping[str, str] | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Ask for a video; the answer must be 202."""
        answer = self.api.post("/v1/videos", json={"prompt": prompt, **fields}, headers=headers)
        assert answer.status_code == 202, f"{answer.status_code} {answer.text}"
        video: dict[str, Any] = answer.json()
        return video

    def get(self, video_id: str) -> dict[str, Any]:
        """The video as its client sees it."""
        answer = self.api.get(f"/v1/videos/{video_id}")
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        video: dict[str, Any] = answer.json()
        return video

    def wait_for(self, video_id: str, status: str = "completed", timeout: float = 30) -> dict[str, Any]:
        """Wait until the client sees this status."""
        return until(lambda: self.get(video_id), lambda video: video["status"] == status, timeout)

    def link(self, video_id: str, index: int = 0) -> str:
        """A presigned link to a stored file."""
        query = {"index": str(index), "redirect": "false"}
        answer = self.api.get(f"/v1/videos/{video_id}/content", params=query)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        link = str(answer.json()["url"])
        self.secrets[link] = "a presigned link"
        return link

    def content(self, video_id: str, index: int = 0) -> bytes:
        """The stored file, fetched as a client would."""
        answer = httpx.get(self.link(video_id, index), trust_env=False, timeout=60)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return answer.content

    # As the saboteur

    def processes(self, handler: str) -> list[int]:
        """The processes that run a handler, e.g. `transfer_video`."""
        return find_function_processes(handler, self.stack.ministack)

    def kill(self, handler: str) -> int:
        """kill -9 every process of a handler; says how many there were."""
        found = self.processes(handler)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return len(found)

    def _client_with(self, key: str) -> httpx.Client:
        self.secrets[key] = "an API key"
        return self.client_bearing({"Authorization": f"Bearer {key}"})

"""Driving a running sandbox from a test: ask for videos, wait for them, look behind the scenes."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from boto3.dynamodb.types import TypeDeserializer

from sandbox.logs import LogLine, log_lines
from sandbox.processes import find_function_processes
from sandbox.stack import Stack
from sandbox.ticks import tick
from tests.integration.provider import Provider

PROMPT = "A paper boat sails down a rainy street"
LOOK_SECONDS = 0.02

_PLAIN = TypeDeserializer().deserialize


class Driver:
    """One running stack, as its client, its operator and its saboteur."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.client = stack.clients()
        self.provider = Provider(stack.provider_url)
        self.api = httpx.Client(
            base_url=stack.api_url,
            headers={"Authorization": f"Bearer {stack.api_key}"},
            trust_env=False,
            timeout=40,
        )

    def close(self) -> None:
        """Let the connections go."""
        self.api.close()
        self.provider.close()

    # As a client

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

    def wait_for(self, video_id: str, status: str = "completed", timeout: float = 20) -> dict[str, Any]:
        """Wait until the client sees this status."""
        return until(lambda: self.get(video_id), lambda video: video["status"] == status, timeout)

    def content(self, video_id: str, index: int = 0) -> bytes:
        """The stored file, fetched as a client would."""
        answer = self.api.get(
            f"/v1/videos/{video_id}/content", params={"index": index}, follow_redirects=True
        )
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return answer.content

    # As the operator

    def item(self, video_id: str) -> dict[str, Any]:
        """The video's item with plain values; empty if there is none."""
        key = {"pk": {"S": f"video#{video_id}"}, "sk": {"S": "video"}}
        answer = self.client("dynamodb").get_item(TableName=self.stack.table, Key=key, ConsistentRead=True)
        return {name: _PLAIN(value) for name, value in answer.get("Item", {}).items()}

    def wait_for_item(
        self, video_id: str, fits: Callable[[dict[str, Any]], bool], timeout: float = 20
    ) -> dict[str, Any]:
        """Wait until the video's item fits."""
        return until(lambda: self.item(video_id), fits, timeout)

    def versions(self, video_id: str) -> list[dict[str, Any]]:
        """Every version of every object of a video, deleted ones included."""
        answer = self.client("s3").list_object_versions(
            Bucket=self.stack.media_bucket, Prefix=f"videos/{video_id}/"
        )
        return [*answer.get("Versions", []), *answer.get("DeleteMarkers", [])]

    def open_uploads(self, video_id: str) -> list[dict[str, Any]]:
        """Multipart uploads under way for a video."""
        answer = self.client("s3").list_multipart_uploads(
            Bucket=self.stack.media_bucket, Prefix=f"videos/{video_id}/"
        )
        return list(answer.get("Uploads", []))

    def tick(self, function: str) -> None:
        """Start a scheduled function now, by its logical id."""
        tick(self.client("lambda"), self.stack.functions[function])

    def log_lines(self) -> list[LogLine]:
        """All that was logged so far."""
        return list(log_lines(self.stack))

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


def until[T](look: Callable[[], T], fits: Callable[[T], bool], timeout: float) -> T:
    """Look again and again until what is seen fits."""
    end = time.monotonic() + timeout
    while not fits(seen := look()):
        assert time.monotonic() < end, f"not within {timeout} s; last seen: {seen}"
        time.sleep(LOOK_SECONDS)
    return seen

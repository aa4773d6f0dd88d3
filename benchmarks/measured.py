"""The measured process: TransferVideo's own handler and wiring; only the table is in memory, and nothing else is replaced.

The first link is small and makes everything ready (imports, clients, connections); the second one is measured.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from awslambdaric.lambda_context import LambdaContext  # type: ignore[import-untyped]

from functions.transfer_video import handler
from reelhook.domain.video import State, Video
from reelhook.wiring.transfer_video import production
from tests.builders import a_video, a_video_id
from tests.fakes.stores import InMemoryVideos

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:TransferVideo"


def memory(name: str) -> int:
    """A figure of this process in KiB: `VmRSS`, what it holds now, or `VmHWM`, the most it ever held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def transferred(videos: InMemoryVideos, video_id: str, link: str) -> Video:
    """The video after one message of the queue."""
    videos.plant(a_video(State.RESULT_READY, video_id, results=(link,)))
    body = json.dumps({"video_id": video_id})
    seconds = production().settings.transfer_seconds
    context = LambdaContext("request", None, None, int((time.time() + seconds) * 1000), ARN)
    handler({"Records": [{"messageId": "1", "body": body}]}, context)
    video = videos.read(video_id)
    if video is None or video.state is not State.STORED:
        sys.exit(f"the video was not stored: {video and (video.state, video.error)}")
    return video


def main(number: int, small: str, measured: str) -> None:
    """Transfers both links; the last line of the output has the figures."""
    videos = InMemoryVideos()
    vars(production())["videos"] = videos
    transferred(videos, a_video_id(2 * number), small)
    found: dict[str, Any] = {"base": memory("VmHWM"), "held": memory("VmRSS")}
    start = time.monotonic()
    (artifact,) = transferred(videos, a_video_id(2 * number + 1), measured).artifacts
    found |= {"seconds": time.monotonic() - start, "after": memory("VmHWM")}
    found |= {"key": artifact.key, "size": artifact.size, "checksum": artifact.checksum}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])

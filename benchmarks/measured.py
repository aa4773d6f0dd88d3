"""The measured process: TransferVideo's own handler and wiring; only the table is in memory, and nothing else is replaced.

The first link is small and makes everything ready (imports, clients, connections); the second one is measured. The handler
is the project's own, or with `BENCHMARK_HANDLER` the module of a build, which then has to be on the path.
"""

import importlib
import json
import os
import sys
from typing import Any

from benchmarks.lambdas.started import Context
from benchmarks.meter import end_connections, memory, metered
from reelhook.domain.video import State, Video
from reelhook.wiring.transfer_video import production
from tests.builders import a_video, a_video_id
from tests.fakes.stores import InMemoryVideos

handler = importlib.import_module(os.environ.get("BENCHMARK_HANDLER", "functions.transfer_video")).handler


def transferred(videos: InMemoryVideos, video_id: str, link: str) -> Video:
    """The video after one message of the queue."""
    videos.plant(a_video(State.RESULT_READY, video_id, results=(link,)))
    body = json.dumps({"video_id": video_id})
    context = Context(production().settings.transfer_seconds)
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
    end_connections(measured)
    with metered() as figures:
        (artifact,) = transferred(videos, a_video_id(2 * number + 1), measured).artifacts
    found |= figures | {"seconds": figures["wall"], "after": memory("VmHWM")}
    found |= {"link": measured, "key": artifact.key, "size": artifact.size, "checksum": artifact.checksum}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])

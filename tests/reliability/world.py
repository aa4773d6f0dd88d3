"""A whole stack in virtual time, and the people around it: clients, somebody with a leaked URL, the operator."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import quote

from operations.recheck import Quiet
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.time import MINUTE, SECOND
from reelhook.domain.video import Video
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.rechecking import Rechecked, Rechecking
from reelhook.wiring.reconcile_videos import ReconcileVideos
from tests.builders import NOW
from tests.images import a_png
from tests.reliability.fault_port import Outage
from tests.reliability.faults import Mind, Mode
from tests.reliability.lambdas import Context, keyless_event, submit_event
from tests.reliability.stack import Stack

SDK_RETRIES, SDK_PAUSE = 2, 420  # openai 3.52: twice, the first time after 0.42 s
DROPPED = {"prompt": "A lighthouse"}
AT_THE_TERMINAL = 10 * MINUTE  # longer than anybody looks at a command


class World(Stack):
    """What may happen to a stack from outside."""

    def __init__(self, mind: Mind) -> None:
        super().__init__(mind)
        self.client_retries = 2
        self.asked: dict[str, Any] | None = None  # by clients with a key; none is the committed request

    def submit(
        self, key: str = "key-1", after: int = 0, retries: int | None = None, image: bytes | None = None
    ) -> None:
        """A client's request; it asks again with the same key until it has an answer that is final."""
        left = self.client_retries if retries is None else retries

        def ask() -> None:
            answer = self.invoke("SubmitVideo", submit_event(key, image, self.asked))
            if (answer is None or answer["statusCode"] >= 500) and left:
                self.submit(key, 5 * SECOND, left - 1, image)

        self.later(after, ask)

    def submit_by_sdk(
        self, after: int = 0, retry: int = 0, cold: int = 0, image: bytes | None = None
    ) -> None:
        """A request without a key; the SDK repeats it after half a second, whether or not it ended meanwhile.

        `cold`: so much later than it arrived its function begins, which no SDK waits for.
        """

        def ask(arrived: int) -> None:
            answer = self.invoke("SubmitVideo", keyless_event(retry, arrived, image))
            if not cold and (answer is None or answer["statusCode"] >= 500) and retry < SDK_RETRIES:
                self.submit_by_sdk(SDK_PAUSE, retry + 1, image=image)

        arrives = self.clock() + after
        self.later(after + cold, lambda: ask(arrives))
        if cold:
            self.submit_by_sdk(after + SDK_PAUSE, retry + 1, image=image)

    def drop(
        self,
        name: str = "still.png",
        after: int = 0,
        events: tuple[int, ...] = (SECOND,),
        request: Any = DROPPED,
        image: bytes = b"",
    ) -> None:
        """An image is dropped; its event comes so long after that, each time that is said. Its end is told by the stream."""
        if not self.watch.videos.listeners:
            self.tell()

        def put() -> None:
            asked = None if request is None else quote(json.dumps(request))
            event = self.dropped.put(f"drops/owner-1/{name}", image or a_png(), asked, self.clock())
            for delay in events:
                self.later(delay, lambda: self.invoke_asynchronously("SubmitDrop", event))

        self.later(after, put)

    def forge(
        self, after: int, task_id: str, times: int = 1, every: int = 10 * SECOND, state: str = "success"
    ) -> None:
        """Somebody who has the callback URL of the first video uses it."""

        def send() -> None:
            for video_id, url in list(self.provider.urls.items())[:1]:
                self.provider.deliveries[video_id] += 1
                self.deliver(url, json.dumps({"taskId": task_id, "state": state}))

        for number in range(times):
            self.later(after + number * every, send)

    def recheck(self, after: int) -> None:
        """The operator asks once more about the first video."""

        def look(rechecking: Rechecking, video_id: str) -> Rechecked:
            self.watch.rechecks[video_id] += 1
            return rechecking.recheck(video_id)

        self._operate(after, look)

    def adopt(self, after: int, task_id: str) -> None:
        """The operator gives the first video a task."""

        def give(rechecking: Rechecking, video_id: str) -> Rechecked:
            self.provider.deliveries[video_id] += 1  # it is a hint, as a callback is
            return rechecking.adopt(video_id, task_id)

        self._operate(after, give)

    def _operate(self, after: int, act: Callable[[Rechecking, str], Rechecked], left: int = 2) -> None:
        """Whoever saw no verdict, but an error, gives the command again."""

        def run() -> None:
            for video_id in [key.id for key in self.watch.videos.items][:1]:
                look = partial(self._look, act, video_id)
                done = self.process("operator", AT_THE_TERMINAL, look)
                if done is None and left:
                    self._operate(MINUTE, act, left - 1)

        self.later(after, run)

    def _look(self, act: Callable[[Rechecking, str], Rechecked], video_id: str, _: Context) -> Rechecked:
        near, quiet = self.wired(ReconcileVideos), Quiet()
        confirmation = Confirmation(near.videos, near.providers, near.catalog, self.clock, quiet, 0)
        return act(Rechecking(near.videos, near.queue, confirmation, self.clock, quiet), video_id)

    def limit_owner(self, videos: str = "", in_flight: str = "", usd: str = "") -> None:
        """What every owner may have: videos a day, in flight, dollars a day."""
        self.environment["OWNER_LIMITS"] = f"{videos},{in_flight},{usd}"
        limits = Limits(
            int(videos) if videos else None,
            int(in_flight) if in_flight else None,
            Decimal(usd) if usd else None,
        )
        self.watch.limits = OwnerLimits(limits)

    def outage(self, calls: str, begin: int, end: int, mode: Mode = Mode.ERROR, every: int = 1) -> None:
        """Calls of this name fail, counted from the start."""
        self.port.outages.append(Outage(calls, NOW + begin, NOW + end, mode, every))

    def only(self) -> Video:
        """The first video."""
        [video_id, *_] = [key.id for key in self.watch.videos.items]
        video = self.watch.videos.read(video_id)
        assert video is not None
        return video

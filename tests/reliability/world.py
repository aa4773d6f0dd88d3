"""A whole stack in virtual time: the real handlers and wiring, with every neighbour behind the fault port."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from reelhook.domain.errors import ReelhookError
from reelhook.domain.time import SECOND
from reelhook.domain.video import Video
from reelhook.wiring import Wiring
from tests.builders import NOW, a_request
from tests.fakes import CountingRandomness, RecordingJournal
from tests.reliability import ports, wire_ports
from tests.reliability.fault_port import FaultPort, Outage, Process
from tests.reliability.faults import Killed, Mind
from tests.reliability.lambdas import ENVIRONMENT, HANDLERS, SIGNING, Context
from tests.reliability.links import Hosts
from tests.reliability.provider import SimulatedProvider
from tests.reliability.timeline import Timeline

VISIBILITY, RECEIVES = 3_000 * SECOND, 5


class World(Timeline):
    """Time, events, functions, and everything around them."""

    def __init__(self, mind: Mind) -> None:
        super().__init__()
        self._randomness = CountingRandomness()
        self.port = FaultPort(mind, self.clock, self.wait, self.later)
        self.hosts = Hosts(self.clock, self.wait)
        self.provider = SimulatedProvider(self, self.hosts)
        self.provider.charged = self.watch.charged
        self.queue_copies = 1
        self.client_retries = 2
        self.environment = dict(ENVIRONMENT)
        self.journal = RecordingJournal()
        self._wirings: dict[str, Wiring] = {}
        self._current = ""

    def run(self) -> None:
        """Until nothing is left to do; then the invariants of rest."""
        self.pass_time(None)
        self.watch.at_rest(self.provider)

    def dispatch(self) -> None:
        self.invoke("DispatchVideos", {})

    def reconcile(self) -> None:
        self.invoke("ReconcileVideos", {})

    # functions

    def invoke(self, name: str, event: Mapping[str, Any]) -> Any:
        """One invocation; nothing comes back from a process that died or raised."""
        module, seconds = HANDLERS[name]
        return self._process(name, seconds, lambda context: module.handler(dict(event), context))

    def _process(self, name: str, time: int, act: Callable[["Context"], Any]) -> Any:
        process, before = Process(name, self.clock() + time), self._current
        self.port.processes.append(process)
        self._current = name
        try:
            return act(Context(self.clock, process.end))
        except Killed:
            self._wirings.pop(name, None)
            return None
        except ReelhookError:
            return None
        finally:
            self.port.processes.pop()
            self._current = before

    def wiring(self) -> Wiring:
        """The wiring of the function that runs now; a killed one starts cold."""
        if self._current not in self._wirings:
            self._wirings[self._current] = self._wired()
        return self._wirings[self._current]

    def _wired(self) -> Wiring:
        wiring = Wiring(self.environment, self.clock, self._randomness)
        wiring.journal = self.journal
        provider = {"apixo": wire_ports.FaultyProvider(self.port, self.provider)}
        wiring.neighbours.__dict__.update(
            videos=ports.FaultyVideos(self.port, self.watch.videos),
            gates=ports.FaultyGates(self.port, self.watch.gates),
            media=wire_ports.FaultyMedia(self.port, self.watch.media),
            results=wire_ports.FaultyResults(self.port, self.hosts),
            queue=ports.FaultyQueue(self.port, self),
            providers=provider,
            sending_providers=provider,
            _secrets=ports.FaultySecrets(self.port, {"callback-keys": SIGNING}),
        )
        return wiring

    # who calls

    def submit(self, key: str = "key-1", after: int = 0, retries: int | None = None) -> None:
        """A client's request; it asks again with the same key until it has an answer."""
        left = self.client_retries if retries is None else retries

        def ask() -> None:
            accepted = self._process("SubmitVideo", 28 * SECOND, lambda _: self._accept(key))
            if accepted is None and left:
                self.submit(key, 5 * SECOND, left - 1)

        self.later(after, ask)

    def _accept(self, key: str) -> object:
        return self.wiring().submission.submit("owner-1", a_request(), key)

    def deliver(self, url: str, body: str) -> int:
        """One delivery to a callback URL; 503 from a process that died."""
        provider, video_id, token = url.split("/")[-3:]
        path = {"provider": provider, "video_id": video_id, "token": token}
        answer = self.invoke("ReceiveCallback", {"pathParameters": path, "headers": {}, "body": body})
        return 503 if answer is None else int(answer["statusCode"])

    def forge(self, after: int, task_id: str, times: int = 1, every: int = 10 * SECOND) -> None:
        """Somebody who has the callback URL of the first video uses it."""

        def send() -> None:
            for video_id, url in list(self.provider.urls.items())[:1]:
                self.provider.deliveries[video_id] += 1
                self.deliver(url, json.dumps({"taskId": task_id, "state": "success"}))

        for number in range(times):
            self.later(after + number * every, send)

    def send(self, video_id: str) -> None:
        """SQS takes a message, and gives it to TransferVideo at least once."""
        for _ in range(self.queue_copies):
            self.later(SECOND, lambda: self._receive(video_id, 1))

    def _receive(self, video_id: str, number: int) -> None:
        body = json.dumps({"video_id": video_id})
        if self.invoke("TransferVideo", {"Records": [{"body": body}]}) is None and number < RECEIVES:
            self.later(VISIBILITY, lambda: self._receive(video_id, number + 1))

    def outage(self, calls: str, begin: int, end: int) -> None:
        """Calls of this name are not answered, counted from the start."""
        self.port.outages.append(Outage(calls, NOW + begin, NOW + end))

    def only(self) -> Video:
        """The first video."""
        [video_id, *_] = [key.id for key in self.watch.videos.items]
        video = self.watch.videos.read(video_id)
        assert video is not None
        return video

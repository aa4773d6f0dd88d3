"""The real handlers and wiring in virtual time, with every neighbour behind the fault port."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reelhook.domain.errors import ReelhookError
from reelhook.domain.ports.media import ResultSource
from reelhook.domain.ports.providers import Provider
from reelhook.domain.time import SECOND
from reelhook.wiring import Wiring
from tests.fakes import (
    CountingRandomness,
    InMemoryAccounts,
    InMemoryLedger,
    RecordingJournal,
)
from tests.reliability import ports, wire_ports
from tests.reliability.fault_port import FaultPort, Process
from tests.reliability.faults import Killed, Mind
from tests.reliability.lambdas import ENVIRONMENT, HANDLERS, OWNERS, SIGNING, Context
from tests.reliability.ledger import WatchedTransactions
from tests.reliability.links import Hosts
from tests.reliability.provider import SimulatedProvider
from tests.reliability.stream import Bus, FaultyBus, Stream
from tests.reliability.timeline import Timeline

VISIBILITY, RECEIVES = 3_000 * SECOND, 5


class Stack(Timeline):
    """Functions, and the neighbours that call them by themselves: provider, queue, minute's tick."""

    def __init__(self, mind: Mind) -> None:
        super().__init__()
        self._randomness = CountingRandomness()
        self.port = FaultPort(mind, self.clock, self.wait, self.later)
        self.hosts = Hosts(self.clock, self.wait)
        self.provider = SimulatedProvider(self, self.hosts)
        self.provider.charged = self.watch.charged
        self.queue_copies = 1
        self.environment = dict(ENVIRONMENT)
        self.transactions = WatchedTransactions(self.watch)
        self.secrets = {"callback-keys": SIGNING}
        self.journal = RecordingJournal()
        self.stream = Stream(self.clock, self.later, self.invoke)
        self._wirings: dict[str, Wiring] = {}
        self._current = ""

    def run(self) -> None:
        """Until nothing is left to do; then the invariants of rest."""
        self.pass_time(None)
        self.watch.at_rest(self.provider)
        self.watch.violations += [f"I9: {what}" for what in self.stream.told.at_rest()]

    def tell(self, copies: int = 1) -> None:
        """The stream of the table is read, each batch so often; no scenario that is not about it needs that."""
        self.watch.videos.listeners.append(self.stream.saw)
        self.stream.copies = copies

    def dispatch(self) -> None:
        self.invoke("DispatchVideos", {})

    def reconcile(self) -> None:
        self.invoke("ReconcileVideos", {})

    def invoke(self, name: str, event: Mapping[str, Any]) -> Any:
        """One invocation; nothing comes back from a process that died or raised."""
        module, seconds = HANDLERS[name]
        return self.process(name, seconds, lambda context: module.handler(dict(event), context))

    def process(self, name: str, time: int, act: Callable[[Context], Any]) -> Any:
        """One process of at most this time (ms)."""
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
        providers = dict.fromkeys(("apixo", "modellix"), self.provider_port())
        wiring.neighbours.__dict__.update(
            accounts=ports.FaultyAccounts(self.port, InMemoryAccounts(OWNERS)),
            videos=ports.FaultyVideos(self.port, self.watch.videos),
            transactions=ports.FaultyTransactions(self.port, self.transactions),
            ledger=ports.FaultyLedger(self.port, InMemoryLedger(self.transactions)),
            gates=ports.FaultyGates(self.port, self.watch.gates),
            media=wire_ports.FaultyMedia(self.port, self.watch.media),
            references=wire_ports.FaultyReferences(self.port, self.watch.references),
            uploads=wire_ports.FaultyUploads(self.port, self.watch.uploads),
            results=self.result_port(),
            queue=ports.FaultyQueue(self.port, self),
            bus=FaultyBus(self.port, Bus(self.stream.told, self.later, self.invoke)),
            providers=providers,
            sending_providers=providers,
            _secrets=ports.FaultySecrets(self.port, self.secrets),
        )
        return wiring

    def provider_port(self) -> Provider:
        """What the functions take for their provider."""
        return wire_ports.FaultyProvider(self.port, self.provider)

    def result_port(self) -> ResultSource:
        """What the functions fetch results from."""
        return wire_ports.FaultyResults(self.port, self.hosts)

    def deliver(self, url: str, body: str, headers: Mapping[str, str] = MappingProxyType({})) -> int:
        """One delivery to a callback URL; 503 from a process that died."""
        provider, video_id, token = url.split("/")[-3:]
        path = {"provider": provider, "video_id": video_id, "token": token}
        answer = self.invoke(
            "ReceiveCallback", {"pathParameters": path, "headers": dict(headers), "body": body}
        )
        return 503 if answer is None else int(answer["statusCode"])

    def send(self, video_id: str) -> None:
        """SQS takes a message, and gives it to TransferVideo at least once."""
        for _ in range(self.queue_copies):
            self.later(SECOND, lambda: self.receive(video_id))

    def receive(self, video_id: str, number: int = 1) -> None:
        """TransferVideo gets a message for the `number`th time."""
        body = json.dumps({"video_id": video_id})
        if self.invoke("TransferVideo", {"Records": [{"body": body}]}) is None and number < RECEIVES:
            self.later(VISIBILITY, lambda: self.receive(video_id, number + 1))

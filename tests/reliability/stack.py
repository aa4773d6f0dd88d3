"""The real handlers and wiring in virtual time, with every neighbour behind the fault port."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reelhook.domain.errors import ReelhookError
from reelhook.domain.owners import Owner
from reelhook.domain.ports.media import ResultSource
from reelhook.domain.ports.providers import Provider
from reelhook.domain.time import SECOND
from reelhook.wiring.base import Wiring
from tests.fakes import (
    CountingRandomness,
    InMemoryAccounts,
    InMemoryLedger,
    RecordingJournal,
)
from tests.reliability import ports, wire_ports
from tests.reliability.dropping import RETRIES, Dropped, FaultyInbox, FaultyOutcomes
from tests.reliability.fault_port import FaultPort, Process
from tests.reliability.faults import Killed, Mind
from tests.reliability.hooks import (
    WEBHOOK_KEY,
    FaultyDeliveries,
    FaultyEndpoints,
    FaultyWebhooks,
    Hooks,
)
from tests.reliability.lambdas import ENVIRONMENT, HANDLERS, OWNERS, SIGNING, Context
from tests.reliability.ledger import WatchedTransactions
from tests.reliability.links import Hosts
from tests.reliability.provider import SimulatedProvider
from tests.reliability.stream import Bus, FaultyBus, Stream
from tests.reliability.timeline import Timeline
from tests.wirings import WIRINGS

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
        self.secrets = {"callback-keys": SIGNING, "webhook-key": WEBHOOK_KEY}
        self.journal = RecordingJournal()
        self.dropped = Dropped()
        self.owners = {"owner-1": Owner("owner-1")}
        self.stream = Stream(self.clock, self.later, self.invoke)
        self.hooks = Hooks(self.clock, self.later, self.invoke)
        self.beside = self.hooks.deliveries.items
        self._wirings: dict[str, Wiring] = {}
        self._current = ""

    def run(self) -> None:
        """Until nothing is left to do; then the invariants of rest."""
        self.pass_time(None)
        self.watch.at_rest(self.provider)
        self.watch.violations += self.dropped.at_rest(self.watch.videos.items)
        self.watch.violations += [f"I9: {what}" for what in self.stream.told.at_rest()]
        self.watch.violations += [f"I11: {what}" for what in self.hooks.at_rest(self.stream.told)]

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

    def invoke_asynchronously(
        self, name: str, event: Mapping[str, Any], retries: tuple[int, ...] = RETRIES
    ) -> None:
        """As EventBridge does: Lambda tries again by itself, and in the end gives the event to the failed ones."""
        module, seconds = HANDLERS[name]

        def run(context: Context) -> bool:
            module.handler(dict(event), context)
            return True

        if self.process(name, seconds, run):
            return
        if not retries:
            self.dropped.failed.append(event)
            return
        pause, *more = retries
        self.later(pause, lambda: self.invoke_asynchronously(name, event, tuple(more)))

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
            self._wirings[self._current] = self.wired(WIRINGS[self._current])
        return self._wirings[self._current]

    def wired[Made: Wiring](self, make: type[Made]) -> Made:
        """A wiring of this kind, with our neighbours in place of AWS's."""
        wiring = make(self.environment, self.clock, self._randomness)
        wiring.journal = self.journal
        providers = dict.fromkeys(("apixo", "modellix"), self.provider_port())
        wiring.__dict__.update(
            accounts=ports.FaultyAccounts(self.port, self._accounts()),
            videos=ports.FaultyVideos(self.port, self.watch.videos),
            transactions=ports.FaultyTransactions(self.port, self.transactions),
            ledger=ports.FaultyLedger(self.port, InMemoryLedger(self.transactions)),
            gates=ports.FaultyGates(self.port, self.watch.gates),
            media=wire_ports.FaultyMedia(self.port, self.watch.media),
            references=wire_ports.FaultyReferences(self.port, self.watch.references),
            uploads=wire_ports.FaultyUploads(self.port, self.watch.uploads),
            inbox=FaultyInbox(self.port, self.dropped.inbox),
            outcomes=FaultyOutcomes(self.port, self.dropped.outcomes),
            results=self.result_port(),
            queue=ports.FaultyQueue(self.port, self),
            bus=FaultyBus(self.port, Bus(self.stream.told, self.later, self.invoke)),
            endpoints=FaultyEndpoints(self.port, self.hooks.endpoints),
            deliveries=FaultyDeliveries(self.port, self.hooks.deliveries),
            webhook_queue=FaultyWebhooks(self.port, self.hooks),
            webhook_target=FaultyWebhooks(self.port, self.hooks),
            providers=providers,
            sending_providers=providers,
            _secrets=ports.FaultySecrets(self.port, self.secrets),
        )
        return wiring

    def _accounts(self) -> InMemoryAccounts:
        accounts = InMemoryAccounts(OWNERS)
        accounts.owners = self.owners
        return accounts

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

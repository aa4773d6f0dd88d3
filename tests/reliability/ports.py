"""Tables, queue and secrets behind the fault port: one call in, one numbered call out."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from reelhook.adapters.ssm import Secret
from reelhook.domain.gate import Gate
from reelhook.domain.ledger import Day
from reelhook.domain.listing import Listing
from reelhook.domain.owners import Owner
from reelhook.domain.ports.accounts import Accounts, ApiKey, Ledger
from reelhook.domain.ports.videos import GateStore, Transactions, TransferQueue, Unusable, VideoStore
from reelhook.domain.time import Instant
from reelhook.domain.tombstone import Tombstone
from reelhook.domain.video import Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write
from tests.reliability.failing import NO_STORE
from tests.reliability.fault_port import FaultPort


class FaultyVideos:
    """`VideoStore`."""

    def __init__(self, port: FaultPort, real: VideoStore) -> None:
        self._port, self._real = port, real

    def read(self, video_id: str) -> Video | None:
        return self._port.call("videos.read", partial(self._real.read, video_id), NO_STORE)

    def tombstone(self, video_id: str) -> Tombstone | None:
        return self._port.call("videos.tombstone", partial(self._real.tombstone, video_id), NO_STORE)

    def read_many(self, video_ids: Sequence[str]) -> Mapping[str, Video | Unusable]:
        return self._port.call("videos.read_many", partial(self._real.read_many, video_ids), NO_STORE)

    def listed(self, listing: Listing) -> Iterator[str]:
        return self._port.call("videos.listed", partial(self._real.listed, listing), NO_STORE)

    def apply(self, write: Write) -> Outcome[Video]:
        return self._port.call("videos.apply", partial(self._real.apply, write), NO_STORE, write.name)

    def with_task(self, task_id: str) -> tuple[str, ...]:
        return self._port.call("videos.with_task", partial(self._real.with_task, task_id), NO_STORE)

    def due(self, now: Instant) -> Iterator[str]:
        return self._port.call("videos.due", partial(self._real.due, now), NO_STORE)

    def queued(self, provider: str) -> Iterator[str]:
        return self._port.call("videos.queued", partial(self._real.queued, provider), NO_STORE)


class FaultyTransactions:
    """`Transactions`."""

    def __init__(self, port: FaultPort, real: Transactions) -> None:
        self._port, self._real = port, real

    def apply(self, transaction: Transaction) -> Together:
        names = "+".join(write.name for write in transaction.writes)
        return self._port.call("transactions.apply", partial(self._real.apply, transaction), NO_STORE, names)


class FaultyGates:
    """`GateStore`."""

    def __init__(self, port: FaultPort, real: GateStore) -> None:
        self._port, self._real = port, real

    def read(self, provider: str) -> Gate:
        return self._port.call("gates.read", partial(self._real.read, provider), NO_STORE)

    def apply(self, write: Write) -> Outcome[Gate]:
        return self._port.call("gates.apply", partial(self._real.apply, write), NO_STORE, write.name)


class FaultyAccounts:
    """`Accounts`."""

    def __init__(self, port: FaultPort, real: Accounts) -> None:
        self._port, self._real = port, real

    def find_key(self, key_hash: str) -> ApiKey | None:
        return self._port.call("accounts.find", partial(self._real.find_key, key_hash), NO_STORE)

    def find_owner(self, name: str) -> Owner | None:
        return self._port.call("accounts.find", partial(self._real.find_owner, name), NO_STORE)


class FaultyLedger:
    """`Ledger`."""

    def __init__(self, port: FaultPort, real: Ledger) -> None:
        self._port, self._real = port, real

    def days(self, key: str, days: Sequence[str]) -> Mapping[str, Day]:
        return self._port.call("ledger.days", partial(self._real.days, key, days), NO_STORE)


class FaultySecrets:
    """SSM: one parameter at a time."""

    def __init__(self, port: FaultPort, secrets: Mapping[str, str]) -> None:
        self._port, self._secrets = port, secrets

    def read(self, name: str) -> Secret:
        return self._port.call("secrets.read", lambda: Secret(name, self._secrets[name]), NO_STORE)


class FaultyQueue:
    """`TransferQueue`."""

    def __init__(self, port: FaultPort, real: TransferQueue) -> None:
        self._port, self._real = port, real

    def send(self, video_id: str) -> None:
        self._port.call("queue.send", partial(self._real.send, video_id), NO_STORE)

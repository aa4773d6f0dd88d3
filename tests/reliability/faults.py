"""Faults: every call of a port is numbered, and a plan says which of them fails, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from reelhook.domain.time import SECOND

type Mind = Callable[[int, str], "Mode | None"]

LATE_BY = 90 * SECOND  # longer than any client waits
CALL_TAKES = 10  # ms


class Mode(StrEnum):
    """What can become of one call."""

    KILL_BEFORE = "kill_before"  # the process is gone, nothing was applied
    KILL_AFTER = "kill_after"  # the process is gone, and it was applied
    ERROR = "error"  # an error, nothing was applied
    LOST = "lost"  # an error, and it was applied
    TWICE = "twice"  # a hidden retry applies it again; the second answer is the one that is seen
    SLOW = "slow"  # applied, but it takes nearly all that the function has left
    LATE = "late"  # an error, and it is applied a while later


READ = (Mode.KILL_BEFORE, Mode.ERROR, Mode.SLOW)
WRITE = tuple(Mode)
ONCE = tuple(mode for mode in Mode if mode is not Mode.TWICE)  # no SDK in between that could repeat it

MODES: dict[str, tuple[Mode, ...]] = {
    "accounts.find": READ,
    "videos.read": READ,
    "videos.tombstone": READ,
    "videos.read_many": READ,
    "videos.listed": READ,
    "videos.with_task": READ,
    "videos.due": READ,
    "videos.queued": READ,
    "videos.apply": WRITE,
    "transactions.apply": WRITE,
    "ledger.days": READ,
    "gates.read": READ,
    "gates.apply": WRITE,
    "secrets.read": READ,
    "queue.send": WRITE,
    "media.find": READ,
    "media.put": WRITE,
    "media.clear": WRITE,
    "references.put": WRITE,
    "references.remove": WRITE,
    "uploads.find": READ,
    "uploads.read": READ,
    "inbox.find": READ,
    "inbox.read": READ,
    "outcomes.begin": WRITE,
    "outcomes.end": WRITE,
    "results.open": READ,
    "results.read": READ,
    "bus.put": WRITE,
    "endpoints.read": READ,
    "endpoints.apply": WRITE,
    "deliveries.read": READ,
    "deliveries.apply": WRITE,
    "deliveries.due": READ,
    "webhooks.send": WRITE,
    "webhooks.post": ONCE,
    "provider.send": ONCE,
    "provider.look_up": READ,
}


class Killed(BaseException):  # no error that anybody could handle: the process is gone
    """This process does nothing any more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The call of this number fails in this way."""

    index: int
    mode: Mode

    def __str__(self) -> str:
        return f"{self.index}:{self.mode}"


def parsed(text: str) -> Fault:
    """A fault as it is printed."""
    index, _, mode = text.partition(":")
    return Fault(int(index), Mode(mode))


def planned(*faults: Fault) -> Mind:
    """Exactly these faults."""
    modes = {fault.index: fault.mode for fault in faults}
    return lambda index, _call: modes.get(index)


def drawn(random: Random, amount: int, calls: int) -> Mind:
    """So many faults anywhere in so many calls, each of a mode that its call can have."""
    chosen = set(random.sample(range(calls), min(amount, calls)))
    return lambda index, call: random.choice(MODES[call]) if index in chosen else None

"""The world of the unit tests with a provider that keeps the truth, and with a baton at every port call."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from reelhook.domain.errors.requests import RequestError
from reelhook.domain.ports.media import ObjectIdentity, ResultStream, StoredObject
from reelhook.domain.video import OPEN_STATES, State, Video
from reelhook.domain.writes import Outcome, Together, Transaction, Write
from tests.reliability.interleaving.baton import Baton
from tests.reliability.interleaving.provider import Truth
from tests.reliability.settling import Books, but_for_the_ledger
from tests.reliability.watch import tidied
from tests.unit.world import World


@dataclass(frozen=True, slots=True)
class Delivery:
    """A callback and what it was answered."""

    video_id: str
    task_id: str
    status: int
    genuine: bool = True


class Stage(World):
    """What happened is in `truth`, `deliveries`, `versions`, `recorded` and `changes_of_final`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.baton, self.truth = Baton(), Truth(self.clock)
        self.versions: Counter[str] = Counter()
        self.deliveries: list[Delivery] = []
        self.changes_of_final: list[str] = []
        self.recorded: set[tuple[str, str]] = set()  # videos and every task that ever stood in them
        self.rechecked = False  # the operator may re-open what was given up
        self.leases_gate = True  # else every round's lease counts as lapsed
        self.lying_429 = False  # the provider takes a task and answers 429
        self.answers: list[tuple[str, str]] = []  # what the owner asked of which video, where it was granted
        self.books = Books()
        self.books.items = self.transactions.others.items
        self.over: list[str] = []  # limits that were exceeded
        self.retried: set[str] = set()  # writes that the SDK makes twice, with time in between
        self._instrument()

    @staticmethod
    def overwrites() -> bool:
        """Whether the bucket forgets `If-None-Match`; the guard tests replace this."""
        return False

    def callback(self, video: Video, task_id: str, *, genuine: bool = True) -> int:
        """A delivery about a task, remembered with its answer; one that is not `genuine` is a forger's."""
        status = self.deliver(video, f'{{"taskId":"{task_id}","state":"success"}}'.encode())
        self.deliveries.append(Delivery(video.video_id, task_id, status, genuine))
        return status

    def end(self, video: Video, how: str) -> None:
        """The owner cancels or deletes; what was granted is remembered."""
        with suppress(RequestError):
            getattr(self.ending, how)(video.owner, video.video_id)
            self.answers.append((how, video.video_id))

    def _instrument(self) -> None:
        for name in ("read", "tombstone", "with_task", "due", "queued"):
            self._wrap(self.videos, name, "video")
        self._wrap(self.gates, "read", "gate")
        self._wrap(self.media, "find", "media")
        self._wrap(self.media, "clear", "media", writes=True)
        self._wrap(self.results, "open", None)
        self._wrap(self.queue, "send", "queue", writes=True)
        self._replace(self.videos, "apply", self._apply)
        self._replace(self.transactions, "apply", self._apply_together)
        self._replace(self.gates, "apply", self._apply_gate)
        self._replace(self.media, "put", self._put)
        self._replace(self.provider, "prepare", self.truth.prepare)
        self._replace(self.provider, "look_up", self.truth.look_up)
        self.truth.touch = self.baton.touch
        self.results.links = self.truth.links

    def _wrap(self, port: object, name: str, thing: str | None, *, writes: bool = False) -> None:
        real: Callable[..., Any] = getattr(port, name)

        def call(*given: Any, **named: Any) -> Any:
            self.baton.touch(name, thing, writes=writes)
            return real(*given, **named)

        setattr(port, name, call)

    def _replace(self, port: object, name: str, call: Callable[..., Any]) -> None:
        setattr(self, f"_real_{type(port).__name__}_{name}", getattr(port, name))
        setattr(port, name, call)

    def _apply(self, write: Write) -> Outcome[Video]:
        outcome: Outcome[Video] = self._applied("video", "_real_Videos_apply", write)
        return outcome

    def _apply_gate(self, write: Write) -> Any:
        lapsed = write.name == "G1" and not self.leases_gate
        made = replace(write, condition=None) if lapsed else write
        return self._applied("gate", "_real_InMemoryGates_apply", made)

    def _apply_together(self, transaction: Transaction) -> Together:
        """Each holds a video's write, the first one; of who changes what besides the order is the same."""
        first, outcome = transaction.writes[0], Together()
        again = (f"{first.name} again",) if first.name in self.retried else ()
        for name in (first.name, *again):
            self.baton.touch(name, "video", writes=True)
            before = self.videos.items.get(first.key, {})
            outcome = getattr(self, "_real_SilentTransactions_apply")(transaction)  # noqa: B009 - set by `_replace`
            self._watch(first, before)
        return outcome

    def _applied(self, thing: str, real: str, write: Write) -> Any:
        outcome = None
        for name in (write.name, f"{write.name} again") if write.name in self.retried else (write.name,):
            self.baton.touch(name, thing, writes=True)
            before = self.videos.items.get(write.key, {})
            outcome = getattr(self, real)(write)
            self._watch(write, before)
        return outcome

    def _watch(self, write: Write, before: Mapping[str, Any]) -> None:
        """I7: an expired video may be hinted at and opened again, any final one deleted; nothing else ever changes."""
        was, after = before.get("state"), self.videos.items.get(write.key, {})
        if write.key.kind == "video" and after:
            self.books.saw(write.key.id, after)
        self.over += self.books.over(self.limits)
        self.recorded.add((write.key.id, after.get("task_id", "")))
        if was is not None and after.get("kind") == "tombstone":
            if was in OPEN_STATES:
                self.changes_of_final.append(f"{write.name} deleted a video that was {was}")
            return
        if was is None or was in OPEN_STATES:
            return
        reopened = after["state"] is State.RESULT_READY and (
            was is State.EXPIRED or (self.rechecked and was is State.TRANSFER_FAILED)
        )
        if after["state"] is not was and not reopened:
            self.changes_of_final.append(f"{write.name} made {was} {after['state']}")
        elif after["state"] is was is not State.EXPIRED and not tidied(
            but_for_the_ledger(write, before), but_for_the_ledger(write, after)
        ):
            self.changes_of_final.append(f"{write.name} changed a video that was {was}")

    def _put(self, key: str, stream: ResultStream, identity: ObjectIdentity) -> StoredObject:
        self.baton.touch("put", "media", writes=True)
        if self.overwrites():
            self.media.stored.pop(key, None)
        before = self.media.stored.get(key)
        stored: StoredObject = self._real_InMemoryMedia_put(key, stream, identity)  # type: ignore[attr-defined]
        self.versions[key] += stored is not before
        return stored

"""Telling the world: each write on a video that changed its public status is followed up, at least once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from reelhook.domain.errors.running import UnknownStateError
from reelhook.domain.events import PublicChange, public_change
from reelhook.domain.ports.events import EventBus, StreamRecord, UnreadableChange
from reelhook.domain.ports.journal import Journal, Metric
from reelhook.use_cases.settlement import Settlement


class Follower(Protocol):
    """What is done for a public change. It may be done again for the same one, so twice has to be as good as once."""

    def follow(self, change: PublicChange) -> None:
        """Does it; whatever it raises brings the record back."""


class Publication:
    """Hands each public change to the followers in their order; the bus is the last of them.

    The bus alone cannot tell a repetition from a first time, so it is reached once all else is done: a follower that
    fails for an hour is no hour of the same event.
    """

    def __init__(self, followers: Iterable[Follower], journal: Journal) -> None:
        self._followers, self._journal = tuple(followers), journal

    def publish(self, records: Iterable[StreamRecord]) -> str | None:
        """The number of the record from which the rest has to come again, in its order; none if nothing has to."""
        for record in records:
            if isinstance(record, UnreadableChange):
                self._pass_over(record)
            elif not self._followed(public_change(record.before, record.after, record.at)):
                return record.number
        return None

    def _followed(self, change: PublicChange | None) -> bool:
        if change is None:
            return True
        try:
            for follower in self._followers:
                follower.follow(change)
        except Exception as error:  # noqa: BLE001 - the records before it are done, and must not come again with it
            reason, detail = type(error).__name__, str(error)
            self._journal.warn("event comes again", event_id=change.id, reason=reason, detail=detail)
            return False
        self._journal.note("event", event_id=change.id, event_type=change.type)
        return True

    def _pass_over(self, record: UnreadableChange) -> None:
        """No repetition makes it readable, and it would hold up every video behind it."""
        if isinstance(record.reason, UnknownStateError):
            self._journal.warn("unknown state, not told", video_id=record.reason.video_id)
            self._journal.count(Metric.UNKNOWN_STATE)
        else:
            self._journal.warn("unreadable change", detail=str(record.reason))
            self._journal.count(Metric.ITEM_POISONED)


class Settling:
    """A final video's reservation is settled at once. It holds no event back: the reconciler does what is left."""

    def __init__(self, settlement: Settlement, journal: Journal) -> None:
        self._settlement, self._journal = settlement, journal

    def follow(self, change: PublicChange) -> None:
        if not change.final:
            return
        try:
            self._settlement.try_to_settle(change.video)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reconciler meets it too, and alarms
            video_id, reason = change.video.video_id, type(error).__name__
            self._journal.warn("not settled", video_id=video_id, reason=reason)


class Announcing:
    """The event goes out on the bus, with its owner beside it."""

    def __init__(self, bus: EventBus, told: Callable[[PublicChange], Mapping[str, object]]) -> None:
        self._bus, self._told = bus, told

    def follow(self, change: PublicChange) -> None:
        self._bus.put(change.type, change.created_at, {**self._told(change), "owner": change.video.owner})

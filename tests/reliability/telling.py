"""The oracle of events (I9): each public change is told at least once, in its order, under one id; and nothing else is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reelhook.domain.time import SECOND, Instant

# The public status of each state; of the others it is in_progress, or still expired once it has been that.
STATUS = {
    "queued": "queued",
    "stored": "completed",
    "failed": "failed",
    "rejected": "failed",
    "transfer_failed": "failed",
    "canceled": "canceled",
    "expired": "expired",
}
FINAL_STATES = frozenset(STATUS) - {"queued"}

type Item = Mapping[str, Any]
type Telling = tuple[str, int]  # an event's id, and when the change was made (unix seconds)


def status_of(item: Item) -> str:
    """What the owner sees of a video."""
    return STATUS.get(item["state"]) or ("expired" if "expired_at" in item else "in_progress")


@dataclass(slots=True)
class Told:
    """What there was to tell of each video, in its order, and what the bus took."""

    due: dict[str, list[Telling]] = field(default_factory=dict)
    heard: dict[Telling, Item] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    given_up: bool = False  # some were set aside: what is behind them may overtake them

    def saw(self, video_id: str, old: Item, new: Item, now: Instant) -> None:
        """A write on a video."""
        if new["kind"] != "video":
            return
        status, due = status_of(new), self.due.setdefault(video_id, [])
        changed = not old or status_of(old) != status
        first = status != "queued" or not any(told.endswith("_queued") for told, _ in due)
        if changed and first and new["state"] in STATUS:
            due.append((f"evt_{video_id}_{status}", now // SECOND))

    def hears(self, event_type: str, at: Instant, detail: Item) -> None:
        """An event, at the moment when the bus takes it."""
        telling, data = (detail["id"], detail["created_at"]), detail["data"]
        due = self.due.get(data["id"], [])
        status = str(detail["id"]).rpartition("_")[2]
        if telling not in due:
            self.wrong.append(f"told, and nothing changed: {telling}")
            return
        if {event_type, detail["type"]} != {f"video.{status}"} or data["status"] != status:
            self.wrong.append(f"told as {event_type}: {telling}")
        if at // SECOND != detail["created_at"] or detail["owner"] != "owner-1":
            self.wrong.append(f"told with another time or owner: {telling}")
        if self.heard.setdefault(telling, detail) != detail:
            self.wrong.append(f"told in two ways: {telling}")
        before = due[: due.index(telling)]
        if not self.given_up and any(earlier not in self.heard for earlier in before):
            self.wrong.append(f"told before what came before it: {telling}")

    def at_rest(self) -> Iterator[str]:
        """What was wrong, and what nobody heard of."""
        yield from self.wrong
        for due in self.due.values():
            yield from (f"never told: {telling}" for telling in due if telling not in self.heard)

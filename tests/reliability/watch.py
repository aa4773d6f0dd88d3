"""The oracle: what was paid, recorded, answered and stored, seen from outside, against the invariants."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from reelhook.domain.owners import OwnerLimits
from reelhook.domain.references import reference_key
from reelhook.domain.time import DAY, HOUR, MINUTE, Instant
from reelhook.domain.writes import Key, Write
from tests.fakes import InMemoryGates, InMemoryReferences, InMemoryUploads
from tests.reliability.manners import Task
from tests.reliability.promise import Promise
from tests.reliability.provider import SimulatedProvider
from tests.reliability.settling import Books, but_for_the_ledger
from tests.reliability.stores import WatchedMedia, WatchedVideos
from tests.reliability.uploading import unlike_what_was_checked

FINAL = ("stored", "failed", "rejected", "transfer_failed", "canceled", "expired")
QUEUE_AGE = 168 * HOUR
ROUND = 2 * MINUTE  # a killed round leaves its lease to lapse
SLOWEST_STATUS = 30 * MINUTE  # what a status may lag behind; beyond it only a callback tells
MAX_DELIVERIES = 16  # confirmations: 8 until it expires, and 8 more after that


class Watch:
    """Collects violations while a world runs, and the rest of them at rest."""

    def __init__(self, clock: Callable[[], Instant]) -> None:
        self._clock = clock
        self.videos, self.gates, self.media = (
            WatchedVideos(self._changed, clock),
            InMemoryGates(),
            WatchedMedia(),
        )
        self.references, self.uploads = InMemoryReferences(), InMemoryUploads()
        self.violations: list[str] = []
        self.rechecks: Counter[str] = (
            Counter()
        )  # the operator's, by video: each is a look-up, and may re-open
        self.wishes: int | None = None  # of clients without a key: no more tasks than these may be paid
        self.permanent = ""  # the state in which a result may end that the scenario makes unreachable
        self.promise = Promise()  # of the scenario's provider
        self.books, self.limits = Books(), OwnerLimits()
        self._recorded: dict[tuple[str, str], Instant] = {}
        self._born: dict[str, Instant] = {}
        self._ended: dict[str, Instant] = {}
        self._queued: set[str] = set()
        self._paid: dict[str, list[Task]] = {}

    def states(self) -> list[str]:
        """Where all videos stand, in the order they came in."""
        return [str(item.get("state", "deleted")) for item in self.videos.items.values()]

    def charged(self, task: Task) -> None:
        """I1 and I2, at the moment of a payment."""
        item = self.videos.items.get(Key("video", task.video_id))
        if item is None:
            self._violated("I2", f"{task.id} is paid and its video is nowhere")
            return
        for number in range(item.get("references", 0)):
            if reference_key(item["owner"], task.video_id, number) not in self.references.contents:
                self._violated("I10", f"{task.id} is paid and its reference {number} is nowhere")
        for what in unlike_what_was_checked(self.uploads, item, task.request):
            self._violated("I12", f"{task.id} is paid and {what}")
        earlier = self._paid.setdefault(task.video_id, [])
        for other in earlier:
            told = [*other.answered_200, self._recorded.get((task.video_id, other.id), task.accepted_at)]
            if not other.lied or min(told) < item["sent_at"]:
                self._violated("I1", f"paid twice: {other.id} and {task.id}")
        earlier.append(task)
        if self.wishes is not None and sum(map(len, self._paid.values())) > self.wishes:
            self._violated("I1", f"{task.id} is paid for a wish that another one was paid for")

    def _changed(self, write: Write, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        video_id, now = write.key.id, self._clock()
        self.books.saw(video_id, new)
        if new["kind"] == "tombstone":
            if old.get("state", "deleted") not in (*FINAL, "deleted"):
                self._violated("I7", f"{write.name} deleted a video that was {old['state']}")
            return
        self._born.setdefault(video_id, now)
        for task_id in {new.get("task_id"), *new.get("candidates", ())} - {None}:
            self._recorded.setdefault((video_id, str(task_id)), now)
        if new["state"] == "queued":
            self._queued.add(video_id)
        before = old.get("state")
        if new["state"] in FINAL and before != new["state"]:
            self._ended[video_id] = now
        same = tidied(but_for_the_ledger(write, old), but_for_the_ledger(write, new))
        if before in FINAL and not same and new["state"] not in self._next(video_id, before):
            self._violated("I7", f"{write.name} made a video that was {before} {new['state']}")

    def counted(self) -> None:
        """No limit is exceeded, at no moment; a charge above its estimate is booked all the same."""
        for what in self.books.over(self.limits):
            self._violated("I8", what)

    def _next(self, video_id: str, state: str) -> tuple[str, ...]:
        """What a final video may become: nothing, but for a late success and the operator's word."""
        if state == "transfer_failed" and self.rechecks[video_id]:
            return ("result_ready",)
        return ("expired", "result_ready") if state == "expired" else ()

    def at_rest(self, provider: SimulatedProvider) -> None:
        """The invariants that show once nothing is left to do."""
        deleted = self._deleted()
        self._references_left()
        for what in self.books.at_rest():
            self._violated("I8", what)
        for key, item in self.videos.items.items():
            if key.id in deleted:
                continue
            self._finished(key.id, item)
            task = provider.tasks.get(item.get("task_id", ""))
            known = task is not None and (task.video_id, task.id) in self._recorded  # else nobody can tell
            if item["state"] == "stored" and (task is None or (known and task.video_id != key.id)):
                self._violated("I4", "stored is what was made for somebody else")
        for task_id in {task_id for _, task_id in self._recorded}:
            self._looked_up(task_id, provider)
        for task in provider.tasks.values():
            self._kept(task, provider)
        for name, versions in self.media.versions.items():
            if versions > 1 and name.split("/")[1] not in deleted:
                self._violated("I6", f"{name} has {versions} versions")
        for key, gate in self.gates.items.items():
            if gate.get("lease_until", 0) > self._clock() + ROUND:
                self._violated("I8", f"the gate of {key.id} is leased at rest")

    def _deleted(self) -> set[str]:
        """The deleted videos: nothing of them is in the bucket, nobody looks after them any more."""
        deleted = {key.id for key, item in self.videos.items.items() if item["kind"] == "tombstone"}
        for name in self.media.contents:
            if name.split("/")[1] in deleted:
                self._violated("I6", f"{name} is there, and its video was deleted")
        for video_id in deleted:
            left = {"open", "due_at", "request", "results", "artifacts"} & set(
                self.videos.items[Key("video", video_id)]
            )
            if left:
                self._violated("I8", f"{video_id} was deleted and has still {sorted(left)}")
        return deleted

    def _references_left(self) -> None:
        """I10: nobody's references are left but a request's that came to no video, which the lifecycle rule removes."""
        for name in self.references.contents:
            if Key("video", name.split("/")[2]) in self.videos.items:
                self._violated("I10", f"{name} is left at rest")
        for key, item in self.videos.items.items():
            if item.get("references"):
                self._violated("I10", f"{key.id} still counts {item['references']} references")

    def _finished(self, video_id: str, item: Mapping[str, Any]) -> None:
        if item["state"] not in FINAL:
            self._violated("I3", f"{item['state']} at rest")
        elif self._ended[video_id] > self._born[video_id] + self.promise.longest + QUEUE_AGE * (
            video_id in self._queued
        ):
            self._violated("I3", f"{item['state']} too late")
        left = {"lease", "lease_until", "queue", "open"} & set(item)
        if item["state"] in FINAL and left:
            self._violated("I8", f"{item['state']} has still {sorted(left)}")

    def _looked_up(self, task_id: str, provider: SimulatedProvider) -> None:
        """I5, for each video that the id is known to."""
        most = 0
        for video_id in {owner for owner, known in self._recorded if known == task_id}:
            hints = min(provider.deliveries[video_id], MAX_DELIVERIES)
            most += (
                self.rechecks[video_id] + hints + 6 + 4 * hints + 1
            )  # the sixth: half an hour past the provider's end
        if provider.answered[task_id] > most:
            self._violated("I5", f"{task_id} was looked up {provider.answered[task_id]} times")

    def _kept(self, task: Task, provider: SimulatedProvider) -> None:
        """I4: what was bought and is known lies in the bucket."""
        item = self.videos.items.get(Key("video", task.video_id))
        if item is None or item.get("state", "deleted") in (self.permanent, "deleted"):
            return
        if task.fails:
            if item["state"] == "failed" and item.get("task_id") == task.id:
                for violation in self.promise.untold(item, task):
                    self._violated(*violation)
            return
        ends_in_time = task.done_at < task.accepted_at + self.promise.provider_end
        in_time = ends_in_time and provider.manners.lag <= SLOWEST_STATUS
        known = (task.video_id, task.id) in self._recorded or (task.answered_200 and not task.lied)
        if len(self._paid[task.video_id]) > 1 and item["state"] == "stored":
            known = item.get("task_id") == task.id  # a lie was paid for twice; one of the two is the video
        told = task.answered_200 and task.answered_200[0] < task.accepted_at + self.promise.provider_end + DAY
        if not known or not (in_time or told):
            return
        if item["state"] != "stored":
            self._violated("I4", f"{task.id} succeeded and is known, and its video is {item['state']}")
            return
        for violation in self.promise.broken(item, task, self.media.contents):
            self._violated(*violation)

    def _violated(self, invariant: str, what: str) -> None:
        self.violations.append(f"{invariant}: {what}")


def tidied(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether nothing but the removal of its references changed an item."""
    gone = {"references", "open", "due_at"} if "references" in old else set[str]()
    kept = old.keys() - gone
    return kept == new.keys() - gone and all(old[name] == new[name] for name in kept)

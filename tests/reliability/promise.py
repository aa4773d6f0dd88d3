"""What a scenario's provider promises, and whether bucket and client have it: files, last frame, price, reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reelhook.domain.time import DAY, HOUR
from reelhook.domain.video import ArtifactType
from tests.reliability.manners import Task

type Violation = tuple[str, str]  # the invariant, and what happened


@dataclass(slots=True)
class Promise:
    """Times in ms; a scenario says what is different with it."""

    provider_end: int = DAY  # from the POST; the token lives a day longer
    link_life: int = DAY  # after which T9 goes on for a day more
    frame_may_miss: bool = False  # the scenario makes it unreachable: the video is worth more
    verdict: tuple[str, str] | None = None  # code and category of a failed task
    billed: str | None = None  # what the provider says it took, in its digits

    @property
    def longest(self) -> int:
        """Provider and token, then the link's life and T9's day."""
        return self.provider_end + self.link_life + 2 * DAY + 2 * HOUR

    def broken(self, item: Mapping[str, Any], task: Task, bucket: Mapping[str, bytes]) -> Iterator[Violation]:
        """What a stored video lacks of its task, or has too much."""
        kinds = {ArtifactType.VIDEO: list[bytes | None](), ArtifactType.LAST_FRAME: list[bytes | None]()}
        for part in item["artifacts"]:
            kinds[ArtifactType(part.type)].append(bucket.get(part.key))
        wanted, frames = [task.last_frame] if task.last_frame else [], kinds[ArtifactType.LAST_FRAME]
        whole = frames == wanted or (self.frame_may_miss and not frames)
        if not whole or kinds[ArtifactType.VIDEO] != list(task.files):
            yield "I4", f"the bucket does not hold what {task.id} made"
        there = {key for key in bucket if key.startswith(f"videos/{task.video_id}/")}
        if unnamed := there - {part.key for part in item["artifacts"]}:
            yield "I6", f"objects that no artifact names: {sorted(unnamed)}"
        yield from self.untold(item, task)

    def untold(self, item: Mapping[str, Any], task: Task) -> Iterator[Violation]:
        """Where the client reads another price or reason than the provider gave."""
        usage, error = item.get("usage"), item.get("error")
        read = None if usage is None or usage.estimated else usage.cost
        if self.billed not in (None, read):
            yield "told", f"{task.id} was billed {self.billed}, and the client reads {usage}"
        if error is not None and self.verdict not in (None, (error.code, error.category)):
            yield "told", f"{task.id} failed as {self.verdict}, and the client reads {error}"

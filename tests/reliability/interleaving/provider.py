"""A provider that keeps the truth: which tasks exist, whose they are, who pays for them, how they end."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, auto

from reelhook.domain.answers import (
    Accepted,
    NotAnswered,
    NotSent,
    Refused,
    Running,
    SubmitAnswer,
    Succeeded,
    TaskAnswer,
    TaskFailed,
    TryLater,
    Unclear,
    UnknownTask,
)
from reelhook.domain.errors.results import ResultError
from reelhook.domain.request import VideoRequest
from tests.builders import an_error, an_mp4
from tests.fakes import ManualClock, StaticStream


class Post(Enum):
    """What becomes of a POST: whether a task exists afterwards, and what was answered."""

    ACCEPTED = auto()
    LOST = auto()  # accepted, the answer never came
    NEVER_ARRIVED = auto()  # the answer never came, because the request had not
    BUSY = auto()
    BUSY_FOR_5_MINUTES = auto()  # and it says so
    BUSY_BUT_ACCEPTED = auto()
    REFUSED = auto()
    REFUSED_BUT_ACCEPTED = auto()
    NOT_SENT = auto()


BUYS = {Post.ACCEPTED, Post.LOST, Post.BUSY_BUT_ACCEPTED, Post.REFUSED_BUT_ACCEPTED}


class Truth:
    """`posts` scripts what becomes of POSTs, then all are accepted. Tasks succeed unless they are told otherwise."""

    def __init__(self, clock: ManualClock) -> None:
        self.posts: list[Post] = []
        self.tasks: dict[str, str] = {}
        self.failing: set[str] = set()
        self.links: dict[str, bytes | ResultError | StaticStream] = {}
        self.looked_up: Counter[str] = Counter()
        self.sent = 0
        self.results = 1  # of each task
        self.ready_at = self.down_until = 0
        self.unpublished = False
        self.bills: Decimal | None = None  # USD that a status names as charged
        self.touch: Callable[..., None] = lambda *_given, **_more: None
        self._clock = clock

    def paid(self) -> Counter[str]:
        """How many tasks each video was charged for."""
        return Counter(self.tasks.values())

    def tasks_of(self, video_id: str) -> list[str]:
        """The tasks that were made for a video."""
        return [task_id for task_id, owner in self.tasks.items() if owner == video_id]

    def link(self, task_id: str, index: int = 0) -> str:
        """Where a task's result lies, or one of several."""
        return f"https://file.apixo.ai/results/{task_id}{f'-{index}' if index else ''}.mp4"

    def links_of(self, task_id: str) -> tuple[str, ...]:
        """Where all its results lie."""
        return tuple(self.link(task_id, index) for index in range(self.results))

    def prepare(self, request: VideoRequest, callback_url: str) -> "_Posted":  # noqa: ARG002 - the port's words
        """A POST that is ready to be made."""
        return _Posted(self, callback_url.split("/")[-2])

    def post(self, video_id: str) -> SubmitAnswer:
        """One POST arrives, or does not."""
        self.touch("POST", "provider", writes=True)
        post = self.posts.pop(0) if self.posts else Post.ACCEPTED
        self.sent += 1
        task_id = f"task-{self.sent}"
        if post in BUYS:
            self.tasks[task_id] = video_id
            for index, link in enumerate(self.links_of(task_id)):
                self.links[link] = an_mp4(100 + self.sent + 50 * index)
        match post:
            case Post.ACCEPTED:
                return Accepted(task_id)
            case Post.BUSY | Post.BUSY_BUT_ACCEPTED:
                return TryLater()
            case Post.BUSY_FOR_5_MINUTES:
                return TryLater(300)
            case Post.REFUSED | Post.REFUSED_BUT_ACCEPTED:
                return Refused(an_error())
            case Post.NOT_SENT:
                return NotSent("refused")
            case _:
                return Unclear("read timeout")

    def look_up(self, model: str, task_id: str, seconds: float) -> TaskAnswer:  # noqa: ARG002 - the port's words
        """What is true of a task, unless the status is down."""
        self.touch("look-up", "provider")
        self.looked_up[task_id] += 1
        if self._clock() < self.down_until:
            return NotAnswered("503")
        if task_id not in self.tasks:
            return UnknownTask()
        if self._clock() < self.ready_at:
            return Running("processing")
        if task_id in self.failing:
            return TaskFailed(an_error(), charged=self.bills)
        return Succeeded(() if self.unpublished else self.links_of(task_id), charged=self.bills)


class _Posted:
    def __init__(self, truth: Truth, video_id: str) -> None:
        self._truth, self._video_id = truth, video_id

    def send(self) -> SubmitAnswer:
        return self._truth.post(self._video_id)

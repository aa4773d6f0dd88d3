"""Where the actors begin: videos in the middle of their lives, and who may act on them."""

from collections.abc import Callable

from reelhook.domain.time import HOUR, MINUTE
from reelhook.domain.video import State, Video
from tests.builders import a_request
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.stage import Stage

type Cast = Callable[[], tuple[Stage, list[Actor]]]


def begun(*posts: Post, later: int = 0) -> tuple[Stage, Video]:
    """A stage with one request, whose POSTs become of them what is said, and some time later."""
    stage = Stage()
    stage.truth.posts = list(posts)
    video = stage.submit()
    stage.clock.advance(later)
    return stage, video


def waiting(*posts: Post, videos: int = 1) -> tuple[Stage, list[Video]]:
    """A stage with queued videos, behind a gate that has opened again."""
    stage = Stage()
    stage.truth.posts = [Post.BUSY, *posts]
    queued = [stage.submit(f"key-{number}") for number in range(videos)]
    stage.clock.advance(MINUTE)
    return stage, queued


def ready_result() -> tuple[Stage, Video]:
    """A result that was confirmed and that nobody has begun to copy; the queue has a message about it."""
    stage, video = begun(later=21 * MINUTE)
    stage.tick()
    assert stage.see(video).state is State.RESULT_READY
    return stage, video


def callback(stage: Stage, video: Video, name: str = "callback", task_id: str = "task-1") -> Actor:
    """The provider's delivery; it comes once there is such a task."""
    return Actor(name, lambda: stage.callback(video, task_id))


def callback_of_task(stage: Stage, name: str = "callback", task_id: str = "task-1") -> Actor:
    """The delivery of a task that is still to be made."""

    def deliver() -> None:
        [video_id] = [stage.truth.tasks[task_id]]
        stage.callback(_as_known_outside(stage, video_id), task_id)

    return Actor(name, deliver, ready=lambda: task_id in stage.truth.tasks)


def _as_known_outside(stage: Stage, video_id: str) -> Video:
    """What a callback needs of a video is its id."""
    [item] = [item for key, item in stage.videos.items.items() if key.id == video_id]
    known = {"owner", "request", "request_hash", "provider", "model", "created_at", "state"}
    return Video(video_id, **{name: item[name] for name in known})


def forged(stage: Stage, video: Video, name: str = "forger", task_id: str = "task-of-nobody") -> Actor:
    """Whoever holds a leaked callback URL."""
    return Actor(name, lambda: stage.callback(video, task_id, genuine=False))


def reconciler(stage: Stage, name: str = "reconciler") -> Actor:
    """The minute's tick."""
    return Actor(name, stage.tick)


def reconciler_and_worker(stage: Stage, name: str = "reconciler") -> Actor:
    """The minute's tick, and TransferVideo for what it sends."""

    def run() -> None:
        stage.tick()
        stage.work()

    return Actor(name, run)


def worker(stage: Stage, video: Video, name: str = "worker") -> Actor:
    """TransferVideo with one message."""
    return Actor(name, lambda: stage.transfers.from_queue(video.video_id, stage.clock() + 280_000))


def dispatcher(stage: Stage, name: str = "dispatcher") -> Actor:
    """A round of the queue."""
    return Actor(name, stage.dispatch_tick)


def client(stage: Stage, name: str = "client", key: str = "key-1") -> Actor:
    """A client's request."""
    return Actor(name, lambda: stage.submission.submit("owner-1", a_request(), key))


FOUR_HOURS, A_DAY = 4 * HOUR, 24 * HOUR

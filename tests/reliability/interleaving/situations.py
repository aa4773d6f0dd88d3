"""Where the actors begin: videos in the middle of their lives, and who may act on them."""

from collections.abc import Callable
from contextlib import suppress

from reelhook.domain.errors.results import NotAVideoError
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.time import HOUR, MINUTE
from reelhook.domain.video import ArtifactType, State, Video
from tests.builders import a_request
from tests.fakes import StaticStream
from tests.reliability.interleaving.baton import Actor
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.stage import Stage

type Cast = Callable[[], tuple[Stage, list[Actor]]]


def begun(*posts: Post, later: int = 0, results: int = 1) -> tuple[Stage, Video]:
    """A stage with one request, whose POSTs become of them what is said, and some time later."""
    stage = Stage()
    stage.truth.posts, stage.truth.results = list(posts), results
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


def ready_result(results: int = 1) -> tuple[Stage, Video]:
    """A result, or several, confirmed and not begun to be copied; the queue has a message about it."""
    stage, video = begun(later=21 * MINUTE, results=results)
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
    return Actor(name, lambda: stage.submission.submit("owner-1", a_request(), key, Attempt(stage.clock())))


def rechecker(stage: Stage, video: Video, name: str = "operator") -> Actor:
    """`make recheck`, and TransferVideo for what it sends."""

    def run() -> None:
        stage.rechecked = True
        stage.rechecking.recheck(video.video_id)
        stage.work()

    return Actor(name, run)


def adopter(stage: Stage, video: Video, task_id: str = "task-1", name: str = "operator") -> Actor:
    """`make adopt` with a task found by hand, and TransferVideo for what it sends."""

    def run() -> None:
        stage.rechecking.adopt(video.video_id, task_id)
        stage.work()

    return Actor(name, run)


def expired_unheard() -> tuple[Stage, Video]:
    """A video whose submit was taken and nobody heard of, until it expired."""
    stage, video = begun(Post.LOST, later=FOUR_HOURS)
    stage.tick()
    assert stage.state(video) is State.EXPIRED
    return stage, video


def expired_at_work(end: int) -> tuple[Stage, Video]:
    """A video that outlasted the provider's end, and whose status says "running" until so long after that."""
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + PAST_END + end
    stage.tick(PAST_END)
    assert stage.see(video).state is State.EXPIRED
    return stage, video


def given_up() -> tuple[Stage, Video]:
    """A result that nobody could fetch, and whose link is good again now."""
    stage, video = begun(later=21 * MINUTE)
    link = stage.truth.link("task-1")
    good, stage.truth.links[link] = stage.truth.links[link], NotAVideoError("text/html")
    while stage.state(video) is not State.TRANSFER_FAILED:
        stage.tick(5 * MINUTE)
        stage.work()
    stage.truth.links[link] = good
    return stage, video


def lapsed(results: int = 1) -> tuple[Stage, Video]:
    """A transfer whose holder died at the last result: its lease has lapsed."""
    stage, video = ready_result(results)
    real = stage.results.open

    def die(link: str, until: int, kind: ArtifactType, *, in_ranges: bool) -> StaticStream:
        if link != stage.truth.links_of("task-1")[-1]:
            return real(link, until, kind, in_ranges=in_ranges)
        setattr(stage.results, "open", real)  # noqa: B010 - only the first holder dies
        raise KilledError

    setattr(stage.results, "open", die)  # noqa: B010 - as above
    with suppress(KilledError):
        stage.transfers.from_queue(video.video_id, stage.clock() + 280_000)
    stage.clock.advance(10 * MINUTE)
    return stage, video


class KilledError(BaseException):
    """A process is gone."""


FOUR_HOURS, A_DAY = 4 * HOUR, 24 * HOUR
PAST_END = A_DAY + 30 * MINUTE

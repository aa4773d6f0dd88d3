"""Histories of the ledger: requests at the edge of a limit, and settlements that others get into the way of."""

from contextlib import suppress
from decimal import Decimal
from functools import partial

from reelhook.domain.errors.requests import QuotaExceededError
from reelhook.domain.errors.results import NotAVideoError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.owners import Limits, OwnerLimits
from reelhook.domain.time import MINUTE
from reelhook.domain.uploads import UploadRequest
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Together, Transaction
from reelhook.providers.catalog import MODELS
from tests.builders import a_request
from tests.reliability.guards.histories.registry import history, judged, meanwhile
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import FOUR_HOURS, begun
from tests.reliability.interleaving.stage import Stage
from tests.unit.world import UPLOADS_PER_DAY

ONE_VIDEO, ONE_AT_A_TIME, A_DOLLAR = Limits(1), Limits(None, 1), Limits(None, None, Decimal(1))


def twice(limits: OwnerLimits) -> list[str]:
    """A user asks for two videos where there is room for one (each may cost 0.78 USD)."""
    stage = Stage(models=MODELS)
    stage.limits = limits
    for number in range(2):
        with suppress(QuotaExceededError):
            stage.submit(f"key-{number}", a_request(user="user-1"))
    return judged(stage)


for _name, _limit in (
    ("videos a day", ONE_VIDEO),
    ("videos in flight", ONE_AT_A_TIME),
    ("dollars a day", A_DOLLAR),
):
    history(f"more than an owner's {_name}")(partial(twice, OwnerLimits(owner=_limit)))
    history(f"more than a user's {_name}")(partial(twice, OwnerLimits(user=_limit)))


@history("more than an owner's uploads a day")
def uploads_a_day() -> list[str]:
    """One more file than there is room for."""
    stage, granted = Stage(), list[str]()
    for _ in range(UPLOADS_PER_DAY + 1):
        with suppress(QuotaExceededError):
            granted.append(stage.uploading.grant("owner-1", UploadRequest("image/png")).file_id)
    return ["OVER THE LIMIT: uploads"] if len(granted) > UPLOADS_PER_DAY else []


def expired() -> tuple[Stage, Video]:
    """Nobody heard of its task, which succeeded; its expiry is not settled yet."""
    stage, video = begun(Post.LOST, later=FOUR_HOURS)
    stage.truth.bills = Decimal("0.3")
    stage.tick()
    assert stage.see(video).reservation is not None
    return stage, video


@history("late success while its expiry is settled")
def late_success() -> list[str]:
    stage, video = expired()
    meanwhile(stage, "T16", lambda: stage.callback(video, "task-1"))
    stage.tick()
    return judged(stage)


@history("a hint while its expiry is settled")
def hint_while_settled() -> list[str]:
    stage, video = expired()
    stage.truth.down_until = stage.clock() + 10 * MINUTE
    meanwhile(stage, "T16", lambda: stage.callback(video, "task-1"))
    stage.tick()
    return judged(stage)


@history("settled by two")
def settled_by_two() -> list[str]:
    stage, video = begun()
    stage.callback(video, "task-1")
    meanwhile(stage, "T16", stage.tick)
    stage.tick()
    return judged(stage)


def booked() -> tuple[Stage, Video]:
    """An expired video whose expiry is settled."""
    stage, video = expired()
    stage.tick()
    assert stage.see(video).booked is not None
    return stage, video


@history("a late success booked by two")
def booked_by_two() -> list[str]:
    stage, video = booked()
    stage.callback(video, "task-1")
    meanwhile(stage, "T16a", stage.tick)
    stage.tick()
    return judged(stage)


@history("rechecked while a late success is booked")
def rechecked_while_booked() -> list[str]:
    """It could not be copied and was given up; before that is booked the operator has another look, and SQS is down."""
    stage, video = booked()
    link = stage.truth.link("task-1")
    good, stage.truth.links[link] = stage.truth.links[link], NotAVideoError("text/html")
    stage.callback(video, "task-1")
    while stage.state(video) is not State.TRANSFER_FAILED:
        stage.clock.advance(5 * MINUTE)
        stage.transfers.from_queue(video.video_id, stage.clock() + 280_000)
        if stage.state(video) is State.RESULT_READY:
            stage.tick()
    stage.truth.links[link] = good

    def recheck() -> None:
        stage.rechecked = stage.queue.broken = True
        stage.rechecking.recheck(video.video_id)
        stage.queue.broken = False

    meanwhile(stage, "T16a", recheck)
    stage.queue.sent.clear()  # of the attempts before
    stage.tick()
    return judged(stage)


@history("deleted while it is settled")
def deleted_while_settled() -> list[str]:
    """A hint comes between the deletion's look at the expired video and each of its writes."""
    stage, video = expired()
    stage.truth.down_until = stage.clock() + 10 * MINUTE
    meanwhile(stage, "T16", lambda: stage.callback(video, "task-1"))
    stage.end(video, "delete")
    return judged(stage)


@history("a hint is given up before the expiry is settled")
def hint_given_up() -> list[str]:
    """No transaction goes through for a day, and the only callback of an expired video comes to nothing."""
    stage, video = expired()
    stage.truth.failing = {"task-1"}
    real = stage.transactions.apply

    def down(_transaction: Transaction) -> Together:
        raise StoreError("DynamoDB: no answer")

    stage.callback(video, "task-1")
    setattr(stage.transactions, "apply", down)  # noqa: B010 - for a day
    for _ in range(40):
        stage.tick(MINUTE)
    setattr(stage.transactions, "apply", real)  # noqa: B010 - and back
    return judged(stage)

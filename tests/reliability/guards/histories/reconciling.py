"""Histories of the minute's tick: deadlines, look-ups that are not answered, the end of waiting."""

from reelhook.domain.references import Asked, HeldMedia, reference
from reelhook.domain.request import Mode
from reelhook.domain.time import HOUR, MINUTE
from reelhook.use_cases.claiming import SETTLE_TRIES
from tests.builders import a_request
from tests.images import a_png
from tests.reliability.guards.histories.registry import history, judged, meanwhile, on_its_way
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import FOUR_HOURS, begun, expired_at_work, expired_unheard
from tests.reliability.interleaving.stage import Stage

IMAGE = HeldMedia(a_png(), "image/png")
AN_IMAGE = Asked(a_request(mode=Mode.FRAMES, first_frame=reference(0, IMAGE)), (IMAGE,))


@history("never ends")
def never_ends() -> list[str]:
    stage, _ = begun()
    stage.truth.tasks.clear()
    return judged(stage)


@history("many are due")
def many_are_due() -> list[str]:
    """A free key has 10 requests a minute for everything."""
    stage = Stage()
    for number in range(8):
        stage.submit(f"key-{number}")
    stage.tick(21 * MINUTE)
    looked = stage.truth.looked_up.total()
    return [f"{looked} LOOK-UPS IN ONE TICK"] if looked > 5 else judged(stage)


@history("two reconcilers at every deadline")
def two_reconcilers_at_every_deadline() -> list[str]:
    stage, _ = begun()
    stage.truth.ready_at = stage.clock() + 23 * HOUR
    for after in (20 * MINUTE, 40 * MINUTE, 3 * HOUR, 8 * HOUR, 12 * HOUR):
        stage.clock.advance(after)
        meanwhile(stage, "T10", stage.tick)
        stage.tick()
    return judged(stage)


@history("stored while a look-up is not answered")
def stored_while_not_answered() -> list[str]:
    stage, video = begun(later=21 * MINUTE)

    def stored() -> None:
        stage.callback(video, "task-1")
        stage.truth.down_until = stage.clock() + 1

    meanwhile(stage, "look-up", stored)
    stage.tick()
    return judged(stage)


@history("rechecked while a hint is given up")
def rechecked_while_a_hint_is_given_up() -> list[str]:
    """An expired video's hint came to nothing; before that is on record the operator finds a success, and SQS is down."""
    stage, video = expired_at_work(45 * MINUTE)
    stage.callback(video, "task-1")

    def recheck() -> None:
        stage.truth.ready_at = 0
        stage.queue.broken = True
        stage.rechecking.recheck(video.video_id)
        stage.queue.broken = False

    meanwhile(stage, "T11x", recheck)
    for _ in range(40):
        stage.tick(MINUTE)
    return judged(stage)


@history("at work when somebody names it, silent at its end")
def at_work_when_named() -> list[str]:
    """Nobody heard of the submit, so the video expires; its task's id is named while it works, and it never calls."""
    stage, video = expired_unheard()
    stage.truth.ready_at = stage.clock() + 2 * HOUR
    stage.callback(video, "task-1", genuine=False)
    for _ in range(40):
        stage.tick(MINUTE)
    return judged(stage)


@history("links published long after a late hint")
def links_after_a_late_hint() -> list[str]:
    stage, video = expired_unheard()
    stage.truth.unpublished = True
    stage.callback(video, "task-1")
    for _ in range(4):
        stage.tick(HOUR)
    stage.truth.unpublished = False
    return judged(stage)


@history("stored while an expired video's task is at work")
def stored_while_at_work() -> list[str]:
    """A reconciler hears that the task is at work; before that is on record, another stores its result."""
    stage, video = expired_unheard()
    stage.truth.ready_at = stage.clock() + HOUR
    stage.callback(video, "task-1")

    def ends() -> None:
        stage.truth.ready_at = 0
        stage.rechecking.recheck(video.video_id)
        stage.work()

    meanwhile(stage, "T11w", ends)
    for _ in range(40):
        stage.tick(MINUTE)
    return judged(stage)


@history("rechecked while references are removed")
def rechecked_while_references_are_removed() -> list[str]:
    """The operator finds that an expired video's task succeeded after all, and SQS is down."""
    stage = Stage()
    video = stage.submit_held(AN_IMAGE)
    stage.truth.ready_at = stage.clock() + 40 * HOUR

    def recheck() -> None:
        stage.truth.ready_at = 0
        stage.queue.broken = True
        stage.rechecking.recheck(video.video_id)
        stage.queue.broken = False

    meanwhile(stage, "T19", recheck)
    for _ in range(26):
        stage.tick(HOUR)
    return judged(stage)


@history("the record of a first removal arrives after the last one's")
def removals_in_disorder() -> list[str]:
    stage = Stage()
    stage.truth.posts = [Post.REFUSED]
    stage.submit_held(AN_IMAGE)
    arrives = on_its_way(stage, "T19")
    for _ in range(SETTLE_TRIES + 3):
        stage.tick(MINUTE // 2)
    arrives()
    return judged(stage)


@history("a hint while references are removed")
def a_hint_while_references_are_removed() -> list[str]:
    """The status shows the success only a while after its callback, of which nobody else tells."""
    stage = Stage()
    stage.truth.posts = [Post.LOST]
    video = stage.submit_held(AN_IMAGE)
    stage.tick(FOUR_HOURS)
    stage.truth.ready_at = stage.clock() + 5 * MINUTE
    meanwhile(stage, "T19", lambda: stage.callback(video, "task-1"))
    for _ in range(40):
        stage.tick(MINUTE)
    return judged(stage)


@history("forged hints use up look-ups")
def forged_hints_use_up_look_ups() -> list[str]:
    """The end comes by the clock, however many look-ups there were."""
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + 10 * HOUR
    for _ in range(3):
        stage.callback(video, "task-1", genuine=False)
        for _ in range(90):
            stage.tick(MINUTE)
    return judged(stage)


@history("links published after the end")
def links_after_the_end() -> list[str]:
    stage, _ = begun()
    stage.truth.unpublished = True
    for _ in range(25):
        stage.tick(HOUR)
    stage.truth.unpublished = False
    return judged(stage)


@history("success at the very end, status lags")
def success_at_the_very_end() -> list[str]:
    """A task succeeds as the provider's time ends, and never calls back; its status tells 20 minutes later."""
    stage, _ = begun()
    stage.truth.ready_at = stage.clock() + 24 * HOUR + 20 * MINUTE
    return judged(stage)


@history("a callback past the end, status lags")
def callback_past_the_end() -> list[str]:
    """Ten minutes before it would be given up a task calls back; its status tells 15 minutes later."""
    stage, video = begun()
    stage.truth.ready_at = stage.clock() + 24 * HOUR + 35 * MINUTE
    for _ in range(24):
        stage.tick(HOUR)
    stage.clock.advance(20 * MINUTE)
    stage.callback(video, "task-1")
    for _ in range(15):
        stage.tick(MINUTE)
    return judged(stage)


@history("status down past the end")
def status_down_past_the_end() -> list[str]:
    stage, _ = begun()
    stage.truth.down_until = stage.clock() + 30 * HOUR
    return judged(stage)

"""Histories of claims, POSTs, the queue and the gate."""

from contextlib import suppress

from reelhook.domain.errors.requests import IdempotencyKeyReuseError
from reelhook.domain.errors.running import StoreError
from reelhook.domain.fingerprint import Attempt
from reelhook.domain.gate import Gate
from reelhook.domain.owners import Owner
from reelhook.domain.time import HOUR, MINUTE, SECOND
from reelhook.domain.writes import Outcome, Write
from tests.builders import a_request
from tests.reliability.guards.histories.registry import Act, history, judged, meanwhile
from tests.reliability.interleaving.provider import Post
from tests.reliability.interleaving.situations import begun, waiting
from tests.reliability.interleaving.stage import Stage
from tests.unit.world import once


@history("a submit")
def a_submit() -> list[str]:
    stage, _ = begun()
    return judged(stage)


@history("a submit whose answer is lost")
def answer_lost() -> list[str]:
    stage, _ = begun(Post.LOST)
    return judged(stage)


@history("a submit that never arrived")
def never_arrived() -> list[str]:
    stage, _ = begun(Post.NEVER_ARRIVED)
    return judged(stage)


@history("claim answered late")
def claim_answered_late() -> list[str]:
    stage = Stage()
    stage.retried = {"T0"}
    stage.submit()
    return judged(stage) + ([] if stage.truth.sent else ["claimed and not sent"])


@history("claim not applied")
def claim_not_applied() -> list[str]:
    stage = Stage()
    stage.videos.fault = once("T0", after=False)
    with suppress(StoreError):
        stage.submit()
    return judged(stage)


@history("callback while a disabled owner's video is refused")
def callback_while_refused() -> list[str]:
    """A 429 had lied: the callback comes after the dispatcher read the queued video, and before it refuses it."""
    stage, video = begun(Post.BUSY_BUT_ACCEPTED, later=MINUTE)
    stage.lying_429 = True
    stage.accounts.owners[video.owner] = Owner(video.owner, disabled=True)
    meanwhile(stage, "T12d", lambda: stage.callback(video, "task-1"))
    stage.dispatch_tick()
    return judged(stage)


@history("same key behind a closed gate")
def same_key_behind_a_closed_gate() -> list[str]:
    """A video waited and was sent; while the gate is closed again, its client asks once more."""
    stage, _ = waiting()
    stage.dispatch_tick()
    stage.truth.posts = [Post.BUSY]
    stage.submit("another key")
    stage.submit("key-0")
    return judged(stage)


@history("same key, another request")
def same_key_another_request() -> list[str]:
    stage, _ = begun()
    with suppress(IdempotencyKeyReuseError):
        stage.submit(request=a_request(prompt="Quite another storm"))
        return ["ANSWERED WITH THE VIDEO OF ANOTHER REQUEST"]
    return judged(stage)


@history("an SDK repeats")
def sdk_repeats() -> list[str]:
    """The answer to a request without a key is lost, and its SDK asks again."""
    stage = Stage()
    stage.submit(key=None)
    stage.clock.advance(SECOND)
    stage.submit(key=None, retry=1)
    return _for_one_wish(stage)


@history("an SDK overtakes itself")
def sdk_overtakes() -> list[str]:
    """The function of the first attempt starts cold, and that of its retry is there before it."""
    stage = Stage()
    first = Attempt(stage.clock())
    stage.clock.advance(SECOND)
    stage.submit(key=None, retry=1)
    stage.submission.submit("owner-1", a_request(), None, first)
    return _for_one_wish(stage)


def _for_one_wish(stage: Stage) -> list[str]:
    tasks = len(stage.truth.tasks)
    return judged(stage) + ([f"{tasks} TASKS FOR ONE WISH"] if tasks > 1 else [])


@history("a day in the queue")
def a_day_in_the_queue() -> list[str]:
    """Deadlines count from the POST: what waited for longer than a task may take is sent all the same."""
    stage, _ = waiting()
    stage.clock.advance(30 * HOUR)
    stage.truth.ready_at = stage.clock() + HOUR
    stage.dispatch_tick()
    return judged(stage)


@history("a round within another")
def round_within_another() -> list[str]:
    stage, _ = waiting(videos=2)
    meanwhile(stage, "POST", stage.dispatch_tick)
    stage.dispatch_tick()
    return _order_of_posts(stage) + judged(stage)


@history("the late end of a round")
def late_end_of_a_round() -> list[str]:
    """A round's G4 arrives when its lease has lapsed and another round is on; a third one begins then."""
    stage, _ = waiting(Post.BUSY, videos=2)
    late, real = list[Write](), stage.gates.apply

    def apply(write: Write) -> Outcome[Gate]:
        if write.name == "G4" and not late:
            late.append(write)
            raise StoreError("DynamoDB: no answer")
        return real(write)

    setattr(stage.gates, "apply", apply)  # noqa: B010 - the first G4 is on its way for minutes
    stage.dispatch_tick()

    def arrives() -> None:
        stage.gates.apply(late[0])
        stage.dispatch_tick()

    meanwhile(stage, "POST", arrives)
    stage.dispatch_tick(10 * MINUTE)
    return _order_of_posts(stage) + judged(stage)


@history("a round before the gate opens")
def round_before_the_gate_opens() -> list[str]:
    stage, _ = begun(Post.BUSY)
    return _posted_by(stage, stage.dispatch_tick) + judged(stage)


@history("an end while the provider asked to wait")
def end_while_asked_to_wait() -> list[str]:
    stage, _ = begun(Post.BUSY_FOR_5_MINUTES)
    return _posted_by(stage, lambda: stage.dispatch_tick(MINUTE, woken=True)) + judged(stage)


@history("a request before the gate opens")
def request_before_the_gate_opens() -> list[str]:
    stage, _ = begun(Post.BUSY)
    return _posted_by(stage, lambda: stage.submit("key-2")) + judged(stage)


def _posted_by(stage: Stage, act: Act) -> list[str]:
    before = stage.truth.sent
    act()
    return ["POSTED WHILE TOLD TO WAIT"] * (stage.truth.sent - before)


def _order_of_posts(stage: Stage) -> list[str]:
    """Drops among themselves keep their order."""
    orders = {key.id: item["queued_order"] for key, item in stage.videos.items.items()}
    made = [orders[video_id] for video_id in stage.truth.tasks.values()]
    return [] if made == sorted(made) else ["POSTED OUT OF ORDER"]

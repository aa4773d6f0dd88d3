"""Guards of callbacks and of what they confirm."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from reelhook.domain.answers import TaskFailed
from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle import confirming
from reelhook.domain.lifecycle.confirming import hint
from reelhook.domain.lifecycle.writing import video_key
from reelhook.domain.time import Instant
from reelhook.domain.video import State, Video
from reelhook.domain.writes import Write
from reelhook.use_cases import callbacks, confirmation
from reelhook.use_cases.callbacks import Callbacks
from tests.builders import an_error
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced


def nothing_recorded(video: Video, _task_id: str, _now: int) -> Write:
    """A callback that is answered 200 and leaves no trace."""
    return Write("T5", video_key(video), None)


def forgetful(video: Video, task_id: str, now: Instant) -> Write:
    """A hint whose task id is not kept."""
    return replace(hint(video, task_id, now), add={"asked": 1})


def left_in_the_queue(video: Video, task_id: str, now: Instant) -> Write:
    """A hint that leaves a queued video where it is."""
    made = hint(video, task_id, now)
    return replace(made, change={**made.change, "state": video.state}, remove=())


_record = Callbacks._record


def careless(callbacks: Callbacks, video_id: str, claimed: Any) -> Any:
    """200, even if the table did not answer."""
    with suppress(StoreError):
        return _record(callbacks, video_id, claimed)
    return None


def believing(callbacks: Callbacks, video: Video, task_id: str, _until: Instant) -> None:
    """A callback that says "failed" is believed."""
    callbacks._confirmation.settle(video, task_id, TaskFailed(an_error()))


CONFIRMING = (
    code(
        "record, then confirm",
        "what T5 writes",
        "status down",
        "RESULT LOST",
        replaced(callbacks, "hint", nothing_recorded),
    ),
    code(
        "its id becomes a candidate",
        "the candidates of T5",
        "status down",
        "RESULT LOST",
        replaced(callbacks, "hint", forgetful),
    ),
    code(
        "a hint takes a video out of the queue",
        "what T5 does to a queued video",
        "callback + dispatch, 429 that lied",
        "PAID 2 TIMES",
        replaced(callbacks, "hint", left_in_the_queue),
    ),
    code(
        "only the operator re-opens a transfer",
        "the difference in T3",
        "success after another gave up",
        "T3 made transfer_failed result_ready",
        replaced(confirming, "CONFIRMABLE", confirming.RECHECKABLE),
    ),
    code(
        "200 only after the record",
        "the 500 after an unclear T5",
        "a hint that is not recorded",
        "RESULT LOST",
        replaced(Callbacks, "_record", careless),
    ),
    code(
        "the provider is asked",
        "the look-up: a failure is believed",
        "forged failure",
        "RESULT LOST",
        replaced(Callbacks, "_confirm", believing),
    ),
    *(
        code(
            f"a callback counts while {state}",
            f"`{state}` among the states that await one",
            red,
            words,
            replaced(callbacks, "AWAITING", tuple(one for one in confirming.AWAITING if one is not state)),
        )
        for state, red, words in (
            (State.QUEUED, "one callback, queued", "I1"),
            (State.SUBMITTING, "one callback, submitting", "I4"),
            (State.EXPIRED, "one callback, expired", "I4"),
        )
    ),
    code(
        "a late success opens an expired video",
        "`expired` in T3",
        "one callback, expired",
        "I4",
        replaced(confirming, "CONFIRMABLE", (State.SUBMITTING, State.SUBMITTED)),
    ),
    code(
        "task of another video",
        "the question to the index `task`",
        "task of another video",
        "WRONG BYTES",
        replaced(confirmation.Confirmation, "belongs_elsewhere", lambda *_: False),
    ),
)

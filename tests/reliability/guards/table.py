"""The guards: what keeps each promise, how a test takes it away, and in which situation that turns red."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from reelhook.domain import token
from reelhook.domain.conditions import Absent, Condition, Either, Equals, Every, Less, OneOf
from reelhook.domain.errors import StoreError
from reelhook.domain.lifecycle.writing import video_key
from reelhook.domain.ports import VideoStore
from reelhook.domain.video import Video
from reelhook.domain.writes import Outcome, Write
from reelhook.use_cases import callbacks, claiming, confirmation, reconciliation, submission
from tests.reliability.interleaving.stage import Stage

type Removal = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Guard:
    """`red`: the situation in which its absence shows; `words`: what the violation then says."""

    name: str
    remove: Removal
    red: str
    words: str


def names_of(condition: Condition | None) -> set[str]:
    """The attributes that a condition asks about."""
    match condition:
        case Every(terms) | Either(terms):
            return set().union(*(names_of(term) for term in terms))
        case Equals(name) | OneOf(name) | Less(name) | Absent(name):
            return {name}
        case _:
            return set()


def weaker(condition: Condition | None, gone: set[str]) -> Condition | None:
    """The condition without its terms about these attributes."""
    match condition:
        case Every(terms):
            left = [weak for term in terms if (weak := weaker(term, gone)) is not None]
            return Every(tuple(left)) if left else None
        case Either(terms):
            weak_terms = [weaker(term, gone) for term in terms]
            left = [weak for weak in weak_terms if weak is not None]
            return Either(tuple(left)) if len(left) == len(terms) else None
        case None:
            return None
        case _:
            return None if names_of(condition) & gone else condition


def without(write_name: str, *gone: str) -> Removal:
    """Writes of this name no longer ask about these attributes."""

    def condition_of(write: Write) -> Condition | None:
        return weaker(write.condition, set(gone)) if write.name == write_name else write.condition

    return lambda: patch.object(Stage, "condition_of", staticmethod(condition_of))


def replaced(where: object, name: str, by: object) -> Removal:
    """A function of the product, or a number, is another one."""
    return lambda: patch.object(where, name, by)


def unread(videos: VideoStore, write: Write) -> Outcome[Video]:
    """`take` that trusts its luck after an unclear answer."""
    try:
        return videos.apply(write)
    except StoreError:
        return Outcome(True, write.put)


def nothing_recorded(video: Video, _task_id: str, _now: int) -> Write:
    """A callback that is answered 200 and leaves no trace."""
    return Write("T5", video_key(video), None)


def condition(write: str, *gone: str, red: str, words: str) -> Guard:
    """A condition of the lifecycle that is taken away."""
    return Guard(f"{write}: {', '.join(gone)}", without(write, *gone), red, words)


GUARDS = (
    condition("T0", "pk", red="submit + submit", words="PAID 2 TIMES"),
    condition("T12", "state", red="callback + dispatch, 429 that lied", words="PAID 2 TIMES"),
    condition("T13", "claim", red="T13 + dispatch + hidden retry", words="PAID 2 TIMES"),
    condition("T13", "state", red="callback + T13", words="T13 made stored queued"),
    condition("T13", "asked", red="callback + T13", words="PAID 2 TIMES"),
    condition("T2", "asked", red="callback + T2", words="RESULT LOST"),
    condition("T2", "state", red="callback + T2", words="T2 made stored rejected"),
    condition("T1", "state", "task_id", red="submit + callback", words="T1 made stored submitted"),
    condition("T15", "state", red="dispatch + reconciler, too old", words="RESULT LOST"),
    condition("T5", "state", red="callback + callback", words="T5 made stored submitted"),
    condition("T3", "state", red="callback + callback", words="T3 made stored result_ready"),
    condition("T4", "state", red="failed callback after success", words="T4 made stored failed"),
    condition("T6", "state", "lease_until", red="TransferVideo + TransferVideo", words="T6 made stored"),
    condition("T7", "state", "lease", red="zombie stores after another gave up", words="T7 made"),
    condition("T8", "state", "lease", red="zombie fails after another stored", words="T8 made stored"),
    condition("T9", "state", "due_at", red="TransferVideo + reconciler", words=""),
    condition("T11", "asked", red="callback + reconciler, expiring, status down", words="RESULT LOST"),
    condition("T11x", "asked", red="callback + reconciler, expired, status lags", words="RESULT LOST"),
    condition("T10", "state", "look_ups", "asked", red="callback + reconciler, expired", words="with open"),
    condition("T11", "state", "asked", red="callback + reconciler, expiring", words="RESULT LOST"),
    Guard(
        "its own claim", replaced(claiming, "is_mine", lambda *_: False), "claim answered late", "not sent"
    ),
    Guard("claim read back", replaced(submission, "take", unread), "claim not applied", "not on record"),
    Guard(
        "task of another video",
        replaced(confirmation.Confirmation, "belongs_elsewhere", lambda *_: False),
        "task of another video",
        "WRONG BYTES",
    ),
    Guard("token", replaced(token, "verify", lambda *_: True), "wrong token", "200"),
    Guard("most confirmations", replaced(callbacks, "MAX_ASKED", 1_000), "many forged callbacks", "503"),
    Guard(
        "end by the clock",
        replaced(reconciliation, "given_up", lambda *_: False),
        "never ends",
        "STUCK",
    ),
    Guard(
        "If-None-Match",
        replaced(Stage, "overwrites", staticmethod(lambda: True)),
        "zombie stores again",
        "2 versions",
    ),
    Guard(
        "record, then confirm", replaced(callbacks, "hint", nothing_recorded), "status down", "RESULT LOST"
    ),
)

"""Guards of deadlines and of the end of waiting."""

from dataclasses import dataclass

from reelhook.domain import schedule
from reelhook.domain.schedule import Timing
from reelhook.domain.time import DAY, Instant
from reelhook.domain.video import Video
from reelhook.use_cases import awaiting, reconciliation
from reelhook.use_cases.reconciliation import Reconciliation
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced


def counted(video: Video, _now: Instant, _timing: Timing) -> bool:
    """The end comes after five look-ups, whenever they were."""
    return video.look_ups >= 5


@dataclass(frozen=True)
class Nothing:
    """No answer is of this kind."""

    reason: str = ""
    results: tuple[str, ...] = ()


RECONCILING = (
    code(
        "somebody reconciles",
        "the tick",
        "callback never",
        "I3",
        replaced(Reconciliation, "tick", lambda *_: None),
    ),
    code(
        "the provider's end",
        "the end of waiting",
        "never ends",
        "STUCK",
        replaced(awaiting, "given_up", lambda *_: False),
    ),
    code(
        "the end of a submit nobody heard of",
        "the end of waiting",
        "a submit that never arrived",
        "STUCK",
        replaced(Timing, "unknown_submit", property(lambda _: 1_000 * DAY)),
    ),
    code(
        "deadlines count from the POST",
        "`sent_at`: they count from the request",
        "a day in the queue",
        "RESULT LOST",
        replaced(schedule, "sent_at", lambda video: video.created_at),
    ),
    code(
        "deadlines go by the clock",
        "the clock: five look-ups are the end",
        "forged hints use up look-ups",
        "RESULT LOST",
        replaced(awaiting, "given_up", counted),
    ),
    code(
        "an unanswered look-up ends nothing",
        "the difference between no answer and `running`",
        "status down past the end",
        "RESULT LOST",
        replaced(awaiting, "NotAnswered", Nothing),
    ),
    code(
        "half an hour past the provider's end",
        "what a status may lag",
        "success at the very end, status lags",
        "RESULT LOST",
        replaced(Timing, "given_up", Timing.provider_end),
    ),
    code(
        "no end while a hint has time left",
        "the hint's time",
        "a callback past the end, status lags",
        "RESULT LOST",
        replaced(awaiting, "hint_time_left", lambda *_: False),
    ),
    code(
        "a success without links ends nothing",
        "the day for its links",
        "links published after the end",
        "RESULT LOST",
        replaced(awaiting, "Succeeded", Nothing),
    ),
    code(
        "links of a late success are waited for",
        "the day for the links of an expired video",
        "links published long after a late hint",
        "RESULT LOST",
        replaced(awaiting, "Succeeded", Nothing),
    ),
    code(
        "a task at work is waited for",
        "what `running` says about an expired video",
        "at work when somebody names it, silent at its end",
        "RESULT LOST",
        replaced(awaiting, "Running", Nothing),
    ),
    code(
        "five look-ups a tick",
        "the limit",
        "many are due",
        "8 LOOK-UPS IN ONE TICK",
        replaced(reconciliation, "LOOK_UPS_PER_TICK", 1_000),
    ),
)

"""The oracle sees: where a safeguard is taken away, the harness turns red."""

from contextlib import AbstractContextManager
from itertools import chain
from unittest.mock import patch

import pytest

from reelhook.domain.answers import SubmitAnswer, TryLater, Unclear
from reelhook.domain.ports import PreparedSubmission
from reelhook.domain.video import Video
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.sending import Sender, Sent
from tests.reliability.explore import clean, run, single_faults, under
from tests.reliability.faults import Fault, Mode, planned

type Sabotage = AbstractContextManager[object]


def _blind_resend() -> Sabotage:
    real = Sender.send

    class Blind:
        def __init__(self, submission: PreparedSubmission) -> None:
            self._submission = submission

        def send(self) -> SubmitAnswer:
            answer = self._submission.send()
            return TryLater() if isinstance(answer, Unclear) else answer

    def send(self: Sender, video: Video, submission: PreparedSubmission, *, from_queue: bool) -> Sent:
        return real(self, video, Blind(submission), from_queue=from_queue)

    return patch.object(Sender, "send", send)


SABOTAGES = {
    "an unclear submit is sent again": (_blind_resend, "submit 500 after acceptance", "I1"),
    "nobody reconciles": (
        lambda: patch("reelhook.use_cases.reconciliation.Reconciliation.tick", lambda *_: None),
        "callback never",
        "I3",
    ),
    "a callback is answered before it is on record": (
        lambda: patch.object(Callbacks, "_record", lambda *_: None),
        "one callback, submitting",
        "I4",
    ),
    "a claim of one's own is not recognised": (
        lambda: patch("reelhook.use_cases.claiming.is_mine", lambda *_: False),
        "normal",
        "ended",
    ),
    "another task is taken for ours": (
        lambda: patch.object(Confirmation, "belongs_elsewhere", lambda *_: False),
        "another task, id unknown, callbacks never",
        "I4",
    ),
}


@pytest.mark.parametrize("about", SABOTAGES)
def test_the_harness_turns_red_when(about: str) -> None:
    sabotage, name, violated = SABOTAGES[about]
    with sabotage():
        first = clean(name)
        runs = chain([first], (under(name, fault) for fault in single_faults(first.calls)))
        assert any(what.startswith(violated) for ran in runs for what in ran.violations)


def test_a_fault_is_where_the_plan_says() -> None:
    ran = run("normal", planned(Fault(4, Mode.LOST)))
    assert [str(fault) for fault in ran.faults] == ["4:lost"]
    assert ran.where == ("SubmitVideo: provider.send",)

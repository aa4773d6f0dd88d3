"""The oracle sees: where a safeguard is taken away, the harness turns red."""

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from reelhook.domain.answers import Hint
from reelhook.domain.drops import Drop
from reelhook.domain.lifecycle import reconciling, transferring
from reelhook.domain.lifecycle.recognising import leave_fingerprint
from reelhook.domain.request import VideoRequest
from reelhook.domain.time import DAY
from reelhook.domain.webhooks import signing
from reelhook.domain.writes import Write
from reelhook.providers import modellix_answers
from reelhook.use_cases import claiming, confirmation, delivering, submission
from reelhook.use_cases.callbacks import Callbacks
from reelhook.use_cases.confirmation import Confirmation
from reelhook.use_cases.copying import Copy
from reelhook.use_cases.delivering import WebhookFollower
from reelhook.use_cases.drops import Drops
from reelhook.use_cases.outcomes import FinalOutcomes
from reelhook.use_cases.reconciliation import Reconciliation
from reelhook.use_cases.referencing import References
from reelhook.use_cases.sending import Sender
from tests.fakes import InMemoryMedia
from tests.reliability.explore import clean, run, single_faults, under
from tests.reliability.faults import Fault, Mode, planned
from tests.reliability.guards.removals import Removal, replaced
from tests.reliability.guards.rows.sending import blind_resend, unversioned
from tests.reliability.stack import Stack


def unasked(*given: Any) -> Write:
    """A fingerprint that never meets another."""
    return replace(leave_fingerprint(*given), condition=None)


SABOTAGES: dict[str, tuple[Removal, str, str]] = {
    "an unclear submit is sent again": (
        replaced(Sender, "send", blind_resend),
        "submit 500 after acceptance",
        "I1",
    ),
    "an SDK's retry is not recognised": (
        replaced(submission, "leave_fingerprint", unasked),
        "no key, its SDK repeats it",
        "I1",
    ),
    "files of deleted videos stay": (
        replaced(InMemoryMedia, "clear", lambda *_: 0),
        "delete",
        "I6",
    ),
    "nobody reconciles": (
        replaced(Reconciliation, "tick", lambda *_: None),
        "callback never",
        "I3",
    ),
    "a callback is answered before it is on record": (
        replaced(Callbacks, "_record", lambda *_: None),
        "one callback, submitting",
        "I4",
    ),
    "a claim of one's own is not recognised": (
        replaced(claiming, "is_mine", lambda *_: False),
        "normal",
        "ended",
    ),
    "another task is taken for ours": (
        replaced(Confirmation, "belongs_elsewhere", lambda *_: False),
        "another task, id unknown, callbacks never",
        "I4",
    ),
    "nobody is told why a drop is refused": (
        replaced(Drops, "_refuse", lambda *_: None),
        "a drop without a request, and one with",
        "D1",
    ),
    "nobody is told of a drop's end": (
        replaced(FinalOutcomes, "follow", lambda *_: None),
        "a drop",
        "D4",
    ),
    "an event that could not be handled is dropped": (
        replaced(Stack, "invoke_asynchronously", Stack.invoke),
        "a drop while the table is down 10 min, and one after",
        "D1",
    ),
    "each event of a drop is a video of its own": (
        replaced(Drop, "video_id", property(lambda drop: f"video_{id(drop):026d}")),
        "a drop whose event comes four times, one of them the next day",
        "D2",
    ),
    "nobody keeps references": (
        replaced(References, "keep", lambda *_: None),
        "an image as bytes",
        "I10",
    ),
    "uploads are sent as they are now": (
        replaced(References, "linked", unversioned),
        "an upload, replaced between create and dispatch",
        "I12",
    ),
    "nobody removes references": (
        replaced(References, "remove", lambda *_: None),
        "an image as bytes, refused",
        "I10",
    ),
    "references are removed once, however late one may be put": (
        replaced(reconciling, "LAST_PUT", 0),
        "an image as bytes, refused",
        "I10",
    ),
    "endpoints are told nothing": (
        replaced(WebhookFollower, "follow", lambda *_: None),
        "hooked: stored",
        "I11",
    ),
    "webhooks are signed for another endpoint": (
        replaced(signing, "_key", lambda *_: b"another"),
        "hooked: stored",
        "I11",
    ),
    "what is not taken at once is given up": (
        replaced(delivering, "delay_after", lambda *_: None),
        "hooked: three endpoints, one fails five times, one wants nothing of it",
        "I11",
    ),
    "who is gone is asked again": (
        replaced(delivering, "disable", lambda *_: None),
        "hooked: one endpoint is gone",
        "I11",
    ),
    "a last frame is forgotten": (
        replaced(VideoRequest, "wants_last_frame", False),
        "Modellix, last frame",
        "I4",
    ),
    "a dead last frame takes its video along": (
        replaced(Copy, "all_videos", ()),
        "Modellix, last frame dead",
        "I4",
    ),
    "a link's own end is not believed": (
        replaced(transferring, "link_end", lambda video: video.result_at + DAY),
        "Modellix, links live a week, hosts down 50 h",
        "I4",
    ),
    "a callback's headers are not read": (
        replaced(modellix_answers, "read_callback", lambda *_: Hint(None)),
        "Modellix, submit unclear, callback whose body says nothing",
        "ended",
    ),
    "a provider's price is not believed": (
        replaced(confirmation, "billed_usage", lambda _: None),
        "Modellix",
        "told",
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
    ran = run("normal", planned(Fault(5, Mode.LOST)))
    assert [str(fault) for fault in ran.faults] == ["5:lost"]
    assert ran.where == ("SubmitVideo: provider.send",)

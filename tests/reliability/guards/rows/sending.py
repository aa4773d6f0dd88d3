"""Guards of claims and POSTs."""

from typing import cast

from reelhook.domain import gate
from reelhook.domain.answers import SubmitAnswer, TryLater, Unclear
from reelhook.domain.errors.running import StoreError
from reelhook.domain.lifecycle.sending import claim_queued
from reelhook.domain.ports.media import ReferenceStore
from reelhook.domain.ports.providers import PreparedSubmission
from reelhook.domain.ports.videos import Transactions, VideoStore
from reelhook.domain.request import VideoRequest
from reelhook.domain.schedule import Timing
from reelhook.domain.time import Instant
from reelhook.domain.video import Video
from reelhook.domain.writes import Together, Transaction, Write
from reelhook.use_cases import claiming, dispatch, recording, submission
from reelhook.use_cases.referencing import References
from reelhook.use_cases.sending import Sender, Sent
from reelhook.use_cases.submission import Submitted
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced


def unread(_videos: VideoStore, transactions: Transactions, transaction: Transaction) -> Together:
    """`take_together` that trusts its luck after an unclear answer."""
    try:
        return transactions.apply(transaction)
    except StoreError:
        return Together()


def unrecorded(*_: object) -> Together:
    """`take_together` that leaves the record for later."""
    return Together()


def whatever_was_there(draft: Video, video: Video | None) -> Submitted:
    """The same key is answered with its video, whatever it was asked for."""
    return Submitted(video or draft, replayed=True)


def same_claim(video: Video, claim: str, now: Instant, timing: Timing) -> Write:
    """T12 under the claim of the attempt before."""
    return claim_queued(video, video.claim or claim, now, timing)


_linked = References.linked


def unversioned(references: References, video: Video) -> VideoRequest:
    """The links name no version: whatever stands there when the provider comes."""

    class Latest:
        def link(self, key: str, seconds: int, _version_id: str | None = None) -> str:
            return references._store.link(key, seconds)

    return _linked(References(cast("ReferenceStore", Latest())), video)


class _Resending:
    """A submission that takes an unclear answer for a refusal."""

    def __init__(self, submission: PreparedSubmission) -> None:
        self._submission = submission

    def send(self) -> SubmitAnswer:
        answer = self._submission.send()
        return TryLater() if isinstance(answer, Unclear) else answer


_send = Sender.send


def blind_resend(sender: Sender, video: Video, submission: PreparedSubmission, *, from_queue: bool) -> Sent:
    """What was not answered is sent again."""
    return _send(sender, video, _Resending(submission), from_queue=from_queue)


def refusals_are_final(sender: Sender, video: Video, submission: PreparedSubmission, **_given: bool) -> Sent:
    """An empty account refuses for good, from the queue too."""
    return _send(sender, video, submission, from_queue=False)


SENDING = (
    code(
        "record first, then submit",
        "the record before the POST",
        "a submit",
        "paid and not on record",
        replaced(recording, "take_together", unrecorded),
    ),
    code(
        "claim read back",
        "the reading after an unclear claim",
        "claim not applied",
        "paid and not on record",
        replaced(recording, "take_together", unread),
    ),
    code(
        "its own claim",
        "the recognition of one's own write",
        "claim answered late",
        "claimed and not sent",
        replaced(claiming, "is_mine", lambda *_: False),
    ),
    code(
        "a new claim at T12",
        "the new claim: the old one serves again",
        "T13 + dispatch + hidden retry",
        "PAID 2 TIMES",
        replaced(dispatch, "claim_queued", same_claim),
    ),
    code(
        "an unclear POST is never repeated",
        "the difference between unclear and refused",
        "a submit whose answer is lost",
        "PAID 2 TIMES",
        replaced(Sender, "send", blind_resend),
    ),
    code(
        "an empty account keeps the queue",
        "the difference between a client's request and the queue",
        "queue of 5, out of funds 1 h",
        "ended",
        replaced(Sender, "send", refusals_are_final),
    ),
    code(
        "one key, one request",
        "the comparison of request hashes",
        "same key, another request",
        "ANSWERED WITH THE VIDEO OF ANOTHER REQUEST",
        replaced(submission, "_earlier", whatever_was_there),
    ),
    code(
        "the version that was checked is the version that is sent",
        "the version in the link",
        "an upload, replaced between create and dispatch",
        "I12",
        replaced(References, "linked", unversioned),
    ),
    code(
        "a 429 closes the gate",
        "what G2 writes",
        "a round before the gate opens",
        "POSTED WHILE TOLD TO WAIT",
        replaced(gate, "close", lambda seen, *_: gate.reopen(seen.provider)),
    ),
    code(
        "a closed gate queues requests",
        "the look at the gate",
        "a request before the gate opens",
        "POSTED WHILE TOLD TO WAIT",
        replaced(gate.Gate, "closed", lambda *_: False),
    ),
)

"""Guards of the ledger: limits that hold, and books that are right."""

from reelhook.domain.lifecycle import reconciling, writing
from tests.reliability.guards.guard import code, condition
from tests.reliability.guards.removals import replaced

SETTLING = (
    condition("T0d owner", "videos", "more than an owner's videos a day", "OVER THE LIMIT: videos"),
    condition("T0d owner", "committed", "more than an owner's dollars a day", "OVER THE LIMIT: committed"),
    condition("T0i owner", "videos", "more than an owner's videos in flight", "OVER THE LIMIT: videos"),
    condition("T0d user", "videos", "more than a user's videos a day", "OVER THE LIMIT: videos"),
    condition("T0d user", "committed", "more than a user's dollars a day", "OVER THE LIMIT: committed"),
    condition("T0i user", "videos", "more than a user's videos in flight", "OVER THE LIMIT: videos"),
    condition("T0u", "uploads", "more than an owner's uploads a day", "OVER THE LIMIT: uploads"),
    condition("T16", "state", "late success while its expiry is settled", "LEDGER: stored with booked"),
    condition("T16", "reservation", "settled by two", "BELOW NOTHING"),
    condition("T16", "asked", "a hint while its expiry is settled", "RESULT LOST"),
    condition("T16a", "state", "rechecked while a late success is booked", "result_ready and never due"),
    condition("T16a", "booked", "a late success booked by two", "LEDGER"),
    condition("T17", "reservation", "deleted while it is settled", "in flight at rest"),
    code(
        "a final video stays due until it is settled",
        "what keeps it due",
        "a submit",
        "LEDGER: a reservation at rest",
        replaced(writing, "unsettled", lambda *_: False),
    ),
    code(
        "a lost hint does not end the wait for the ledger",
        "what keeps it due",
        "a hint is given up before the expiry is settled",
        "LEDGER: a reservation at rest",
        replaced(reconciling, "unsettled", lambda *_: False),
    ),
)

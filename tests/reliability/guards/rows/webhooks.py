"""Guards of webhooks: sent by one at a time, told as it was, and no endpoint lost."""

from tests.reliability.guards.guard import condition

WEBHOOKS = (
    condition("W0", "pk", "an event that is followed twice", "SENT TWICE"),
    condition("W1", "due_at", "two senders with the same message", "SENT TWICE"),
    condition(
        "W2",
        "claim",
        "a slow attempt that is answered once its owner wants the event again",
        "REDELIVERY LOST",
    ),
    condition("W3", "claim", "a failed attempt that is answered after another one was taken", "THE LOG LIES"),
    condition(
        "W3 for good", "claim", "a last attempt that fails after another one was taken", "THE LOG LIES"
    ),
    condition(
        "W4", "due_at", "an endpoint that is enabled again while its delivery is ended", "REDELIVERY LOST"
    ),
    condition("W5", "due_at", "an event that is wanted again while it is being sent", "SENT TWICE"),
    condition("E1", "version", "two endpoints that are made at once", "ENDPOINT LOST"),
)

"""What one call of a function asks of AWS. A test drives the handlers and counts the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """Of one invocation, once its process is warm: units of DynamoDB, requests of the others, waits in seconds."""

    writes: float = 0  # write units, those of indexes and both halves of a transaction included
    reads: float = 0  # read units
    trips: int = 0  # requests to AWS, one after the other
    s3_writes: int = 0
    s3_reads: int = 0
    events: int = 0
    provider_seconds: float = 0.0  # until the provider has answered
    moved_bytes: int = 0


VIDEO_BYTES = 5_000_000  # of 5 seconds; what a transfer was measured with

# A quiet minute.
TICKS = {
    "DispatchVideos": Work(reads=1.0, trips=2),
    "ReconcileVideos": Work(reads=2.5, trips=5),
}

# One video from the request to the look at it, in the order in which it happens; the provider has room, and the result is
# stored inside its callback. PublishEvents is told of the result and of the settling.
SUBMIT, CALLBACK, PUBLISH, SETTLED, DISPATCH, LOOK = (
    "SubmitVideo",
    "ReceiveCallback",
    "PublishEvents",
    "PublishEvents, settled",
    "DispatchVideos",
    "Videos",
)
VIDEO = {
    SUBMIT: Work(writes=13, reads=4, trips=6, provider_seconds=1.5),
    CALLBACK: Work(
        writes=15, reads=1, trips=7, provider_seconds=0.5, s3_writes=1, s3_reads=1, moved_bytes=VIDEO_BYTES
    ),
    PUBLISH: Work(writes=8, reads=1, trips=3, events=1),
    SETTLED: Work(reads=0.5, trips=1),
    DISPATCH: TICKS["DispatchVideos"],
    LOOK: Work(reads=3, trips=3),
}

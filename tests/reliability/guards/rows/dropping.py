"""Guards of drops."""

from dataclasses import replace
from itertools import count

from reelhook.domain.drops import Arrival, Drop
from reelhook.domain.lifecycle import sending
from reelhook.domain.listing import place
from reelhook.domain.references import Asked
from reelhook.domain.video import Video
from reelhook.domain.video_ids import derived_video_id
from reelhook.use_cases.drop_requests import DropRequests
from reelhook.use_cases.drops import Drops
from tests.fakes import InMemoryOutcomes
from tests.reliability.guards.guard import code
from tests.reliability.guards.removals import replaced

_NUMBERS = count()
_asked = DropRequests.asked


def as_it_came_in(video: Video) -> str:
    """A drop's place is that of its record."""
    return place(video.created_at, video.video_id)


def another_each_time(_drop: Drop) -> str:
    """Every event is a drop of its own."""
    return derived_video_id("random", str(next(_NUMBERS)))


def whatever_stands_there(requests: DropRequests, arrival: Arrival) -> Asked:
    """The event's ETag is not compared with what stands at the key."""
    standing = requests._inbox.find(arrival.drop.key)
    return _asked(requests, arrival if standing is None else replace(arrival, etag=standing.etag))


DROPPING = (
    code(
        "drops keep their order",
        "the event's time and sequencer in `queued_order`",
        "a drop whose event comes last though it was first",
        "POSTED OUT OF ORDER",
        replaced(sending, "queued_order", as_it_came_in),
    ),
    code(
        "one drop, one id",
        "the derivation of the id from the event",
        "a drop's event twice",
        "2 VIDEOS FOR ONE DROP",
        replaced(Drop, "video_id", property(another_each_time)),
    ),
    code(
        "a drop on record is read no more",
        "the look at the record before anything is kept",
        "a drop's event again when its video has ended",
        "REFERENCE LEFT",
        replaced(Drops, "_stands", lambda *_: False),
    ),
    code(
        "a drop is what its event told of",
        "the comparison of ETags",
        "a drop that is replaced before its event comes, without versions",
        "MADE OF ANOTHER'S IMAGE",
        replaced(DropRequests, "asked", whatever_stands_there),
    ),
    code(
        "an end is the last word",
        "the condition that nothing is told yet",
        "a drop's first word comes after its last one",
        "TOLD queued AFTER THE END",
        replaced(InMemoryOutcomes, "begin", InMemoryOutcomes.end),
    ),
)

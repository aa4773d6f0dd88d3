"""Guards of canceling and deleting."""

from reelhook.use_cases import removal
from tests.reliability.guards.guard import code, condition
from tests.reliability.guards.removals import replaced

ENDING = (
    condition("T14", "state", "cancel + dispatch", "canceled and paid"),
    condition("T17", "state", "delete + late callback, expired", "T17 deleted a video that was"),
    condition("T18", "kind", "tombstone runs out", "an item out of nothing"),
    code(
        "cleared once more",
        "the second time",
        "straggler after a deletion",
        "LEFT BEHIND",
        replaced(removal, "LAST_WRITER", 0),
    ),
)

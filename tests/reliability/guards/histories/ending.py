"""Histories of deleted videos: who comes too late, and what is gone meanwhile."""

from reelhook.domain.time import MINUTE
from tests.reliability.guards.histories.registry import history, judged, meanwhile, work
from tests.reliability.interleaving.situations import begun, ready_result


@history("straggler after a deletion")
def straggler_after_a_deletion() -> list[str]:
    """TransferVideo stops in the middle, another one stores the video, it is deleted, then the first goes on."""
    stage, video = ready_result()

    def stored_and_deleted() -> None:
        stage.clock.advance(10 * MINUTE)
        work(stage, video)
        stage.end(video, "delete")
        stage.tick()
        stage.versions.clear()  # what was deleted counts no more

    meanwhile(stage, "open", stored_and_deleted)
    work(stage, video)
    return judged(stage)


@history("tombstone runs out")
def tombstone_runs_out() -> list[str]:
    """DynamoDB's TTL removes the tombstone just before the reconciler settles it."""
    stage, video = begun()
    stage.callback(video, "task-1")
    stage.end(video, "delete")
    meanwhile(stage, "T18", stage.videos.items.clear)
    stage.tick()
    return [f"an item out of nothing: {sorted(item)}" for item in stage.videos.items.values()]
